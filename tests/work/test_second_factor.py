"""A second factor: set up once, each code counts once, guessing leads nowhere, and nobody is kept out by others' guesses."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.ids import StaffId
from bot.vault.ring import KeyRing
from bot.vault.totp import code, step_at
from bot.vault.vault import Vault
from bot.work.desk.errors import NotPossible
from bot.work.rewrap import rewrap
from bot.work.staff.accounts import PROVEN_FOR, SignInRefused, StaffAccounts
from bot.work.staff.passphrases import LONGEST_WAIT, Passphrases
from bot.work.staff.second_factor import WRONG_CODES, SecondFactors
from tests.work.desk_room import Room, a_room
from tests.work.test_staff_accounts import RIGHT, quick_check, quick_hash


@dataclass
class Door:
    room: Room
    accounts: StaffAccounts

    async def secret(self, name: str = "Mona") -> bytes:
        person = await self.accounts.named(name)
        assert person is not None
        factor = (await self.room.store.second_factors())[person.id]
        return self.room.vault.open(factor.secret, f"totp:{person.id}")

    async def code(self, later: int = 0) -> str:
        return code(await self.secret(), step_at(self.room.clock.at) + later)

    async def enrols(self) -> str:
        """Sign in for the first time; return the cookie of the browser, and let a minute pass."""
        first = await self.accounts.sign_in("Mona", RIGHT)
        await self.accounts.enrolment(first.staff)
        await self.accounts.finish(first.staff, first.session, await self.code(), first.cookie)
        self.room.clock.pass_by(minutes=1)
        return first.cookie


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with a_room(tmp_path) as room:
        passphrases = Passphrases(room.store, room.clock, quick_hash, quick_check)
        second = SecondFactors(room.store, room.clock, room.vault)
        accounts = StaffAccounts(room.store, room.clock, passphrases, second=second)
        await accounts.add("Mona", ("moderator",), ("KE",), ("sw",), RIGHT)
        yield Door(room, accounts)


async def test_before_the_app_is_set_up_no_page_opens_and_afterwards_they_do(door: Door) -> None:
    first = await door.accounts.sign_in("Mona", RIGHT)
    assert not first.session.whole and await door.accounts.session(first.cookie) is None
    assert await door.accounts.unfinished(first.cookie)
    enrolment = await door.accounts.enrolment(first.staff)
    assert enrolment == await door.accounts.enrolment(first.staff)

    with pytest.raises(NotPossible):
        await door.accounts.finish(first.staff, first.session, "000000", first.cookie)
    assert await door.accounts.session(first.cookie) is None
    await door.accounts.finish(first.staff, first.session, await door.code(), first.cookie)
    assert await door.accounts.session(first.cookie)
    assert await door.accounts.unfinished(first.cookie) is None


async def test_a_second_browser_that_was_half_way_cannot_put_its_own_app_in_place(door: Door) -> None:
    other = await door.accounts.sign_in("Mona", RIGHT)
    await door.enrols()

    with pytest.raises(NotPossible):
        await door.accounts.enrolment(other.staff)
    with pytest.raises(NotPossible):
        await door.accounts.finish(other.staff, other.session, await door.code(), other.cookie)
    assert await door.accounts.session(other.cookie) is None


async def test_half_a_sign_in_ends_after_a_quarter_of_an_hour(door: Door) -> None:
    first = await door.accounts.sign_in("Mona", RIGHT)
    door.room.clock.pass_by(minutes=14)
    assert await door.accounts.unfinished(first.cookie)
    door.room.clock.pass_by(minutes=2)
    assert await door.accounts.unfinished(first.cookie) is None


async def test_afterwards_it_takes_both_and_nothing_tells_which_was_wrong(door: Door) -> None:
    await door.enrols()
    good = await door.code()
    said = set()
    for passphrase, typed in ((RIGHT, ""), (RIGHT, "000000"), ("not this one at all", good)):
        with pytest.raises(SignInRefused) as refused:
            await door.accounts.sign_in("Mona", passphrase, "", typed)
        said.add(str(refused.value))
    assert len(said) == 1

    signed_in = await door.accounts.sign_in("Mona", RIGHT, "", good)
    assert signed_in.session.whole and await door.accounts.session(signed_in.cookie)


async def test_a_code_counts_once_and_so_does_every_earlier_one(door: Door) -> None:
    await door.enrols()
    before, good = await door.code(-1), await door.code()
    await door.accounts.sign_in("Mona", RIGHT, "", good)

    for typed in (good, before):
        with pytest.raises(SignInRefused):
            await door.accounts.sign_in("Mona", RIGHT, "", typed)
    door.room.clock.pass_by(seconds=30)
    await door.accounts.sign_in("Mona", RIGHT, "", await door.code())


async def test_of_two_who_type_the_same_code_one_comes_in(door: Door) -> None:
    await door.enrols()
    step = step_at(door.room.clock.at)
    mona = await door.accounts.named("Mona")
    assert mona is not None

    used = [await door.room.store.use_code(mona.id, step, door.room.clock.at) for _ in range(2)]
    assert used == [True, False]


async def test_whoever_has_her_passphrase_guesses_ten_codes_an_hour_and_she_still_comes_in(door: Door) -> None:
    known = (await door.accounts.sign_in("Mona", RIGHT)).known
    await door.enrols()
    refused = 0
    for _ in range(WRONG_CODES + 5):
        with pytest.raises(NotPossible) as error:
            await door.accounts.sign_in("Mona", RIGHT, "", "000000")
        refused += not isinstance(error.value, SignInRefused)
    assert refused == 5
    assert (await door.room.actions()).count("second_factor_wrong") == WRONG_CODES
    with pytest.raises(NotPossible):
        await door.accounts.sign_in("Mona", RIGHT, "", await door.code())

    assert max(door.room.clock.slept) <= LONGEST_WAIT
    door.room.clock.slept.clear()
    await door.accounts.sign_in("Mona", RIGHT, known, await door.code())
    assert door.room.clock.slept == []


async def test_a_stranger_without_her_passphrase_never_touches_the_count_of_codes(door: Door) -> None:
    await door.enrols()
    for _ in range(60):
        with pytest.raises(SignInRefused):
            await door.accounts.sign_in("Mona", "a wrong guess of a stranger", "", "000000")

    await door.accounts.sign_in("Mona", RIGHT, "", await door.code())


async def test_a_lost_phone_is_reset_and_signs_her_out_everywhere(door: Door) -> None:
    cookie = await door.enrols()
    old = await door.secret()
    await door.accounts.reset_second("Mona")

    assert await door.accounts.session(cookie) is None
    again = await door.accounts.sign_in("Mona", RIGHT)
    assert not again.session.whole
    await door.accounts.enrolment(again.staff)
    assert await door.secret() != old
    with pytest.raises(NotPossible):
        await door.accounts.reset_second("Max")


async def test_a_new_passphrase_leaves_the_app_and_who_leaves_leaves_none(door: Door) -> None:
    await door.enrols()
    await door.accounts.reset("Mona", "seven slow rivers turn")
    with pytest.raises(SignInRefused):
        await door.accounts.sign_in("Mona", "seven slow rivers turn")
    await door.accounts.leave("Mona")
    assert await door.room.store.second_factors() == {}


async def test_the_file_shows_no_secret_and_a_row_put_to_another_name_opens_nothing(door: Door, tmp_path: Path) -> None:
    await door.enrols()
    secret = await door.secret()
    assert not any(secret in content for content in _files_in(tmp_path))
    with sqlite3.connect(tmp_path / "desk.db") as db:
        db.execute("update second_factors set staff = 1")
    db.close()
    max_ = door.room.max
    factor = (await door.room.store.second_factors())[StaffId(1)]

    with pytest.raises(NotPossible, match="cannot be checked"):
        assert door.accounts.second is not None
        await door.accounts.second.right(max_, factor, "000000", trusted=True)


async def test_a_rotated_ring_takes_the_secrets_along(door: Door) -> None:
    await door.enrols()
    secret, ring = await door.secret(), door.room.vault._ring
    rotated = ring.rotated()
    vault = Vault(rotated, door.room.vault._keys)
    await rewrap(door.room.store, vault)
    newest_only = Vault(KeyRing(rotated.pepper, {2: rotated.keys[2]}), door.room.vault._keys)
    mona = await door.accounts.named("Mona")
    assert mona is not None
    factor = (await door.room.store.second_factors())[mona.id]

    assert newest_only.open(factor.secret, f"totp:{mona.id}") == secret


async def test_she_shows_again_that_it_is_she_by_passphrase_or_by_a_fresh_code_for_five_minutes(door: Door) -> None:
    cookie = await door.enrols()

    async def proven() -> bool:
        found = await door.accounts.session(cookie)
        assert found is not None
        return door.accounts.proven(found[1])

    assert await proven()
    door.room.clock.pass_by(seconds=PROVEN_FOR.total_seconds())
    assert not await proven()
    for wrong in ("000000", "not this one at all", ""):
        found = await door.accounts.session(cookie)
        assert found is not None
        with pytest.raises(SignInRefused):
            await door.accounts.prove(*found, wrong)
    for by_code in (False, True):
        found = await door.accounts.session(cookie)
        assert found is not None
        await door.accounts.prove(*found, await door.code() if by_code else RIGHT)
        assert await proven()
        door.room.clock.at += PROVEN_FOR + timedelta(seconds=1)
        assert not await proven()


def _files_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir()]
