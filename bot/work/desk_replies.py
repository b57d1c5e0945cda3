"""A moderator's reply: five seconds to take it back, and never sent unseen of a newer message of hers."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import datetime

from bot.cases.moves import move
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId
from bot.store.records import DeskWrite, Reply, ReplyState, Staff, TimerChange
from bot.work.desk_claims import NO_ANSWER
from bot.work.desk_core import Change, DeskCore, Words
from bot.work.desk_errors import NotPossible, NotYours, SheWroteFirst, TooLate
from bot.work.sealed_rows import seal_reply

LONGEST = 3000
"""Characters of a reply: with its marks it must fit into one message of Telegram."""

_BLANK = re.compile(r"\{[a-z_]+\}|_{3,}|<[a-z_ ]+>")


class Replies(DeskCore):
    """The verbs reply, undo and discard."""

    async def reply(
        self, staff: Staff, case_id: CaseId, text: str, *, seen: int | None = None, draft: str = ""
    ) -> Reply:
        """Put her words on their way: due in five seconds. `seen` is the newest line of the girl's that she had on her
        page; when there is a newer one, the words become a draft and SheWroteFirst is raised. `draft` is used up."""
        words = Words(_fit(text), secrets.token_hex(8))

        async def make(case: Case, now: datetime) -> Change:
            _reachable(case)
            late = seen is not None and await self._newest_of_hers(case.id) > seen
            return await (self._as_draft if late else self._pending)(staff, case, words, draft, now)

        await self.change(staff, "reply", case_id, make)
        reply = await self.store.reply(words.reply)
        if reply is None:
            raise NotPossible("Your reply could not be kept. Please send it again.")
        if reply.state is ReplyState.DRAFT:
            raise SheWroteFirst
        return reply

    async def undo(self, staff: Staff, reply_id: str) -> Case:
        """Take a reply back within its five seconds; it becomes a draft. Raises TooLate when it has gone out."""
        reply = await self._hers(staff, reply_id)

        async def make(case: Case, now: datetime) -> Change:
            if not await self._is(reply_id, ReplyState.PENDING):
                raise TooLate
            # It is our turn again, as when she writes.
            after = move(case, "she_wrote", now) if case.state is CaseState.WAITING else case
            timers = (
                TimerChange(f"reply:{reply_id}", None),
                TimerChange(NO_ANSWER, now + self.clocks.no_answer[case.level]),
            )
            change = (reply_id, ReplyState.PENDING, ReplyState.DRAFT)
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

    async def _pending(self, staff: Staff, case: Case, words: Words, draft: str, now: datetime) -> Change:
        due = now + self.clocks.reply_undo
        after = replace(move(case, "reply", now, lease=self.clocks.claim_lease), last_ours_at=now, due_at=None)
        write = DeskWrite(
            timers=(TimerChange(f"reply:{words.reply}", due), TimerChange(NO_ANSWER, None)),
            reply=await self._sealed(staff, case, words, due),
            reply_state=await self._used_up(draft),
        )
        return Change(after, "reply", write=write, entries=(await self.entry(case, "moderator", words, staff, now),))

    async def _as_draft(self, staff: Staff, case: Case, words: Words, draft: str, now: datetime) -> Change:
        reply = replace(await self._sealed(staff, case, words, now), state=ReplyState.DRAFT)
        write = DeskWrite(reply=reply, reply_state=await self._used_up(draft))
        return Change(case, "draft", write=write, entries=(await self.entry(case, "moderator", words, staff, now),))

    async def _sealed(self, staff: Staff, case: Case, words: Words, due: datetime) -> Reply:
        name = f"chat:{case.chat}"
        box = (await self.vault.boxes([name]))[name]
        body = seal_reply(box, words.text, words.reply)
        return Reply(words.reply, case.id, case.chat, staff.id, body, due)

    async def _used_up(self, draft: str) -> tuple[str, ReplyState, ReplyState] | None:
        stands = bool(draft) and await self._is(draft, ReplyState.DRAFT)
        return (draft, ReplyState.DRAFT, ReplyState.REMOVED) if stands else None

    async def _newest_of_hers(self, case: CaseId) -> int:
        return max((e.id for e in await self.store.entries(case) if e.kind == "hers"), default=0)

    async def _hers(self, staff: Staff, reply_id: str) -> Reply:
        reply = await self.store.reply(reply_id)
        if reply is None or reply.staff != staff.id:
            raise NotYours
        return reply

    async def _is(self, reply_id: str, state: ReplyState) -> bool:
        reply = await self.store.reply(reply_id)
        return reply is not None and reply.state is state


def _fit(text: str) -> str:
    """Return the words as they may go out, or say what is missing."""
    words = text.strip().replace("\r\n", "\n")
    if not words:
        raise NotPossible("Please write something first.")
    if len(words) > LONGEST:
        raise NotPossible("This is too long for one message. Please stay under {most} characters.", most=LONGEST)
    if blank := _BLANK.search(words):
        raise NotPossible("There is a blank to fill in: {blank}", blank=blank.group())
    return words


def _reachable(case: Case) -> None:
    if case.withdrawn:
        raise NotPossible("She asked us not to write to her any more. You can write a note for your colleagues.")
    if case.blocked:
        raise NotPossible("Her chat does not take messages from us now. If she writes again, you can answer.")
