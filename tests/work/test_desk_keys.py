"""A case opens for people of its desk who have signed in, and for nobody else: not the bot, not a stolen disk, not a leaver."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.model.ids import CaseId, StaffId
from bot.store.open import open_store
from bot.vault.errors import CannotOpen
from bot.vault.paged import open_paged
from bot.vault.pairs import Pair
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work.desk.keys import DeskKeys, KeyChain, desks_of
from bot.work.desk.reading import GONE
from bot.work.staff.accounts import StaffAccounts
from bot.work.staff.passphrases import Passphrases
from tests.work.desk_room import Room, a_room

RIGHT = "four kettles sing at dawn"
HERS = "please help me"


@dataclass
class Desk:
    """A desk whose people have passphrases. `Max` moderates and `Lena` supervises Kenya, `Olga` moderates Nepal."""

    room: Room
    accounts: StaffAccounts
    escrow: Pair

    async def enrol(self, *names: str) -> None:
        for name in names:
            await self.accounts.reset(name, RIGHT)
        await self.seals()

    async def seals(self) -> None:
        """As the running bot does every second: learn which keys cases are sealed for."""
        self.room.vault.desks = await self.accounts.keys.sealing_for()

    async def signs_in(self, name: str) -> str:
        return (await self.accounts.sign_in(name, RIGHT)).cookie

    async def reads(self, name: str, case_id: str = "ana1") -> list[str]:
        """Return what a person sees of a case that is hers."""
        person = await self.accounts.named(name)
        assert person is not None
        view = await self.room.desk.look(person, CaseId(case_id))
        return [line.text for line in view.lines]

    async def claims(self, name: str, case_id: str = "ana1") -> None:
        person = await self.accounts.named(name)
        assert person is not None
        await self.room.desk.claim(person, CaseId(case_id))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with a_room(tmp_path) as room:
        escrow = Pair.new()
        keys = DeskKeys(room.store, room.clock, escrow.public)
        room.desk.chain = keys.chain
        quick = Passphrases(room.store, room.clock, lambda text: text.encode(), lambda h, text: h == text.encode())
        yield Desk(room, StaffAccounts(room.store, room.clock, quick, keys), escrow)


async def test_who_has_signed_in_reads_and_replies_and_nobody_else_does(desk: Desk) -> None:
    await desk.enrol("Max", "Lena")
    await desk.room.opens()
    await desk.claims("Max")
    assert await desk.reads("Max") == [GONE.text], "she has not signed in, so her keys are closed"

    cookie = await desk.signs_in("Max")
    assert await desk.reads("Max") == [HERS]
    await desk.accounts.sign_out(cookie)
    assert await desk.reads("Max") == [GONE.text]


async def test_the_bot_and_a_stolen_disk_with_its_key_ring_open_nothing(desk: Desk, tmp_path: Path) -> None:
    await desk.enrol("Max")
    await desk.room.opens()
    vault = desk.room.vault
    (entry,) = await desk.room.store.entries(CaseId("ana1"))

    for box in ((await vault.boxes(["case:ana1"]))["case:ana1"], await vault.readable("case:ana1", {})):
        assert box is not None
        with pytest.raises(CannotOpen):
            box.open(entry.body, f"entry:ana1:hers:{entry.seq}")
    assert HERS.encode() not in _everything_in(tmp_path)


async def test_a_desk_without_any_key_still_loses_nothing(desk: Desk) -> None:
    await desk.room.opens()
    await desk.claims("Max")
    assert await desk.reads("Max") == [HERS]


async def test_a_colleague_is_let_in_by_the_next_sign_in_of_somebody_who_can_open(desk: Desk) -> None:
    await desk.enrol("Max")
    await desk.room.opens()
    await desk.enrol("Lena")
    await desk.signs_in("Lena")
    assert await desk.reads("Lena") == [GONE.text], "her pair is younger than the desk's key"

    await desk.signs_in("Max")
    await desk.signs_in("Lena")
    assert await desk.reads("Lena") == [HERS]
    assert "let_in" in await desk.room.actions()


async def test_another_country_is_never_let_in(desk: Desk) -> None:
    await desk.enrol("Max", "Olga")
    await desk.signs_in("Max")
    await desk.signs_in("Olga")
    kenya = next(key.id for key in await desk.room.store.desk_keys() if key.desk == "KE")

    assert desk.room.olga.id not in {s.staff for s in await desk.room.store.desk_shares() if s.desk_key == kenya}


async def test_who_leaves_opens_nothing_that_comes_later_and_the_others_open_everything(desk: Desk) -> None:
    await desk.enrol("Max", "Lena")
    await desk.signs_in("Max")
    before = dict(desk.accounts.keys.chain.of(desk.room.max.id))
    await desk.room.opens("early")
    await desk.accounts.leave("Max")
    await desk.seals()
    await desk.room.opens("late")

    late = await desk.room.vault.readable("case:late", before)
    (entry,) = await desk.room.store.entries(CaseId("late"))
    with pytest.raises(CannotOpen):
        late.open(entry.body, f"entry:late:hers:{entry.seq}")  # type: ignore[union-attr]  # it is there
    assert not await desk.room.store.desk_shares(desk.room.max.id)
    await desk.signs_in("Lena")
    assert [await desk.reads("Lena", case) for case in ("early", "late")] == [[HERS], [HERS]]


async def test_a_lost_passphrase_costs_nothing_once_a_colleague_signs_in(desk: Desk) -> None:
    await desk.enrol("Max", "Lena")
    await desk.signs_in("Max")
    await desk.room.opens()
    await desk.claims("Max")
    await desk.enrol("Max")
    await desk.signs_in("Max")
    assert await desk.reads("Max") == [GONE.text]

    await desk.signs_in("Lena")
    await desk.signs_in("Max")
    assert await desk.reads("Max") == [HERS]


async def test_the_escrow_recovers_a_desk_nobody_can_open_any_more(desk: Desk) -> None:
    await desk.enrol("Max")
    await desk.room.opens()
    await desk.claims("Max")
    await desk.enrol("Max")
    person = await desk.accounts.named("Max")
    assert person is not None

    with pytest.raises(CannotOpen):
        await desk.accounts.keys.recover(person, Pair.new().private)
    assert await desk.accounts.keys.recover(person, desk.escrow.private) >= 1
    await desk.signs_in("Max")
    assert await desk.reads("Max") == [HERS]


async def test_rows_that_were_swapped_copied_or_cut_show_nothing(desk: Desk, tmp_path: Path) -> None:
    await desk.enrol("Lena")
    await desk.signs_in("Lena")
    for case in ("ana1", "ana2"):
        await desk.room.opens(case)
    await desk.room.ana_writes("ana1", "and again")
    one, two = await desk.room.store.entries(CaseId("ana1"))
    (other,) = await desk.room.store.entries(CaseId("ana2"))
    changes = {
        "of another case": (other.body, "hers", one.seq),
        "of another kind": (one.body, "note", one.seq),
        "with another number": (one.body, "hers", "9.9"),
        "two swapped": (two.body, "hers", one.seq),
        "a byte short": (one.body[:-1], "hers", one.seq),
        "empty": (b"", "hers", one.seq),
        "a bit turned": (bytes([one.body[0] ^ 1]) + one.body[1:], "hers", one.seq),
    }
    for what, values in changes.items():
        await _write(tmp_path, "update entries set body = ?, kind = ?, seq = ? where id = ?", (*values, one.id))
        assert await desk.reads("Lena") == [GONE.text, "and again"], what
    await _write(
        tmp_path, "update entries set body = ?, kind = ?, seq = ? where id = ?", (one.body, "hers", one.seq, one.id)
    )
    copy = "insert into entries (case_id, kind, body, at, staff, seq) select case_id, kind, body, at, staff, seq from entries where id = ?"
    await _write(tmp_path, copy, (one.id,))
    assert await desk.reads("Lena") == [HERS, "and again", GONE.text], "put in a second time"


async def test_the_size_of_what_is_kept_does_not_tell_what_was_said(desk: Desk) -> None:
    await desk.enrol("Max")
    await desk.room.opens()
    for text in ("yes", "no", "x" * 150):
        await desk.room.ana_writes("ana1", text)

    assert len({len(entry.body) for entry in await desk.room.store.entries(CaseId("ana1"))}) == 1


async def test_after_the_console_was_started_again_she_signs_in_again(desk: Desk) -> None:
    await desk.enrol("Max")
    cookie = await desk.signs_in("Max")
    assert await desk.accounts.session(cookie) is not None

    desk.accounts.keys.chain = KeyChain()
    assert await desk.accounts.session(cookie) is None


async def test_a_new_ring_leaves_cases_as_they_are(desk: Desk, tmp_path: Path) -> None:
    await desk.enrol("Max")
    await desk.room.opens()
    await desk.claims("Max")
    await desk.signs_in("Max")
    assert await desk.room.vault.rewrap() == 0

    keys = desk.room.vault._keys
    stranger = Vault(KeyRing.new(), keys)
    box = await stranger.readable("case:ana1", desk.accounts.keys.chain.of(desk.room.max.id))
    (entry,) = await desk.room.store.entries(CaseId("ana1"))
    assert box is not None and open_paged(box, entry.body, f"entry:ana1:hers:{entry.seq}").decode() == HERS


async def test_who_left_by_another_process_is_forgotten_here_too(desk: Desk) -> None:
    await desk.enrol("Max", "Lena")
    await desk.signs_in("Max")
    await desk.signs_in("Lena")
    desk.accounts.keys.chain.keep_only([desk.room.lena.id])

    assert desk.accounts.keys.chain.of(desk.room.max.id) == {}
    assert desk.accounts.keys.chain.of(desk.room.lena.id)


def test_only_people_who_may_see_cases_are_of_a_desk(desk: Desk) -> None:
    room = desk.room
    assert desks_of(room.max) == ("KE", "ZZ") and desks_of(room.sam) == ()
    assert desks_of(replace(room.sam, roles=("focal_point",), id=StaffId(9))) == ("focal",)


def _everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def _write(folder: Path, query: str, values: tuple[object, ...]) -> None:
    """Change the file behind everybody's back, as somebody with the disk would."""
    with sqlite3.connect(folder / "desk.db") as connection:
        connection.execute(query, values)
    connection.close()
    await (await open_store(f"sqlite:///{folder / 'desk.db'}")).close()
