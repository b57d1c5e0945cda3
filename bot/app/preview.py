"""The demo's staff panel: looks into the running bot's own store, and puts conversations somewhere by its own turns.

Only for a throw-away store: `open_preview` refuses anything else.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from bot.app.house import Bot, Ground
from bot.app.preview_places import explained, moved
from bot.app.preview_stage import mistake, stage_of
from bot.flowfile import fingerprint
from bot.flowfile.draft import Draft
from bot.flowfile.graph import as_svg, picture_of_campaign, picture_of_flow
from bot.flowfile.load import sketch
from bot.flowfile.problem import Problem
from bot.model.conversation import Conversation
from bot.model.events import Tapped
from bot.model.ids import ChatToken
from bot.simulator.preview import NotPossible, Preview, Stage, Standing, Trouble, Wish
from bot.store.chat_records import ChatRow
from bot.store.turn_records import Outcome
from bot.work.conversations import Conversations
from bot.work.job import Draft as TurnDraft
from bot.work.job import Job
from bot.work.sealing import Box, chat_key, sealed_turn

TRIES = 5
GO_ON = Tapped("!go_on")
"""As if she had tapped "Go on": the turn says what stands where she stands."""


def open_preview(bot: Bot) -> Preview:
    """Return the panel's way into a demo. Raises ValueError for a bot that is not one."""
    if not bot.ground.demo:
        raise ValueError("the staff panel is for the demo only")
    return _Preview(bot)


@dataclass(frozen=True, slots=True)
class _Chat:
    """A conversation as the store has it now."""

    row: ChatRow
    box: Box
    conversation: Conversation


@dataclass(slots=True)
class _Preview:
    bot: Bot
    _sketch: tuple[str, Draft, tuple[Problem, ...]] | None = field(default=None)

    @property
    def _ground(self) -> Ground:
        return self.bot.ground

    async def stage(self) -> Stage:
        return stage_of(self._ground.live.campaign)

    async def trouble(self) -> Trouble:
        live = self._ground.live
        version = f"{live.campaign.version}:{hash(live.problems):x}"
        return Trouble(version, live.refused, tuple(mistake(problem) for problem in live.problems))

    async def picture(self, flow: str, language: str) -> str:
        return await asyncio.to_thread(self._picture, flow, language)

    def _picture(self, flow: str, language: str) -> str:
        draft, problems = self._read(self._ground.live.folder)
        if not flow:
            return as_svg(picture_of_campaign(draft, problems, language))
        if flow not in draft.flows:
            raise NotPossible(f"there is no flow '{flow}' in the files any more")
        return as_svg(picture_of_flow(draft, flow, problems, language))

    def _read(self, folder: Path) -> tuple[Draft, tuple[Problem, ...]]:
        """Return the files as they are, mistakes and all; they are read again only when one was saved."""
        mark = fingerprint(folder)
        if self._sketch is None or self._sketch[0] != mark:
            self._sketch = (mark, *sketch(folder))
        return self._sketch[1], self._sketch[2]

    async def standing(self, chat_id: int) -> Standing:
        chat = await self._chat(self._ground.vault.token(chat_id))
        return explained(self._ground.live, chat.conversation, chat.row)

    async def put(self, chat_id: int, wish: Wish) -> None:
        """Commit the wished state by the store's own verb, then let a turn say what stands there."""
        token, clock = self._ground.vault.token(chat_id), self._ground.clock
        after = await self._committed(token, chat_id, wish)
        if wish.flow or (after.stack and after.careful is None):
            await self.bot.turns.take(Job(token, GO_ON, clock.now(), key=None, chat_id=chat_id))

    async def _committed(self, token: ChatToken, chat_id: int, wish: Wish) -> Conversation:
        ground = self._ground
        for _ in range(TRIES):
            now, chat = ground.clock.now(), await self._chat(token)
            after = moved(ground.live.campaign, chat.conversation, wish, now)
            job = Job(token, GO_ON, now, key=None, chat_id=chat_id)
            draft = TurnDraft(job, chat.row, after, (), (), None, (), None, late=False)
            address = ground.vault.seal(str(chat_id).encode(), f"address:{token}")
            boxes = {chat_key(token): chat.box}
            turn = sealed_turn(draft, boxes, ground.live.campaign, now, ring=ground.vault, address=address)
            result = (await ground.store.commit_turns([turn]))[0]
            if result.outcome is Outcome.DONE:
                return after
        raise NotPossible("the chat is busy: try again")

    async def _chat(self, token: ChatToken) -> _Chat:
        ground, now = self._ground, self._ground.clock.now()
        row = (await ground.store.load_chats([token], now))[token]
        box = (await ground.vault.boxes([chat_key(token)]))[chat_key(token)]
        return _Chat(row, box, Conversations(ground.vault).open(row, box, now))
