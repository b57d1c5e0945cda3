"""Five hundred cases at once: the group never gets more than its twenty messages a minute, and danger now does not wait in it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.model.case import Case, CaseState
from bot.model.ids import DESK, CaseId, ChatToken
from bot.model.levels import Level
from bot.store.case_records import CaseWrite
from bot.store.turn_records import Turn
from bot.work.crowd import CROWD, crowd_text
from bot.work.sealing import desk_rows
from tests.work.bot_room import HOUSE, BotRoom, Recording, bot_room
from tests.work.desk_room import NOON, a_case

LEVELS = (Level.P1, *[Level.P2] * 9, *[Level.P3] * 20, *[Level.P4] * 20)


class Group(Recording):
    """The moderators' group: what it was told, and when."""

    told: list[tuple[datetime, str]]

    async def show_card(self, chat_id: int, text: str, rows: Any, card: int | None) -> Any:
        self.told.append((self.clock.now(), text))
        return await super().show_card(chat_id, text, rows, card)

    async def alarm(self, chat_id: int, text: str, card: int | None) -> Any:
        self.told.append((self.clock.now(), text))
        return await super().alarm(chat_id, text, card)


async def opens(room: BotRoom, numbers: range) -> None:
    """Commit cases as turns do, each with its card for the group."""
    box = (await room.vault.boxes([f"chat:{DESK}"]))[f"chat:{DESK}"]
    now = room.clock.now()
    turns = []
    for number in numbers:
        level = LEVELS[(number + 1) % len(LEVELS)]
        case = a_case(f"c{number}", now, chat=ChatToken(f"g{number}"), level=level, pseudonym=f"Otter {number}")
        rows = tuple(desk_rows(None, case, box, HOUSE, now))
        turns.append(
            Turn(None, case.chat, now, 0, address=b"x", keep_state=True, outbox=rows, case=CaseWrite(case, at=now))
        )
    await room.store.commit_turns(turns)


def fullest_minute(told: list[tuple[datetime, str]]) -> int:
    minute = timedelta(minutes=1)
    return max(sum(start <= at < start + minute for at, _ in told) for start, _ in told)


async def test_500_cases_at_once_keep_to_the_groups_pace_and_danger_now_is_named_within_seconds(
    tmp_path: Path,
) -> None:
    async with bot_room(tmp_path, sending=True) as room:
        group = Group(room.clock)
        group.told = []
        room.dispatch.transport, room.dispatch.desk_chat = group, -1001
        began = room.clock.now()
        for first in range(0, 500, 50):
            await opens(room, range(first, first + 50))
            for _ in range(3):
                room.clock.jump(seconds=2)
                await asyncio.sleep(0.02)
        for _ in range(60):
            room.clock.jump(seconds=2)
            await asyncio.sleep(0.01)
            if not (await room.store.backlog(room.clock.now())).unsent:
                break

        dangers = [f"c{n}" for n in range(500) if LEVELS[(n + 1) % len(LEVELS)] is Level.P1]
        cases = {c.id: c for c in await room.store.open_cases(["KE"])}
        waits = []
        for name in dangers:
            case = cases[CaseId(name)]
            first_told = min(at for at, text in group.told if f"{case.pseudonym}, since" in text)
            waits.append((first_told - case.opened_at).total_seconds())
        seconds = (group.told[-1][0] - began).total_seconds()
        print(
            f"\n500 cases in 60 s: {len(group.told)} messages in {seconds:.0f} s, at most {fullest_minute(group.told)}"
            f" in a minute; {len(waits)} in danger now named after {max(waits):.1f} s at most"
        )
        assert len(waits) == 10 and max(waits) <= 15
        assert fullest_minute(group.told) <= 20
        assert (await room.store.backlog(room.clock.now())).unsent == 0


def waiting(level: Level, **facts: Any) -> Case:
    return replace(a_case("c1", NOON, level=level), **facts)


def test_the_one_message_counts_levels_names_danger_now_and_leaves_out_what_is_over() -> None:
    cases = [
        waiting(Level.P4),
        waiting(Level.P1, pseudonym="Blue Heron"),
        waiting(Level.P1, state=CaseState.CLAIMED, pseudonym="Red Fox"),
        waiting(Level.P2, shown_at=None),
    ]

    text = crowd_text(cases, HOUSE, NOON)

    assert text.splitlines()[0] == "2 cases wait: 🔴 1 P1, ⚪ 1 P4. Please open the console."
    assert "Blue Heron" in text and "Red Fox" not in text
    assert crowd_text(cases[2:], HOUSE, NOON) == "" and CROWD <= 20
