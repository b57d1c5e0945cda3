"""`safebot audit`: who looked at what. Read, check and carry away; nothing here can change a line that is there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly, stop
from bot.cli.stores import store_of

if TYPE_CHECKING:
    from bot.store.protocol import KeyFile, Store
    from bot.vault.audit_check import AuditCheck, Noted

R = TypeVar("R")


@click.group(name="audit")
def command() -> None:
    """Read and check the audit: who did what with which case. It holds no message text.

    Example:  safebot audit verify
    """


@command.command()
@text_or_json
@click.option("--file", "export", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An export.")
@click.option("--key", "keys", multiple=True, help="audit-key-… from `safebot audit key`. May be given again.")
@click.option("--noted", "notes", multiple=True, help="audit-line-… that you noted down. May be given again.")
@plainly
def verify(form: str, export: Path | None, keys: tuple[str, ...], notes: tuple[str, ...]) -> None:
    """Find any line that was changed, taken out, put in or cut off. Exit code 1 when there is one.

    Example:  safebot audit verify --file audit.jsonl --key audit-key-… --noted audit-line-…
    """
    from bot.work.audit.reading import note_text

    trusted, noted = _keys(keys), [_note(text) for text in notes]
    check = _of_file(export, trusted, noted) if export else _of_store(trusted, noted)
    facts = {
        "lines": check.lines,
        "signed_from": check.signed_from,
        "newest": note_text(check),
        "broken": [{"line": b.line, "what": b.what} for b in check.broken],
    }
    click.echo(json.dumps(facts) if form == "json" else _told(check, note_text(check)))
    raise SystemExit(1 if check.broken else 0)


@command.command()
@text_or_json
@click.option("--case", default="", help="Only of this case.")
@click.option("--staff", "name", default="", help="Only what this person did.")
@click.option("--last", type=click.IntRange(1, 100_000), default=50, show_default=True, help="How many lines.")
@plainly
def show(form: str, case: str, name: str, last: int) -> None:
    """Show the newest lines.

    Example:  safebot audit show --staff Max --last 20
    """
    facts = _run(lambda store, _: _facts(store))
    found = [f for f in facts if case in ("", f["case"]) and name.casefold() in ("", str(f["name"]).casefold())][-last:]
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for f in found:
        who = f["name"] or "-"
        click.echo(f"{f['id']:>7}  {f['at']}  {who:<12} {f['action']:<20} {f['case'] or '':<14} {f['detail']}")
    click.echo(f"{len(found)} of {len(facts)} lines.")


@command.command()
@plainly
def export() -> None:
    """Print the whole audit, one line of JSON each, to be kept and checked elsewhere. That it was exported stands in it.

    Example:  safebot audit export > audit.jsonl
    """
    for fact in _run(_exported):
        click.echo(json.dumps(fact, ensure_ascii=False))


@command.command()
@plainly
def restored() -> None:
    """Go on from the audit as it is, after you brought back an older backup: verify then stops saying that its end is missing.

    Example:  safebot audit restored
    """
    detail = _run(_accepted)
    click.echo(f"Written into the audit: {detail}. Tell the auditor why.")


@command.command()
@plainly
def key() -> None:
    """Print the key by which anybody can check an export. It signs nothing: publish it.

    Example:  safebot audit key
    """
    click.echo(f"audit-key-{_own_key().hex()}")


def _told(check: AuditCheck, newest: str) -> str:
    if not check.lines and not check.broken:
        return "Nothing has been written yet: no lines to look at."
    wrong = [f"line {b.line} {b.what}." for b in check.broken]
    note = [f"The newest line, to be noted down where the operator cannot reach it: {newest}"] if newest else []
    whole = "whole" if not check.broken else "NOT WHOLE"
    signed = f", signed from line {check.signed_from}" if check.signed_from else ""
    return "\n".join((*wrong, f"{check.lines} lines looked at{signed}: {whole}.", *note))


def _keys(given: tuple[str, ...]) -> tuple[bytes, ...]:
    from bot.work.audit.reading import KEY

    found = [KEY.fullmatch(text.strip()) for text in given]
    if not all(found):
        stop("a --key looks like audit-key-… and 64 letters and digits: `safebot audit key` prints it.")
    return tuple(bytes.fromhex(match[1]) for match in found if match)


def _note(text: str) -> Noted:
    from bot.work.audit.reading import read_note

    found = read_note(text)
    if found is None:
        stop("a --noted line looks like audit-line-123-… as `safebot audit verify` and `safebot doctor` print it.")
    return found


def _own_key() -> bytes:
    from bot.settings import Settings
    from bot.vault.audit import signer_of

    return signer_of(Settings.from_environment().key).public


def _of_file(path: Path, trusted: tuple[bytes, ...], noted: list[Noted]) -> AuditCheck:
    from bot.vault.audit_check import AuditCheck
    from bot.work.audit.reading import NotAnExport, from_export

    if not trusted:
        stop("give the key that signs: --key audit-key-… (`safebot audit key` prints it where the bot runs).")
    check = AuditCheck(trusted, noted)
    try:
        with path.open(encoding="utf-8") as text:
            check.run(from_export(text))
    except NotAnExport as error:
        stop(str(error))
    return check


def _of_store(trusted: tuple[bytes, ...], noted: list[Noted]) -> AuditCheck:
    from bot.work.audit.reading import checked

    keys = (*trusted, _own_key())
    return _run(lambda store, notes: checked(store, notes, keys, noted))


async def _accepted(store: Store, notes: KeyFile) -> str:
    from bot.work.audit.anchoring import Anchoring
    from bot.work.clock import SystemClock

    return await Anchoring(store, notes, SystemClock()).accept()


async def _exported(store: Store, _: KeyFile) -> list[dict[str, object]]:
    from bot.store.audit_records import AuditLine
    from bot.work.clock import SystemClock

    await store.audit(AuditLine(SystemClock().now(), None, "audit_exported", detail="command"))
    return await _facts(store)


async def _facts(store: Store) -> list[dict[str, object]]:
    from bot.work.audit.reading import all_lines, as_fact

    names = {person.id: person.name for person in await store.staff()}
    return [as_fact(line, names) async for line in all_lines(store)]


def _run(ask: Callable[[Store, KeyFile], Awaitable[R]]) -> R:
    return asyncio.run(_with_store(ask))


async def _with_store(ask: Callable[[Store, KeyFile], Awaitable[R]]) -> R:
    from contextlib import AsyncExitStack

    from bot.settings import Settings
    from bot.store.open import open_keys

    settings = Settings.from_environment()
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(store_of(settings, signed=True))
        keys = await open_keys(settings.database_url)
        stack.push_async_callback(keys.close)
        return await ask(store, keys)
