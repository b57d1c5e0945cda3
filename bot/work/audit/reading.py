"""Reading the audit: all of it, as lines of JSON that can be checked elsewhere, and whether it is whole."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.model.ids import CaseId, StaffId
from bot.store.audit_records import AuditLine
from bot.store.protocol import AnchorStore, DeskStore
from bot.vault.audit_check import AuditCheck, Noted

AT_ONCE = 1000
BREATH = 50
ANCHOR = re.compile(r"audit-line-(\d{1,15})-([0-9a-f]{64})")
KEY = re.compile(r"audit-key-([0-9a-f]{64})")


class NotAnExport(Exception):
    """These lines are not what `safebot audit export` writes; the sentence says which one."""


async def all_lines(store: DeskStore, after: int = 0) -> AsyncIterator[AuditLine]:
    """Yield the audit from its first line (or behind one) to its last."""
    while lines := await store.audit_lines(after, AT_ONCE):
        for line in lines:
            yield line
        after = lines[-1].id


async def checked(
    store: DeskStore, notes: AnchorStore, trusted: Collection[bytes], noted: Iterable[Noted] = ()
) -> AuditCheck:
    """Return what a look through the whole audit found; the note in keys.db counts like those given."""
    anchor = await notes.anchor()
    ours = [Noted(anchor.line, anchor.hash, anchor.signature)] if anchor else []
    check = AuditCheck(trusted, [*ours, *noted])
    async for line in all_lines(store):
        check.take(line)
        if line.id % BREATH == 0:
            await asyncio.sleep(0)  # a signature takes 0.3 ms to check, and girls are waiting
    check.end()
    return check


def as_fact(line: AuditLine, names: Mapping[StaffId, str]) -> dict[str, Any]:
    """Return a line as it is exported: all that its hash covers, and the person's name."""
    return {
        "id": line.id,
        "at": line.at.isoformat(timespec="microseconds"),
        "staff": line.staff,
        "name": names.get(line.staff, "") if line.staff is not None else "",
        "action": line.action,
        "case": line.case,
        "detail": line.detail,
        "hash": line.hash.hex(),
        "signature": line.signature.hex(),
    }


def from_export(text: Iterable[str]) -> Iterable[AuditLine]:
    """Yield the lines of an export. Raises NotAnExport."""
    for number, row in enumerate(text, start=1):
        try:
            yield _line(json.loads(row))
        except (ValueError, KeyError, TypeError) as error:
            raise NotAnExport(f"line {number} is not a line that `safebot audit export` wrote.") from error


def _line(fact: Mapping[str, Any]) -> AuditLine:
    return AuditLine(
        at=datetime.fromisoformat(fact["at"]),
        staff=None if fact["staff"] is None else StaffId(int(fact["staff"])),
        action=str(fact["action"]),
        case=None if fact["case"] is None else CaseId(str(fact["case"])),
        detail=str(fact["detail"]),
        id=int(fact["id"]),
        hash=bytes.fromhex(fact["hash"]),
        signature=bytes.fromhex(fact["signature"]),
    )


def note_text(check: AuditCheck) -> str:
    """Return the newest line as one word to note down elsewhere."""
    return f"audit-line-{check.lines}-{check.newest.hex()}" if check.lines else ""


def read_note(text: str) -> Noted | None:
    """Return a line that was noted down so, None for anything else."""
    found = ANCHOR.fullmatch(text.strip())
    return Noted(int(found[1]), bytes.fromhex(found[2])) if found else None
