"""Every kind of sealed row: it opens at its own place, and nowhere else; swapped, replayed, cut or changed it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.ids import BotId, CaseId, ChatToken, StaffId
from bot.store.operator_records import Quarantined
from bot.store.reply_records import Reply
from bot.store.turn_records import UpdateKey
from bot.vault.box import Box
from bot.vault.case_box import PAGE, CaseBox
from bot.vault.errors import CannotOpen
from bot.vault.paged import open_paged, seal_paged
from bot.vault.pairs import Pair, open_with, seal_for
from bot.vault.ring import KeyRing
from bot.work.sealed_rows import open_quarantined, open_reply, resealed_quarantined, seal_quarantined, seal_reply
from bot.work.sealing import entry_place

NOON = datetime(2030, 5, 1, 12, 0, tzinfo=UTC)
RING, CHAT, CASE = KeyRing.new(), Box(Box.new_key()), CaseBox(Pair.new().private)
LENA, MAX = Pair.new(), Pair.new()
Place = tuple[str, int]
"""Whose row it is, and which one."""


@dataclass(frozen=True)
class Kind:
    """How one kind of row is sealed for its place and opened at a place. `paged`: its size tells nothing."""

    seal: Callable[[bytes, Place], bytes]
    open: Callable[[bytes, Place], bytes]
    paged: bool = False
    by_number: bool = True  # two rows of the same owner cannot be swapped either


def _entry(box: Box | CaseBox) -> Kind:
    def place(at: Place) -> str:
        return entry_place(CaseId(at[0]), "hers" if at[1] % 2 else "note", f"{at[1]}.0")

    return Kind(
        lambda data, at: seal_paged(box, data, place(at)), lambda row, at: open_paged(box, row, place(at)), paged=True
    )


def _reply(body: bytes, at: Place) -> Reply:
    return Reply(f"{at[0]}{at[1]}", CaseId("c"), ChatToken("t"), StaffId(1), body, NOON)


def _waits(body: bytes, at: Place) -> Quarantined:
    return Quarantined("k", "c", body, NOON, bot=BotId(len(at[0])), update=at[1])


def _about(box: Box | KeyRing, name: str) -> Kind:
    return Kind(
        lambda data, at: box.seal(data, f"{name}:{at[0]}"),
        lambda row, at: box.open(row, f"{name}:{at[0]}"),
        by_number=False,
    )


KINDS: dict[str, Kind] = {
    "entry": _entry(CASE),
    "entry of a desk without a key": _entry(CHAT),
    "reply": Kind(
        lambda data, at: seal_reply(CHAT, data.decode(), f"{at[0]}{at[1]}"),
        lambda row, at: open_reply(CHAT, _reply(row, at)).encode(),
        paged=True,
    ),
    "quarantine": Kind(
        lambda data, at: seal_quarantined(RING, data.decode(), UpdateKey(BotId(len(at[0])), at[1])),
        lambda row, at: open_quarantined(RING, _waits(row, at))[1:-1],
        paged=True,
    ),
    "address": _about(RING, "address"),
    "second factor": _about(RING, "totp"),
    "wrapped key": _about(RING, "key"),
    "state": _about(CHAT, "state"),
    "profile": _about(CHAT, "profile"),
    "outbox": _about(CHAT, "outbox"),
    "mark": _about(CHAT, "mark"),
    "desk share": Kind(
        lambda data, at: seal_for((LENA if len(at[0]) % 2 else MAX).public, data),
        lambda row, at: open_with((LENA if len(at[0]) % 2 else MAX).private, row),
        by_number=False,
    ),
}

plain = st.text("abcdefghij klmnop", max_size=700).map(str.encode)
owners = st.sampled_from(("a", "bb", "ccc"))
places = st.tuples(owners, st.integers(0, 10**6) | st.just(10**30))


def refused(kind: Kind, row: bytes, place: Place) -> bool:
    try:
        kind.open(row, place)
    except CannotOpen:
        return True
    return False


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=plain, place=places)
def test_it_opens_at_its_own_place(name: str, data: bytes, place: Place) -> None:
    assert KINDS[name].open(KINDS[name].seal(data, place), place) == data


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=plain, place=places, other=places)
def test_put_to_another_place_it_is_refused(name: str, data: bytes, place: Place, other: Place) -> None:
    kind = KINDS[name]
    same = len(place[0]) % 2 == len(other[0]) % 2 if name == "desk share" else place[0] == other[0]
    if same and (place[1] == other[1] or not kind.by_number):
        return

    assert refused(kind, kind.seal(data, place), other)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=plain, place=places, cut=st.integers(1, 300), bit=st.integers(0, 10**6))
def test_cut_lengthened_or_changed_by_a_bit_it_is_refused(
    name: str, data: bytes, place: Place, cut: int, bit: int
) -> None:
    kind = KINDS[name]
    row = kind.seal(data, place)
    at = bit % (8 * len(row))
    changed = row[: at // 8] + bytes([row[at // 8] ^ (1 << at % 8)]) + row[at // 8 + 1 :]

    assert all(refused(kind, other, place) for other in (row[:-cut], row[cut:], row + b"\0", b"", changed))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_a_row_of_another_kind_is_refused(name: str, other: str) -> None:
    place = ("a", 1)
    shared = {"entry", "entry of a desk without a key"}
    if name != other and not {name, other} <= shared:
        assert refused(KINDS[name], KINDS[other].seal(b"words", place), place)


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.paged])
def test_all_that_fits_a_page_has_one_size_and_then_the_next_page(name: str) -> None:
    sizes = [len(KINDS[name].seal(b"x" * length, ("a", 1))) for length in range(0, 3 * PAGE, 7)]

    assert len(set(sizes)) >= 3 and sizes == sorted(sizes)
    assert {b - a for a, b in pairwise(sizes)} == {0, PAGE}


def test_rows_of_earlier_versions_still_open() -> None:
    place = entry_place(CaseId("c"), "hers", "1.0")
    assert open_paged(CHAT, CHAT.seal(b"words", place), place) == b"words"
    assert open_reply(CHAT, _reply(CHAT.seal(b"words", "reply:a1"), ("a", 1))) == "words"
    old = _waits(RING.seal(b'{"update_id": 1}', "quarantine:1"), ("a", 1))
    assert open_quarantined(RING, old) == b'{"update_id": 1}'
    fresh = resealed_quarantined(RING, old)
    assert fresh is not None and open_quarantined(RING, _waits(fresh, ("a", 1))) == b'{"update_id": 1}'


def test_pages_that_lie_about_their_length_are_refused() -> None:
    lying = CHAT.seal((10**6).to_bytes(4, "big") + b"words", "paged:reply:a1")

    with pytest.raises(CannotOpen):
        open_reply(CHAT, _reply(lying, ("a", 1)))
