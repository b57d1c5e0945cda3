"""Replies with a number, link or handle that is not in the directory: a second person lets them go or sends them back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cases.moves import move
from bot.cases.permissions import may
from bot.cases.safe_hours import goes_at
from bot.model.case import Case
from bot.store.audit_records import AuditLine
from bot.store.chat_records import TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.reply_records import Reply, ReplyState, Review
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.work.desk.claims import NO_ANSWER
from bot.work.desk.core import Change, Words, view_of
from bot.work.desk.errors import JUST_CHANGED, NotPossible, NotYours, WaitsForHer
from bot.work.desk.replies import Replies
from bot.work.her_clock import zone_of_hers

Make = Callable[[Case, datetime], Awaitable[Change]]

HELD = ReplyState.HELD
WAITS_NO_MORE = mark("This reply no longer waits: she wrote again, it was taken back, or it has gone out.")


@dataclass(frozen=True, slots=True)
class ToReview:
    """A reply that waits for a second person (`held`), or went out before one came."""

    reply: Reply
    case: Case
    writer: str
    held: bool


class HeldReplies(Replies):
    """The verbs to_review, release_reply, send_back and looked_at."""

    async def to_review(self, staff: Staff) -> list[ToReview]:
        """Return the replies that wait for her look, oldest first; her own never."""
        names = {person.id: person.name for person in await self.store.staff()}
        found = []
        for reply in await self.store.replies_to_review():
            case = await self.store.case(reply.case)
            if case is not None and self._may_review(staff, reply, case):
                found.append(ToReview(reply, case, names.get(reply.staff, ""), reply.state is HELD))
        return found

    async def release_reply(self, staff: Staff, reply_id: str) -> Case:
        """Let a held reply go, as the second person; its writer still has her five seconds."""
        reply = await self._to_look_at(staff, reply_id)

        async def make(case: Case, now: datetime) -> Change:
            due = goes_at(case, now, zone_of_hers(case, self.campaign))
            if due is None:
                raise WaitsForHer
            due = max(due, now + self.clocks.reply_undo)
            return let_go(case, reply, staff, now, due)

        return await self._reviewed(staff, reply, make)

    async def send_back(self, staff: Staff, reply_id: str, word: str) -> Case:
        """Give a held reply back to its writer as a draft, with a word why: a note that she sees with the case."""
        reply, words = await self._to_look_at(staff, reply_id), Words(word.strip()[:1000])
        if not words.text:
            raise NotPossible(mark("Please write a word for the one who wrote it."))

        async def make(case: Case, now: datetime) -> Change:
            write = DeskWrite(review=Review(reply.id, HELD, ReplyState.DRAFT, now, staff.id))
            entry = await self.entry(case, "note", words, staff, now)
            return Change(case, "reply_sent_back", reply.id, write=write, entries=(entry,))

        return await self._reviewed(staff, reply, make)

    async def looked_at(self, staff: Staff, reply_id: str) -> None:
        """Note that she has looked at a reply that went out before a second person came."""
        reply = await self.store.reply(reply_id)
        case = await self.store.case(reply.case) if reply is not None else None
        if reply is None or case is None or reply.state is HELD or not self._may_review(staff, reply, case):
            raise NotYours
        now = self.clock.now()
        review = Review(reply.id, reply.state, reply.state, reply.due_at, staff.id)
        line = AuditLine(now, staff.id, "reply_looked_at", case.id, reply.id)
        if not await self.store.commit_desk(DeskWrite(review=review, audit=(line,))):
            raise NotPossible(JUST_CHANGED)

    async def _reviewed(self, staff: Staff, reply: Reply, make: Make) -> Case:
        """Change the case as the second person. That the reply changed in between means that she wrote, or it went."""
        try:
            return await self.change(staff, "release_reply", reply.case, make)
        except NotPossible as error:
            now = await self.store.reply(reply.id)
            if now is None or now.state is not HELD:
                raise NotPossible(WAITS_NO_MORE) from error
            raise

    async def _to_look_at(self, staff: Staff, reply_id: str) -> Reply:
        reply = await self.store.reply(reply_id)
        if reply is None or reply.staff == staff.id:
            raise NotYours
        await self.allowed(staff, "release_reply", reply.case)
        if reply.state is not HELD:
            raise NotPossible(WAITS_NO_MORE)
        return reply

    def _may_review(self, staff: Staff, reply: Reply, case: Case) -> bool:
        action = "release_reply" if case.open else "look_closed"
        return reply.staff != staff.id and may(view_of(staff), action, case, self.clock.now())


def let_go(case: Case, reply: Reply, by: Staff | None, now: datetime, due: datetime) -> Change:
    """Return the change that lets a held reply go out; `by` None: nobody came in time."""
    after = replace(move(case, "reply", now), claimed_until=case.claimed_until, last_ours_at=now, due_at=None)
    write = DeskWrite(
        timers=(TimerChange(f"reply:{reply.id}", due), TimerChange(NO_ANSWER, None)),
        review=Review(reply.id, HELD, ReplyState.PENDING, due, by.id if by is not None else None),
    )
    return Change(after, "reply_released" if by is not None else "reply_unreviewed", reply.id, write=write)
