"""Her words stay in the console, unless an operator spelled it out: then they go, masked, to the one who holds her case."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cases.moves import move
from bot.model.ids import ChatToken, StaffId
from bot.settings import Settings, SettingsError
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.work.desk.holder_lines import HolderLines
from tests.work.bot_room import SERIOUS, BotRoom, bot_room

MINE = ChatToken("chat of Max")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[BotRoom]:
    async with bot_room(tmp_path) as opened:
        yield opened


async def held_by(room: BotRoom, *, languages: tuple[str, ...] = ("en",)) -> Staff:
    """Max holds Ana's case."""
    max_ = await room.store.save_staff(Staff(StaffId(0), "Max", ("moderator",), ("KE",), languages, telegram=MINE))
    await room.people.refresh()
    await room.arrives()
    await room.does(f"{SERIOUS} me mail")
    (case,) = await room.cases()
    claimed = move(case, "claim", room.clock.now(), by=max_.id)
    assert await room.store.commit_desk(DeskWrite(case=CaseWrite(claimed, step="claim", at=room.clock.now())))
    return max_


async def told(room: BotRoom) -> list[str]:
    now = room.clock.now()
    rows = await room.store.claim_outbox("me", now, 100, now)
    return [await room.text(row) for row in rows if row.chat == MINE]


async def test_nothing_goes_to_a_moderators_chat_by_default(room: BotRoom) -> None:
    await held_by(room)
    await room.does("he calls from 0700123456")

    assert Settings.from_environment({}).desk_content == "never" and await told(room) == []


async def test_spelled_out_her_new_words_go_masked_to_who_holds_the_case_and_the_audit_says_so(room: BotRoom) -> None:
    max_ = await held_by(room)
    room.turns.after = HolderLines(room.store, room.vault, room.people, room.clock)

    await room.does("he calls from 0700123456")
    await room.does("/menu")  # turns go one after the other: by now the words of the one before are written

    (text,) = await told(room)
    assert text.endswith("he calls from •••")
    (line,) = [x for x in await room.store.audit_lines(0, 100) if x.action == "words_to_chat"]
    assert (line.staff, line.detail) == (max_.id, "")


async def test_to_nobody_once_the_case_is_back_in_line_or_she_has_left(room: BotRoom) -> None:
    max_ = await held_by(room)
    room.turns.after = HolderLines(room.store, room.vault, room.people, room.clock)
    await room.store.save_staff(replace(max_, active=False))
    await room.people.refresh()

    await room.does("are you there?")

    assert await told(room) == []


@pytest.mark.parametrize("value", ["yes", "FULL", "names", "on"])
def test_only_the_whole_word_turns_it_on(value: str) -> None:
    with pytest.raises(SettingsError, match="SAFEBOT_DESK_CONTENT"):
        Settings.from_environment({"SAFEBOT_DESK_CONTENT": value})


def test_topics_are_read_for_each_desk() -> None:
    assert Settings.from_environment({"SAFEBOT_DESK_TOPICS": "KE=12 NP=34"}).desk_topics == {"KE": 12, "NP": 34}
    for wrong in ("KE", "KE=x", "kenya=3", "KE=0"):
        with pytest.raises(SettingsError, match="SAFEBOT_DESK_TOPICS"):
            Settings.from_environment({"SAFEBOT_DESK_TOPICS": wrong})
