"""What the operator should know of the audit, of second factors, and of addresses seen without a second person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from bot.model.ids import StaffId
from bot.store.identity_records import IdentityAsk
from bot.store.protocol import AnchorStore, DeskStore
from bot.store.staff_records import Staff
from bot.vault.audit import KEY_LINE
from bot.vault.pairs import key_id
from bot.work.audit.reading import all_lines, checked, note_text
from bot.work.desk.keys import DESK_KEY_MADE, PAIR_MADE
from bot.work.go_live import Finding

STRANGE = "Somebody wrote into the database. Stop the bot, tell lead and auditor, then safebot keys renew DESK."
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
    found += [*await _strange_keys(store)]
    asks = await store.identity_asks(since=now - LISTED_FOR)
    people, enrolled = await store.staff(), await store.second_factors()
    apps = {staff for staff, factor in enrolled.items() if factor.confirmed_at is not None}
    return [*found, *_looks(asks), *_without(people, apps)]


async def _strange_keys(store: DeskStore) -> list[Finding]:
    """Return public keys that no line of the audit names: whoever writes the files could have the next words sealed for her."""
    named: set[tuple[str, str]] = set()
    began: datetime | None = None
    people = {str(person.id): person.name for person in await store.staff()}
    async for line in all_lines(store):
        began = line.at if began is None and line.action == KEY_LINE else began
        if line.action == PAIR_MADE:
            named.add((str(line.staff), line.detail))
        elif line.action == DESK_KEY_MADE:
            desk, _, name = line.detail.partition(" ")
            named.add((desk, name))
    pairs = [(str(key.staff), key_id(key.public), key.made_at) for key in await store.staff_keys()]
    desks = [(key.desk, key_id(key.public), key.made_at) for key in await store.desk_keys() if key.retired_at is None]
    return [
        Finding("stop", f"A key of {people.get(owner, owner)} was made by nobody the audit knows.", STRANGE)
        for owner, public, at in (*pairs, *desks)
        if began is not None and at > began and (owner, public.hex()) not in named
    ]


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
