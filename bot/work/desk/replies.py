"""A moderator's reply: five seconds to take it back, and never sent unseen of a newer message of hers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cases.moves import move
from bot.cases.safe_hours import goes_at
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId
from bot.store.case_records import CaseEntry
from bot.store.chat_records import TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.reply_records import Reply, ReplyState
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.vault.errors import CannotOpen
from bot.work.calling.calling_for_a_look import calls_for_a_look
from bot.work.desk.claims import NO_ANSWER
from bot.work.desk.core import Box, Change, DeskCore, Words
from bot.work.desk.errors import NotPossible, NotYours, SheWroteFirst, TooLate, WaitsForHer
from bot.work.desk.reply_contacts import unlisted
from bot.work.desk.reply_wording import Ticks, check_approved, check_topic, fit
from bot.work.her_clock import zone_of_hers
from bot.work.sealed_rows import open_reply, seal_reply
from bot.work.sealing import chat_key

NOTHING_TICKED = Ticks()
WAITING_TO_GO = frozenset({ReplyState.PENDING, ReplyState.HELD})


class _PressedTwice(Exception):
    """These words are on their way already."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


@dataclass(frozen=True, slots=True)
class Written:
    """What a moderator wrote: her words, the draft they use up, what she ticked, and the newest line she had seen."""

    staff: Staff
    words: Words
    draft: str = ""
    ticks: Ticks = NOTHING_TICKED
    seen: int | None = None


class Replies(DeskCore):
    """The verbs reply, undo and discard."""

    async def reply(
        self,
        staff: Staff,
        case_id: CaseId,
        text: str,
        *,
        seen: int | None = None,
        draft: str = "",
        ticks: Ticks = NOTHING_TICKED,
    ) -> Reply:
        """Put her words on their way: due in five seconds, later by her safe hours, or held for a second person when a
        contact in them is not in the directory.

        `seen` is the newest line of the girl's that the moderator had on her page; when there is a newer one, the words
        become a draft and SheWroteFirst is raised. `draft` is used up. Raises NeedsTick when she has to say that she means it.
        """
        written = Written(staff, Words(fit(text), secrets.token_hex(8)), draft, ticks, seen)
        check_approved(written.words.text, staff, self.campaign, ticks)

        async def make(case: Case, now: datetime) -> Change:
            return await self._on_the_way(written, case, now)

        try:
            await self.change(staff, "reply", case_id, make)
        except _PressedTwice as pressed:
            return pressed.reply
        return await self._kept(written, case_id)

    async def _on_the_way(self, written: Written, case: Case, now: datetime) -> Change:
        """Return what becomes of her words: on their way, held for a second person, or a draft."""
        text = written.words.text
        _reachable(case)
        if (twice := await self._on_its_way(written.staff, case, text)) is not None:
            raise _PressedTwice(twice)
        due = goes_at(case, now, zone_of_hers(case, self.campaign))
        if due is None or await self._is_late(written, case.id):
            return await self._as_draft(written, case, now)
        check_topic(text, case, self.campaign, written.ticks, now)
        if kinds := unlisted(text, self.campaign):
            return await self._held(written, case, now, kinds)
        return await self._pending(written, case, now, due=due)

    async def _kept(self, written: Written, case: CaseId) -> Reply:
        """Return the reply as the store has it, or say why it became a draft."""
        reply = await self.store.reply(written.words.reply)
        if reply is None:
            raise NotPossible(mark("Your reply could not be kept. Please send it again."))
        if reply.state is ReplyState.DRAFT:
            raise SheWroteFirst if await self._is_late(written, case) else WaitsForHer
        return reply

    async def _is_late(self, written: Written, case: CaseId) -> bool:
        """Return whether the girl wrote something that the moderator had not on her page."""
        return written.seen is not None and await newest_of_hers(self.store, case) > written.seen

    async def _on_its_way(self, staff: Staff, case: Case, text: str) -> Reply | None:
        """Return her reply with just these words that has not gone out yet: a second press is no second message."""
        mine = [r for r in await self.store.replies(case.id) if r.staff == staff.id and r.state in WAITING_TO_GO]
        name = chat_key(case.chat)
        box = (await self.vault.boxes([name]))[name]
        return next((reply for reply in mine if _says(box, reply, text)), None)

    async def undo(self, staff: Staff, reply_id: str) -> Case:
        """Take a reply back before it goes out; it becomes a draft. Raises TooLate when it has gone out."""
        reply = await self._hers(staff, reply_id)

        async def make(case: Case, now: datetime) -> Change:
            is_now = await self.store.reply(reply_id)
            if is_now is None or is_now.state not in {ReplyState.PENDING, ReplyState.HELD}:
                raise TooLate
            change = (reply_id, is_now.state, ReplyState.DRAFT)
            if is_now.state is ReplyState.HELD:  # her clock never stopped
                return Change(case, "undo", write=DeskWrite(reply_state=change))
            # It is our turn again, as when she writes.
            after = move(case, "she_wrote", now) if case.state is CaseState.WAITING else case
            timers = (
                TimerChange(f"reply:{reply_id}", None),
                TimerChange(NO_ANSWER, now + self.clocks.no_answer[case.level]),
            )
            return Change(after, "undo", write=DeskWrite(timers=timers, reply_state=change))

        return await self.change(staff, "reply", reply.case, make)

    async def discard(self, staff: Staff, reply_id: str) -> Case:
        """Throw a draft away."""
        reply = await self._hers(staff, reply_id)

        async def make(case: Case, _now: datetime) -> Change:
            if not await self._is(reply_id, ReplyState.DRAFT):
                raise TooLate
            change = (reply_id, ReplyState.DRAFT, ReplyState.REMOVED)
            return Change(case, "discard", write=DeskWrite(reply_state=change))

        return await self.change(staff, "reply", reply.case, make)

    async def _pending(self, written: Written, case: Case, now: datetime, *, due: datetime) -> Change:
        due = max(due, now + self.clocks.reply_undo)
        data = "hours" if written.ticks.ask_hours else ""
        after = replace(move(case, "reply", now, lease=self.clocks.claim_lease), last_ours_at=now, due_at=None)
        write = DeskWrite(
            timers=(TimerChange(f"reply:{written.words.reply}", due, data), TimerChange(NO_ANSWER, None)),
            reply=await self._sealed(written, case, due),
            reply_state=await self._used_up(written, case),
        )
        return Change(after, "reply", write=write, entries=(await self._written_line(written, case, now),))

    async def _held(self, written: Written, case: Case, now: datetime, kinds: tuple[str, ...]) -> Change:
        """It waits for a second person, who is called at once. She has no answer yet, so her clock runs on."""
        sealed = await self._sealed(written, case, now)
        reply = replace(sealed, state=ReplyState.HELD, held_for=" ".join(kinds))
        everybody = await self.store.staff()
        write = DeskWrite(
            reply=reply,
            reply_state=await self._used_up(written, case),
            outbox=await calls_for_a_look(case, written.staff, everybody, self.vault, self.campaign, now),
        )
        after = move(case, "renew", now, lease=self.clocks.claim_lease)
        line = await self._written_line(written, case, now)
        return Change(after, "reply_held", reply.held_for, write=write, entries=(line,))

    async def _as_draft(self, written: Written, case: Case, now: datetime) -> Change:
        reply = Reply(written.words.reply, case.id, case.chat, written.staff.id, b"", now, ReplyState.DRAFT)
        write = DeskWrite(reply=reply, reply_state=await self._used_up(written, case))
        return Change(case, "draft", write=write, entries=(await self._written_line(written, case, now),))

    async def _written_line(self, written: Written, case: Case, now: datetime) -> CaseEntry:
        return await self.entry(case, "moderator", written.words, written.staff, now)

    async def _sealed(self, written: Written, case: Case, due: datetime) -> Reply:
        name, words = chat_key(case.chat), written.words
        box = (await self.vault.boxes([name]))[name]
        body = seal_reply(box, words.text, words.reply)
        return Reply(words.reply, case.id, case.chat, written.staff.id, body, due)

    async def _used_up(self, written: Written, case: Case) -> tuple[str, ReplyState, ReplyState] | None:
        reply = await self.store.reply(written.draft) if written.draft else None
        hers = reply is not None and (reply.case, reply.staff) == (case.id, written.staff.id)
        if reply is None or not hers or reply.state is not ReplyState.DRAFT:
            return None
        return written.draft, ReplyState.DRAFT, ReplyState.REMOVED

    async def _hers(self, staff: Staff, reply_id: str) -> Reply:
        reply = await self.store.reply(reply_id)
        if reply is None or reply.staff != staff.id:
            raise NotYours
        return reply

    async def _is(self, reply_id: str, state: ReplyState) -> bool:
        reply = await self.store.reply(reply_id)
        return reply is not None and reply.state is state


def _says(box: Box, reply: Reply, text: str) -> bool:
    try:
        return open_reply(box, reply) == text
    except CannotOpen:  # her chat was wiped meanwhile
        return False


async def newest_of_hers(store: Store, case: CaseId) -> int:
    """Return the newest line of the girl's in a case; 0 when she wrote none."""
    return max((e.id for e in await store.entries(case) if e.kind == "hers"), default=0)


def _reachable(case: Case) -> None:
    if case.withdrawn:
        raise NotPossible(mark("She asked us not to write to her any more. You can write a note for your colleagues."))
    if case.blocked:
        raise NotPossible(mark("Her chat does not take messages from us now. If she writes again, you can answer."))
