"""Signing in: passphrases, sessions, one-use links."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.model.ids import ChatToken
from bot.work.desk.errors import NotPossible
from bot.work.staff.accounts import SignInRefused, StaffAccounts
from bot.work.staff.passphrases import LONGEST_WAIT, Passphrases
from tests.work.desk_room import Room, a_room

RIGHT = "four kettles sing at dawn"


def quick_hash(text: str) -> bytes:
    return b"hash of " + text.encode()


def quick_check(hashed: bytes, text: str) -> bool:
    return hashed == quick_hash(text)


@dataclass
class Door:
    room: Room
    accounts: StaffAccounts


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with a_room(tmp_path) as room:
        passphrases = Passphrases(room.store, room.clock, quick_hash, quick_check)
        accounts = StaffAccounts(room.store, room.clock, passphrases)
        await accounts.add("Mona", ("moderator",), ("KE",), ("sw",), RIGHT)
        yield Door(room, accounts)


async def test_the_right_passphrase_signs_in_and_the_wrong_one_says_no_more_than_no(door: Door) -> None:
    signed_in = await door.accounts.sign_in("mona", RIGHT)
    assert (await door.accounts.session(signed_in.cookie))[0].name == "Mona"

    said = set()
    for name, passphrase in (("Mona", "not this one at all"), ("Nobody", RIGHT), ("Max", "")):
        with pytest.raises(SignInRefused) as refused:
            await door.accounts.sign_in(name, passphrase)
        said.add(str(refused.value))
    assert len(said) == 1


async def test_the_real_hash_is_argon2id_with_64_mib_and_three_passes(door: Door) -> None:
    hashed = await Passphrases(door.room.store, door.room.clock).hashed(RIGHT)

    assert hashed.startswith(b"$argon2id$v=19$m=65536,t=3,")


@pytest.mark.parametrize("bad", ["short one", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa"])
async def test_a_passphrase_that_is_short_or_common_is_refused(door: Door, bad: str) -> None:
    with pytest.raises(NotPossible):
        await door.accounts.reset("Mona", bad)


async def test_a_stranger_who_tries_all_day_does_not_lock_her_out(door: Door) -> None:
    known = (await door.accounts.sign_in("Mona", RIGHT)).known
    for _ in range(200):
        with pytest.raises(SignInRefused):
            await door.accounts.sign_in("Mona", "a wrong guess of a stranger")
    assert max(door.room.clock.slept) == LONGEST_WAIT

    door.room.clock.slept.clear()
    await door.accounts.sign_in("Mona", RIGHT, known)
    assert door.room.clock.slept == []
    await door.accounts.sign_in("Mona", RIGHT)
    assert max(door.room.clock.slept, default=0) <= LONGEST_WAIT


async def test_a_session_ends_after_15_idle_minutes(door: Door) -> None:
    cookie = (await door.accounts.sign_in("Mona", RIGHT)).cookie
    door.room.clock.pass_by(minutes=14)
    assert await door.accounts.session(cookie)
    door.room.clock.pass_by(minutes=14)
    assert await door.accounts.session(cookie, touch=False)
    door.room.clock.pass_by(minutes=2)
    assert await door.accounts.session(cookie) is None


async def test_a_session_lasts_ten_hours_at_most(door: Door) -> None:
    cookie = (await door.accounts.sign_in("Mona", RIGHT)).cookie
    for _ in range(60):
        door.room.clock.pass_by(minutes=10)
        assert await door.accounts.session(cookie)
    door.room.clock.pass_by(minutes=1)
    assert await door.accounts.session(cookie) is None


async def test_a_reset_signs_her_out_everywhere(door: Door) -> None:
    cookie = (await door.accounts.sign_in("Mona", RIGHT)).cookie
    await door.accounts.reset("Mona", "seven slow rivers turn")

    assert await door.accounts.session(cookie) is None
    with pytest.raises(SignInRefused):
        await door.accounts.sign_in("Mona", RIGHT)


async def test_a_link_signs_in_once(door: Door) -> None:
    code = await door.accounts.sign_in_link("Mona")
    assert (await door.accounts.sign_in_by_link(code)).staff.name == "Mona"

    with pytest.raises(NotPossible):
        await door.accounts.sign_in_by_link(code)


async def test_a_telegram_code_binds_one_chat_once(door: Door) -> None:
    code = await door.accounts.telegram_code("Mona")
    with pytest.raises(NotPossible):
        await door.accounts.sign_in_by_link(code)

    assert (await door.accounts.bind_telegram(code, ChatToken("hers"))).name == "Mona"
    assert await door.accounts.bind_telegram(code, ChatToken("another")) is None
    assert (await door.accounts.by_chat(ChatToken("hers"))).name == "Mona"


async def test_a_name_is_taken_once_and_roles_are_known(door: Door) -> None:
    with pytest.raises(NotPossible):
        await door.accounts.add("MONA", ("moderator",), ("KE",), ("sw",))
    with pytest.raises(NotPossible):
        await door.accounts.add("Nora", ("queen",), ("KE",), ("sw",))
