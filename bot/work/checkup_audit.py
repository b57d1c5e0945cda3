"""What the operator should know of the audit, of second factors, and of addresses seen without a second person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from bot.model.ids import StaffId
from bot.store.protocol import AnchorStore, DeskStore
from bot.store.records import IdentityAsk, Staff
from bot.work.audit_reading import checked, note_text
from bot.work.go_live import Finding

LISTED_FOR = timedelta(days=30)


async def audit_findings(store: DeskStore, notes: AnchorStore, key: bytes, now: datetime) -> list[Finding]:
    """Return what is wrong with the audit, its newest line to be noted down, and what nobody confirmed."""
    check = await checked(store, notes, (key,))
    found = [
        Finding("stop", f"The audit: line {broken.line} {broken.what}.", "Tell the auditor: safebot audit verify.")
        for broken in (check.broken if check.signed_from else ())
    ]
    if check.lines and not found:
        cure = "Let somebody who is not the operator note it down: safebot audit verify --noted finds a cut by it."
        found.append(Finding("note", f"The audit is whole. Its newest line: {note_text(check)}", cure))
    asks = await store.identity_asks(since=now - LISTED_FOR)
    people, enrolled = await store.staff(), await store.second_factors()
    apps = {staff for staff, factor in enrolled.items() if factor.confirmed_at is not None}
    return [*found, *_looks(asks), *_without(people, apps)]


def _looks(asks: Sequence[IdentityAsk]) -> Iterator[Finding]:
    breaches = sum(ask.reported_at is not None for ask in asks)
    if breaches:
        what = f"{breaches} looks at an address in the last 30 days were confirmed by nobody: breaches."
        yield Finding("warn", what, "The lead and the auditor see which: the console's pages Addresses and Audit.")


def _without(people: Sequence[Staff], apps: Collection[StaffId]) -> Iterator[Finding]:
    names = sorted(person.name for person in people if person.active and person.id not in apps)
    if names:
        what = f"No second factor yet: {', '.join(names)}."
        yield Finding("note", what, "They set one up at their next sign-in to the console.")
