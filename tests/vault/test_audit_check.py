"""Any change to the audit is found: by its hashes, its signatures, or the newest line as it was noted elsewhere.

The full run of ten thousand changes: SAFEBOT_AUDIT_CHANGES=10000 pytest tests/vault/test_audit_check.py -s
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter

import pytest

from bot.model.ids import CaseId, StaffId
from bot.store.audit_records import AuditLine
from bot.vault.audit import KEY_LINE, AuditKey, chain
from bot.vault.audit_check import AuditCheck, Noted
from bot.vault.ring import KeyRing

CHANGES = int(os.environ.get("SAFEBOT_AUDIT_CHANGES", "1000"))
OURS = AuditKey.of(KeyRing(b"p" * 32, {1: b"k" * 32}))
THEIRS = AuditKey.of(KeyRing(b"q" * 32, {1: b"k" * 32}))
START = datetime(2030, 1, 1, tzinfo=UTC)
ACTIONS = ("look", "claim", "reply", "raise_level", "identity_shown", "unmask", "audit_exported")
Lines = list[AuditLine]


def a_chain(key: AuditKey | None, length: int = 20, before: Lines | None = None) -> Lines:
    """Return a chain that goes on behind `before`, named and signed by a key."""
    lines = list(before or ())
    said = [AuditLine(START, None, KEY_LINE, detail=key.public.hex())] if key else []
    for number in range(length):
        person = StaffId(number % 4) if number % 4 else None
        said.append(
            AuditLine(START, person, ACTIONS[number % 7], CaseId(f"c{number % 3}") if number % 3 else None, "facts")
        )
    for line in said:
        number = len(lines) + 1
        lines.append(replace(line, id=number, at=START + timedelta(minutes=number)))
    return rechained(lines, len(before or ()), key)


def rechained(lines: Lines, place: int, key: AuditKey | None) -> Lines:
    """Return the lines with hashes worked out anew from a place on, as somebody would who wants to hide a change."""
    done = lines[:place]
    for line in lines[place:]:
        line_hash = chain(done[-1].hash if done else b"", line)
        done.append(replace(line, hash=line_hash, signature=key.sign(line_hash) if key else b""))
    return done


WHOLE = a_chain(OURS)
NOTED = Noted(WHOLE[-1].id, WHOLE[-1].hash, WHOLE[-1].signature)


def look(lines: Lines, noted: Noted | None = NOTED, trusted: tuple[bytes, ...] = (OURS.public,)) -> AuditCheck:
    check = AuditCheck(trusted, [noted] if noted else [])
    check.run(lines)
    return check


def test_a_whole_audit_is_whole() -> None:
    check = look(WHOLE)

    assert check.broken == [] and (check.lines, check.newest, check.signed_from) == (21, WHOLE[-1].hash, 1)


def test_lines_from_before_the_first_signature_are_covered_by_it() -> None:
    old = a_chain(None, 5)
    lines = a_chain(OURS, 5, before=old)

    assert look(lines, None).broken == []
    assert look(lines, None).signed_from == 6
    assert look(rechained([*old[:2], replace(old[2], action="x"), *lines[3:]], 2, None), None).broken


def test_a_new_key_ring_goes_on_and_the_old_key_must_be_shown() -> None:
    lines = a_chain(OURS, 5, before=a_chain(THEIRS, 5))

    assert look(lines, None, (OURS.public, THEIRS.public)).broken == []
    (only,) = look(lines, None).broken
    assert only.line == 6 and THEIRS.public.hex()[:16] in only.what


def test_an_audit_that_nobody_signed_is_not_whole() -> None:
    assert look(a_chain(None), None).broken


def test_whoever_has_no_key_can_append_nothing() -> None:
    assert look(a_chain(THEIRS, 1, before=WHOLE)).broken
    assert look(a_chain(None, 1, before=WHOLE)).broken


def test_a_cut_end_is_found_by_the_line_noted_elsewhere_and_only_so() -> None:
    assert look(WHOLE[:-3], None).broken == []
    (only,) = look(WHOLE[:-3]).broken
    assert only.line == 21 and "cut off" in only.what


def test_a_note_made_up_without_the_key_is_no_note() -> None:
    note = Noted(21, WHOLE[-1].hash, THEIRS.sign(WHOLE[-1].hash))

    assert look(WHOLE, note).broken


# Each takes the lines and a dice, and returns other lines.
def _field(lines: Lines, dice: Random) -> Lines:
    place, line = _any(lines, dice)
    changes = (
        {"at": line.at + timedelta(microseconds=dice.choice((-1, 1, 10**6)))},
        {"staff": StaffId(dice.randrange(5, 99))},
        {"staff": None} if line.staff is not None else {"staff": StaffId(1)},
        {"action": line.action + dice.choice(" x")},
        {"case": CaseId("c9")},
        {"detail": line.detail[1:] + "w"},
        {"id": line.id + dice.choice((-1, 1, 1000))},
        {"hash": _flipped(line.hash, dice)},
        {"signature": _flipped(line.signature, dice)},
        {"signature": b""},
    )
    return [*lines[:place], replace(line, **dice.choice(changes)), *lines[place + 1 :]]  # type: ignore[arg-type]  # passed on as it came


def _field_and_hashes(lines: Lines, dice: Random) -> Lines:
    """A careful forger works out every hash behind her change anew; only the signatures she cannot make."""
    place, line = _any(lines, dice)
    changed = [*lines[:place], replace(line, action="forged"), *lines[place + 1 :]]
    return rechained(changed, place, dice.choice((None, THEIRS)))


def _kept_signatures(lines: Lines, dice: Random) -> Lines:
    place, line = _any(lines, dice)
    changed = rechained([*lines[:place], replace(line, detail="forged"), *lines[place + 1 :]], place, None)
    return [replace(new, signature=old.signature) for new, old in zip(changed, lines, strict=True)]


def _taken_out(lines: Lines, dice: Random) -> Lines:
    place, _ = _any(lines, dice)
    return lines[:place] + lines[place + dice.randrange(1, 4) :]


def _taken_out_and_numbered(lines: Lines, dice: Random) -> Lines:
    place, _ = _any(lines, dice)
    left = lines[:place] + lines[place + 1 :]
    return rechained([replace(line, id=n) for n, line in enumerate(left, 1)], place, dice.choice((None, THEIRS)))


def _swapped(lines: Lines, dice: Random) -> Lines:
    one, other = dice.sample(range(len(lines)), 2)
    changed = list(lines)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def _twice(lines: Lines, dice: Random) -> Lines:
    place, line = _any(lines, dice)
    return [*lines[: dice.randrange(len(lines))], line, *lines[place:]]


def _put_in(lines: Lines, dice: Random) -> Lines:
    place, line = _any(lines, dice)
    return [*lines[:place], replace(line, action="made up"), *lines[place:]]


def _cut(lines: Lines, dice: Random) -> Lines:
    return lines[: dice.randrange(len(lines))]


def _all_by_another_key(lines: Lines, dice: Random) -> Lines:
    return a_chain(THEIRS, len(lines) - 1)


CHANGERS: tuple[Callable[[Lines, Random], Lines], ...] = (
    _field,
    _field_and_hashes,
    _kept_signatures,
    _taken_out,
    _taken_out_and_numbered,
    _swapped,
    _twice,
    _put_in,
    _cut,
    _all_by_another_key,
)


def test_every_random_change_is_found() -> None:
    dice, tried, missed, began = Random(6), Counter[str](), [], perf_counter()
    while tried.total() < CHANGES:
        changer = dice.choice(CHANGERS)
        changed = changer(WHOLE, dice)
        if changed == WHOLE:
            continue
        tried[changer.__name__.strip("_")] += 1
        if not look(changed).broken:
            missed.append(changer.__name__)
    print(
        f"\n{tried.total()} changes, {tried.total() - len(missed)} found, {perf_counter() - began:.1f} s: {dict(tried)}"
    )
    assert missed == []


@pytest.mark.parametrize("place", range(21))
def test_each_bit_of_a_signature_counts(place: int) -> None:
    line = WHOLE[place]
    changed = replace(line, signature=bytes([line.signature[0] ^ 1]) + line.signature[1:])

    (only,) = look([*WHOLE[:place], changed, *WHOLE[place + 1 :]]).broken
    assert only.line == place + 1


def _any(lines: Lines, dice: Random) -> tuple[int, AuditLine]:
    place = dice.randrange(len(lines))
    return place, lines[place]


def _flipped(data: bytes, dice: Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :]
