"""She and the moderator write at the same moment, a thousand times: no reply goes out unseen of a newer message."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.model.ids import CaseId
from bot.store.reply_records import Reply, ReplyState
from bot.store.turn_records import Outcome, TimerKey, Turn
from bot.work.desk.errors import NotPossible, SheWroteFirst, TooLate
from tests.work.desk_room import Room, a_room

CASES, ROUNDS = 100, 10
STRANGE = "Write to www.some-strange-place.com"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as made:
        yield made


@dataclass
class Talk:
    """One girl and her moderator, and the dice that let them cross."""

    room: Room
    case: str
    dice: random.Random
    counts: Counter[str]
    seen_of: dict[str, int] = field(default_factory=dict)
    newest_of: dict[str, int] = field(default_factory=dict)

    async def round(self, number: int) -> None:
        """She writes, the moderator sends what she wrote on a page a moment old, the bot takes what is due: all at once."""
        view = await self.room.desk.look(self.room.max, await self._id())
        acts = [self._she_writes(), self._replies(number, view.seen), self._taken()]
        if self.dice.random() < 0.3:
            acts.append(self._released())
        self.dice.shuffle(acts)
        await asyncio.gather(*acts)
        await self._taken()

    async def _id(self) -> CaseId:
        return (await self.room.case(self.case)).id

    async def _pause(self) -> None:
        for _ in range(self.dice.randrange(6)):
            await asyncio.sleep(0)

    async def _she_writes(self) -> None:
        await self._pause()
        while True:
            try:
                await self.room.ana_writes(self.case)
            except AssertionError:  # a conflict: the turn is worked out again, as in work/turns
                continue
            return

    async def _replies(self, number: int, seen: int) -> None:
        await self._pause()
        text = STRANGE if self.dice.random() < 0.3 else f"answer {number}"
        try:
            reply = await self.room.desk.reply(self.room.max, await self._id(), text, seen=seen)
        except SheWroteFirst:
            self.counts["refused at once"] += 1
        except NotPossible:
            self.counts["given up"] += 1
        else:
            self.seen_of[reply.id] = seen

    async def _released(self) -> None:
        await self._pause()
        for waits in await self.room.desk.to_review(self.room.lena):
            if waits.case.id == self.case and waits.held:
                try:
                    await self.room.desk.release_reply(self.room.lena, waits.reply.id)
                except (NotPossible, TooLate):
                    self.counts["released too late"] += 1

    async def _taken(self) -> None:
        """The bot's turn takes every pending reply, as when its five seconds are over."""
        await self._pause()
        for reply in await self.room.store.replies(await self._id()):
            if reply.state is ReplyState.PENDING:
                await self._take(reply)

    async def _take(self, reply: Reply) -> None:
        store = self.room.store
        row = (await store.load_chats([reply.chat]))[reply.chat]
        # The chat's version is read before the lines: a turn that commits under it has seen exactly these lines.
        newest = max(e.id for e in await store.entries(reply.case) if e.kind == "hers")
        key = TimerKey(reply.chat, f"reply:{reply.id}", reply.due_at)
        turn = Turn(key, reply.chat, self.room.clock.now(), row.version, keep_state=True, takes_reply=reply.id)
        (result,) = await store.commit_turns([turn])
        if result.outcome is Outcome.DONE:
            self.counts["sent"] += 1
            self.newest_of[reply.id] = newest

    def unseen(self) -> int:
        """Return how many replies went out although a newer line of hers was there than their writer had seen."""
        return sum(newest > self.seen_of[reply] for reply, newest in self.newest_of.items())


async def test_a_thousand_crossing_writes_send_no_reply_unseen_of_a_newer_message(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[str] = Counter()
    talks = []
    for number in range(CASES):
        await room.opens(f"c{number}")
        await room.desk.claim(room.max, (await room.case(f"c{number}")).id)
        talks.append(Talk(room, f"c{number}", random.Random(number), counts))

    for number in range(ROUNDS):
        await asyncio.gather(*(talk.round(number) for talk in talks))

    unseen = sum(talk.unseen() for talk in talks)
    with capsys.disabled():
        print(
            f"\n{CASES * ROUNDS} crossing writes: {counts['sent']} replies sent, {unseen} of them unseen"
            f" of a newer message; {counts['refused at once']} came back to the page at once"
        )
    assert unseen == 0
    assert counts["sent"] > 20 and counts["refused at once"] > 20
