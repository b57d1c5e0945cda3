"""The desk: everything a moderator can do, each one durable action with its audit line and its cards in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.store.audit_records import AuditLine
from bot.store.staff_records import Staff
from bot.work.desk.closing import Closing
from bot.work.desk.hand_over import HandOver
from bot.work.desk.held import HeldReplies
from bot.work.desk.leaving import Leaving
from bot.work.desk.levels import Levels
from bot.work.desk.opening import Opening
from bot.work.desk.opinions import Opinions
from bot.work.desk.referrals import Referrals
from bot.work.desk.reporting import Reporting
from bot.work.desk.searching import Searching
from bot.work.desk.unmasking import Unmasking


class Desk(
    HandOver, Opinions, Leaving, Opening, HeldReplies, Levels, Closing, Referrals, Reporting, Unmasking, Searching
):
    """The desk's verbs: queue look claim take_over renew release pass_on reply undo discard to_review
    release_reply send_back looked_at raise_level ask_lower lower_level
    note resolve refer reopen hand_over accept decline ask_opinion opinion_done whisper step_aside held keep
    add_referral follow_ups followed_up reported ask_not_reported settle_not_reported unmask search search_words
    rest back carrying let_go_on ask_talk talks take_talk on_shift. Every verb asks the one permission function first."""

    async def on_shift(self, staff: Staff, until: datetime | None) -> Staff:
        """Note until when she stays on duty beyond the rota; None: she goes home."""
        now = self.clock.now()
        await self.store.audit(AuditLine(now, staff.id, "on_shift" if until else "off_shift"))
        return await self.store.save_staff(replace(staff, on_shift_until=until))
