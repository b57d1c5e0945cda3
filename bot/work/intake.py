"""From an update to its turn: who may speak, what is only noted, what goes to the desk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.model.events import Blocked, Commanded, Said, Unreadable, What
from bot.model.ids import BotId
from bot.store.errors import StoreError
from bot.store.protocol import Store
from bot.store.turn_records import UpdateKey
from bot.vault.vault import Vault
from bot.work.calling.page_taps import is_page_tap
from bot.work.incoming import Incoming, Kind
from bot.work.job import Job
from bot.work.ports import Clock, Transport
from bot.work.staff.accounts import StaffAccounts
from bot.work.trouble import place_of
from bot.work.turns import Turns
from bot.work.waiting import Raw

log = logging.getLogger("safebot.intake")

STAFF_LINK = "staff-"
"""How a deep link begins that binds a staff member's account: t.me/bot?start=staff-CODE."""

LEFT_FOR = timedelta(minutes=1)

DeskTap = Callable[[Incoming], Awaitable[None]]


@dataclass(slots=True)
class Intake:
    """`take` is what the webhook and the polling loop call: True means committed, so acknowledge."""

    bot: BotId
    turns: Turns
    store: Store
    vault: Vault
    transport: Transport
    accounts: StaffAccounts
    clock: Clock
    desk_tap: DeskTap
    page_tap: DeskTap
    desk_moved: Callable[[int], Awaitable[None]]
    _left: dict[int, datetime] = field(default_factory=dict)
    _asides: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, incoming: Incoming, raw: Raw) -> bool:
        """Let an update act, once. Raises StoreError when it could not be written.

        What a bug of ours cannot handle waits sealed for the operator: Telegram would bring it again for a day, and
        nothing else of that chat.
        """
        try:
            return await self._take(incoming, raw)
        except StoreError:
            raise
        except Exception as error:
            log.error("an update could not be handled: %s", place_of(error))
            return await self.turns.set_aside(UpdateKey(self.bot, incoming.update_id), "intake_failed", raw)

    async def _take(self, incoming: Incoming, raw: Raw) -> bool:
        if incoming.kind is Kind.EVENT and is_page_tap(incoming):
            await self.page_tap(incoming)
            return True
        if incoming.tap_id and incoming.kind is not Kind.DESK:
            self._aside(self.transport.answer_tap(incoming.tap_id))
        match incoming.kind:
            case Kind.EVENT:
                return await self._event(incoming, raw)
            case Kind.DESK:
                await self.desk_tap(incoming)
            case Kind.GROUP:
                return await self._leave(incoming)
            case Kind.MOVED:
                if incoming.moved_to is not None:
                    await self.desk_moved(incoming.moved_to)
            case Kind.UNREADABLE:
                return await self._unreadable(incoming, raw)
            case Kind.IGNORED:
                pass
        return True

    async def again(self, incoming: Incoming, raw: Raw) -> bool:
        """Let a quarantined update act once more: its id has been seen, so it comes without one."""
        if incoming.chat_id is None or incoming.kind is not Kind.EVENT:
            return False
        job = replace(self._job(incoming, incoming.what or Unreadable()), key=None)
        return await self.turns.take(job, raw)

    async def _event(self, incoming: Incoming, raw: Raw) -> bool:
        what = incoming.what
        if isinstance(what, Commanded) and what.name == "start" and what.argument.startswith(STAFF_LINK):
            notice = await self._link_staff(incoming, what.argument.removeprefix(STAFF_LINK))
            return await self.turns.take(self._job(incoming, Said(""), notice=notice), raw)
        return await self.turns.take(self._job(incoming, what or Unreadable()), raw)

    async def _leave(self, incoming: Incoming) -> bool:
        """Leave a group that is not ours. Being added makes two updates: the sentence is said once."""
        now = self.clock.now()
        self._left = {chat: at for chat, at in self._left.items() if now - at < LEFT_FOR}
        chat = incoming.chat_id or 0
        if chat in self._left:
            return True
        self._left[chat] = now
        try:
            return await self.turns.take(self._job(incoming, Said(""), leave=True))
        except StoreError:
            del self._left[chat]  # it comes again, and must act then
            raise

    async def _unreadable(self, incoming: Incoming, raw: Raw) -> bool:
        """Her words in it are heard all the same; the update waits sealed for the operator."""
        if incoming.chat_id is None:
            return await self.turns.set_aside(UpdateKey(self.bot, incoming.update_id), "unreadable", raw)
        what: What = Said(incoming.text) if incoming.text else Unreadable()
        return await self.turns.take(self._job(incoming, what, code="unreadable"), raw)

    def _job(self, incoming: Incoming, what: What, *, notice: str = "", leave: bool = False, code: str = "") -> Job:
        chat_id = incoming.chat_id or 0
        return Job(
            chat=self.vault.token(chat_id),
            what=what,
            at=incoming.at,
            key=UpdateKey(self.bot, incoming.update_id),
            language_hint=incoming.language_code,
            chat_id=chat_id,
            message_id=incoming.message_id,
            hers=not isinstance(what, Blocked),  # a moderator's reply need not become a draft for that
            notice=notice,
            leave=leave,
            code=code,
        )

    async def _link_staff(self, incoming: Incoming, code: str) -> str:
        """Bind this account to the staff member whose one-time code this is; return the sentence to answer with."""
        staff = await self.accounts.bind_telegram(code, self.vault.token(incoming.chat_id or 0))
        return "staff.linked" if staff else "staff.unknown"

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Start what must not hold up the turn; its failure is ignored, as the port promises."""
        task = asyncio.create_task(work)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)
