"""SAFEBOT_DESK_CONTENT=full: new words of hers, masked, to the one who holds her case, in that person's own linked chat.

Never to the group, never to anybody else, and not unless an operator spelled it out: on a phone they stand outside of all that the
console keeps (the cover, the sign-in, the audit of later looks). That they went there is in the audit, in the same transaction.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime

from bot.cases.permissions import may
from bot.model.case import Case
from bot.model.effects import Lane
from bot.model.outbox import Message, Outgoing
from bot.store.audit_records import AuditLine
from bot.store.desk_records import DeskWrite
from bot.store.errors import StoreError
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.vault.vault import Vault
from bot.work.codec import pack_parcel
from bot.work.desk.core import view_of
from bot.work.desk.masking import OPEN, SHUT, masked
from bot.work.duty_now import DutyNow
from bot.work.job import Draft
from bot.work.ports import Clock
from bot.work.sealing import chat_key

log = logging.getLogger("safebot.desk")

WARNING = (
    "SAFEBOT_DESK_CONTENT=full: what girls write goes to the Telegram chat of whoever holds the case. Take the setting away to keep"
    " it in the console."
)
HIDDEN = re.compile(f"{OPEN}[a-z]+{SHUT}")
LONGEST = 3500


@dataclass(slots=True)
class HolderLines:
    """Called with every turn that was committed."""

    store: Store
    vault: Vault
    people: DutyNow
    clock: Clock

    async def __call__(self, draft: Draft) -> None:
        """Send her new words to who holds the case. The case has them already: nothing is lost when this cannot be done."""
        case = draft.decision.case if draft.decision is not None else None
        holder = self._holder(case) if case is not None and draft.words else None
        if case is None or holder is None or holder.telegram is None:
            return
        text = "\n".join(HIDDEN.sub("•••", masked(said.text)) for said in draft.words)
        try:
            await self._write(case, holder, text[:LONGEST], self.clock.now())
        except StoreError as error:
            log.error("her words stay in the console: %s", error)

    def _holder(self, case: Case) -> Staff | None:
        held = next((p for p in self.people.staff if p.id == case.claimed_by), None)
        return held if held is not None and may(view_of(held), "look", case, self.clock.now()) else None

    async def _write(self, case: Case, holder: Staff, text: str, now: datetime) -> None:
        chat = holder.telegram
        if chat is None:
            return
        box = (await self.vault.boxes([chat_key(chat)]))[chat_key(chat)]
        body = box.seal(pack_parcel(Message(f"{case.pseudonym}:\n{text}")), f"outbox:{chat}")
        line = AuditLine(now, holder.id, "words_to_chat", case.id)
        await self.store.commit_desk(
            DeskWrite(outbox=(Outgoing(chat, Lane.DESK, body, now, case=case.id),), audit=(line,))
        )
