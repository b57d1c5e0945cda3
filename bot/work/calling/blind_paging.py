"""Calling the lead when nothing can be written down: then nobody may open a case, and a girl in danger must not wait for that.

Straight to Telegram, without the store: coded facts, at most once an hour for a case. Nothing is shown by it that the queue
would not show.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model.case import Case
from bot.model.ids import ChatToken
from bot.model.levels import Level
from bot.model.outbox import Delivered, Message
from bot.model.pages import Ring
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.vault.errors import CannotOpen
from bot.vault.vault import Vault
from bot.work.calling.on_call import people_to_call
from bot.work.duty_now import DutyNow
from bot.work.looking import keep_looking
from bot.work.ports import Clock, Transport

log = logging.getLogger("safebot.paging")

LOOK_EVERY = timedelta(seconds=10)
AGAIN_AFTER = timedelta(hours=1)
RINGS = (Ring.LEAD, Ring.DEPUTY, Ring.ON_CALL)
BLIND = "🔴 Nothing can be written down now, so the console shows no case. A girl may be in danger:\n{facts}\nThe operator must mend it at once."
HEARD = "{level} · {category} · {language} · not in the queue, she was given help words"
"""Staff's English, as on the pages of whoever is on call."""


@dataclass(slots=True)
class BlindPager:
    """Looks whether a case in danger waits while the audit cannot be written; and is told of words heard without any storage."""

    store: Store
    vault: Vault
    people: DutyNow
    clock: Clock
    transport: Transport
    _numbers: dict[ChatToken, int] = field(default_factory=dict)
    _told: dict[str, datetime] = field(default_factory=dict)

    async def run(self) -> None:
        """Look for ever."""
        await keep_looking(self.look, LOOK_EVERY, self.clock, log, "the store cannot even be read")

    async def look(self) -> int:
        """Call for every P1 in line that nobody could be shown; return how many calls went out."""
        await self._remember_numbers()
        cases = [c for c in await self.store.waiting_cases() if c.level is Level.P1 and c.shown_at is not None]
        fresh = [case for case in cases if not self._was_told(case.id)]
        if not fresh or not await self.store.audit_check():
            return 0
        log.error("the audit cannot be written: leads are called directly")
        return sum([await self._tell(case.id, _facts(case), self._leads(case)) for case in fresh])

    async def heard(self, token: ChatToken, level: Level, category: str, language: str) -> None:
        """Call for a girl whose words could not be kept: there is no case, only what was heard."""
        if level is Level.P1 and not self._was_told(token):
            facts = HEARD.format(level=level, category=category.replace("_", " "), language=language or "?")
            await self._tell(token, facts, self._anywhere(category, language))

    def _leads(self, case: Case) -> Sequence[Staff]:
        rings = (Ring.FOCAL,) if case.category == "staff_conduct" else RINGS
        found = [person for ring in rings for person in people_to_call(ring, case, self.people.staff)]
        return tuple({person.id: person for person in found}.values())

    def _anywhere(self, category: str, language: str) -> Sequence[Staff]:
        """Her country is not known here: leads who read her language are called, else all of them."""
        roles = {"focal_point"} if category == "staff_conduct" else {"lead", "deputy"}
        leads = [p for p in self.people.staff if p.active and p.telegram is not None and roles & set(p.roles)]
        return [p for p in leads if language in p.languages] or leads

    async def _tell(self, about: str, facts: str, people: Iterable[Staff]) -> int:
        message = Message(BLIND.format(facts=facts))
        numbers = [self._numbers[p.telegram] for p in people if p.telegram in self._numbers]
        sent = [isinstance(await self.transport.deliver(number, message), Delivered) for number in numbers]
        if any(sent):
            self._told[about] = self.clock.now()  # else the next look tries again
        return sum(sent)

    def _was_told(self, about: str) -> bool:
        at = self._told.get(about)
        return at is not None and self.clock.now() - at < AGAIN_AFTER

    async def _remember_numbers(self) -> None:
        """Keep the numbers of staff's own chats at hand: when the store is gone it is too late to ask for them."""
        chats = [p.telegram for p in self.people.staff if p.active and p.telegram is not None]
        if set(chats) != set(self._numbers):
            sealed = await self.store.addresses(chats)
            self._numbers = {chat: number for chat in chats if (number := self._number(chat, sealed.get(chat)))}

    def _number(self, chat: ChatToken, sealed: bytes | None) -> int | None:
        try:
            return int(self.vault.open(sealed, f"address:{chat}")) if sealed else None
        except CannotOpen:
            return None


def _facts(case: Case) -> str:
    return f"{case.level} · {case.category.replace('_', ' ')} · {case.language or '?'} · {case.desk} · {case.pseudonym}"
