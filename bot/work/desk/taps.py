"""A tap on a card in the moderators' group: the presser must be staff, linked by her own one-time link. Being in the group is
no right."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.events import Tapped
from bot.vault.vault import Vault
from bot.work.cards import claimed_case
from bot.work.desk.desk import Desk
from bot.work.desk.errors import DeskError
from bot.work.incoming import Incoming
from bot.work.ports import Transport
from bot.work.staff.accounts import StaffAccounts

NOT_LINKED = "This account is not linked. Ask your operator for a link (safebot staff link)."
ANONYMOUS = "An anonymous administrator cannot take a case. Switch 'Remain anonymous' off, then press again."
YOURS = "It is yours for ten minutes. Please open it in the console."


@dataclass(slots=True)
class DeskTaps:
    """Called for every tap in the moderators' group."""

    desk: Desk
    accounts: StaffAccounts
    vault: Vault
    transport: Transport

    async def __call__(self, incoming: Incoming) -> None:
        """Claim the case of the card, and say what came of it to the presser only."""
        said = await self._claim(incoming)
        if incoming.tap_id:
            await self.transport.answer_tap(incoming.tap_id, said)

    async def _claim(self, incoming: Incoming) -> str:
        case = claimed_case(incoming.what.data) if isinstance(incoming.what, Tapped) else None
        if incoming.user_id is None:
            return ANONYMOUS
        if case is None:
            return NOT_LINKED
        staff = await self.accounts.by_chat(self.vault.token(incoming.user_id))
        if staff is None:
            return NOT_LINKED
        try:
            await self.desk.claim(staff, case)
        except DeskError as error:
            return str(error)
        return YOURS
