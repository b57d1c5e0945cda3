"""A tap on "I have it" under a page: the calling stops for a while. Who pressed decides, never what the button carries."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.model.events import Tapped
from bot.model.ids import CaseId
from bot.store.audit_records import AuditLine
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.vault.vault import Vault
from bot.work.calling.page_words import paged_case
from bot.work.desk.taps import NOT_LINKED
from bot.work.incoming import Incoming
from bot.work.ports import Clock, Transport
from bot.work.staff.accounts import StaffAccounts

THANKS = "Thank you. Please take it in the console now."
OVER = "Somebody has it already. Thank you all the same."


def is_page_tap(incoming: Incoming) -> bool:
    """Return whether an update is a tap under a page."""
    return isinstance(incoming.what, Tapped) and paged_case(incoming.what.data) is not None


@dataclass(slots=True)
class PageTaps:
    """Called for every tap under a page."""

    store: Store
    accounts: StaffAccounts
    vault: Vault
    clock: Clock
    transport: Transport

    async def __call__(self, incoming: Incoming) -> None:
        """Note that she has it, and thank her."""
        said = await self._answered(incoming)
        if incoming.tap_id:
            await self.transport.answer_tap(incoming.tap_id, said)

    async def _answered(self, incoming: Incoming) -> str:
        case = paged_case(incoming.what.data) if isinstance(incoming.what, Tapped) else None
        staff = await self.accounts.by_chat(self.vault.token(incoming.user_id)) if incoming.user_id else None
        if case is None or staff is None:
            return NOT_LINKED
        return await self._note(case, staff)

    async def _note(self, case: CaseId, staff: Staff) -> str:
        pages = [page for page in await self.store.pages(case) if page.staff == staff.id and not page.over]
        if not pages:
            return OVER
        now = self.clock.now()
        line = AuditLine(now, staff.id, "page_answered", case, str(pages[-1].ring))
        answered = tuple(replace(page, answered_at=page.answered_at or now) for page in pages)
        await self.store.commit_desk(DeskWrite(pages=answered, audit=(line,)))
        return THANKS
