"""The turn of an update that a bug of ours has broken: her words are still heard, a case still opens, she is told the truth.

First by the engine with everything put aside that may have broken it; should that fail too, without the engine.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import structs

from bot import texts
from bot.cases.decide import decide
from bot.cases.duty import Duty
from bot.engine.young import heard_so_young
from bot.model.assessment import Assessment
from bot.model.conversation import Conversation, Recent
from bot.model.effects import Effect, Lane, SetTimer, Signal
from bot.model.events import Commanded, Said, SentMedia, Unreadable, What
from bot.model.levels import Level
from bot.model.outbox import Message
from bot.store.chat_records import ChatRow, TimerChange
from bot.work.job import Draft, Job, Running
from bot.work.listening import listen
from bot.work.trouble import place_of
from bot.work.turn import facts_of, language_of, take_turn, words_for_case

log = logging.getLogger("safebot.turns")


def honest_turn(
    running: Running, job: Job, row: ChatRow, before: Conversation, duty: Duty, now: datetime, *, demo: bool
) -> Draft:
    """Return a draft that says honestly that something failed, after help words where they are needed."""
    what = heard_all_the_same(running, job, row)
    heard = what.heard if isinstance(what, Said | SentMedia) else Assessment()
    said = _words(what, job)
    plain = Conversation(profile=before.profile, recent=before.recent, waiting=before.waiting, last_at=before.last_at)
    try:
        broken = replace(job, what=Unreadable(heard))
        draft = take_turn(running, broken, row, plain, duty, now, demo=demo)
        draft = replace(draft, after=_noted(draft.after, said))
    except Exception as error:
        log.error("the honest sentence had to do without the engine: %s", place_of(error))
        draft = _without_engine(running, job, row, _noted(plain, said), heard, now)
    return replace(draft, words=words_for_case(before, draft.after, draft.decision))


def heard_all_the_same(running: Running, job: Job, row: ChatRow) -> What:
    """Return the event with what the detector makes of it, or as it is when that is what fails."""
    try:
        return listen(running, job.what, Conversation(), row)
    except Exception as error:
        log.error("a message could not be heard: %s", place_of(error))
        return job.what


def _words(what: What, job: Job) -> tuple[Recent, ...]:
    text = what.text if isinstance(what, Said) else what.caption if isinstance(what, SentMedia) else ""
    if isinstance(what, Commanded):
        text = what.argument
    return (Recent(job.at, "her", text),) if text else ()


def _noted(chat: Conversation, said: tuple[Recent, ...]) -> Conversation:
    return structs.replace(chat, recent=(*chat.recent, *said)[-20:])


def _without_engine(
    running: Running, job: Job, row: ChatRow, after: Conversation, heard: Assessment, now: datetime
) -> Draft:
    campaign = running.campaign
    language = language_of(campaign, after, job)
    effects = _signs(running, after, heard, now)
    facts = facts_of(campaign, job, after, language, row)
    return Draft(
        job=job,
        row=row,
        after=after,
        messages=((Lane.CRISIS, Message(texts.last_resort(language, after.profile.get("country", "")))),),
        timers=tuple(TimerChange(e.name, e.at, e.data) for e in effects if isinstance(e, SetTimer)),
        decision=decide(row.case, effects, facts, now, campaign.clocks, wrote=heard.level is not None),
        words=(),
        wipe=None,
        late=False,
    )


def _signs(running: Running, after: Conversation, heard: Assessment, now: datetime) -> Sequence[Effect]:
    """Signal as the rules allow without asking her: danger now always, serious with her opt-in, worrying hidden at first."""
    heard = heard_so_young(after.profile, heard)
    level, clocks = heard.level, running.campaign.clocks
    agreed = after.profile.get("opted_in") == "yes"
    if level is Level.P1 or (level is Level.P2 and agreed):
        return (Signal(level, heard.category, heard.rules, "text"),)
    if level is Level.P3:
        hidden = Signal(level, heard.category, heard.rules, "text", shown=False)
        return (hidden, SetTimer("p3_shown", now + clocks.p3_shown_after))
    return ()
