"""One turn, without storage: an event and what is known of the chat, in; what shall be written and sent, out.

Nothing in here waits, stores or sends: work/turns.py reads before and writes after.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot import engine
from bot.cases.decide import Decision, Facts, decide, three_make_two
from bot.cases.duty import Duty
from bot.cases.reporting import with_clock
from bot.model.campaign import Campaign
from bot.model.case import Case
from bot.model.conversation import Conversation, Recent
from bot.model.effects import ClearTimer, CountAnswer, Effect, Lane, Send, SetTimer, SheSays, Signal, Unopened, Wipe
from bot.model.events import Blocked, Event, Said, SentMedia
from bot.model.ids import CaseId
from bot.model.levels import Level
from bot.model.outbox import Leave, Message, Parcel
from bot.model.staff import ANY_DESK
from bot.store.chat_records import ChatRow, TimerChange
from bot.store.operator_records import AnswerCount
from bot.work.job import Draft, Job, Running
from bot.work.listening import LAST, listen
from bot.work.outlook import desk_view, promised
from bot.work.pseudonyms import fresh_id, fresh_pseudonym
from bot.work.render import Reader, Renderer, folded

HURT = (".took_something", ".hurts_herself", ".bleeding")
"""Ends of the ids of rules that say that her body needs help at once: the emergency number comes first."""


def take_turn(
    running: Running, job: Job, row: ChatRow, before: Conversation, duty: Duty, now: datetime, *, demo: bool = False
) -> Draft:
    """Return everything this event changes."""
    if notice := ("group.leave" if job.leave else "staff.private" if row.staff is not None else job.notice):
        return _noticed(running.campaign, job, row, before, notice)
    campaign = running.campaign
    what = listen(running, job.what, before, row)
    late = job.hers and now - job.at > campaign.clocks.backlog_after
    desk = desk_view(row, duty, now, campaign, what, before)
    event = Event(what, job.at, job.nonce or fresh_id(6), desk, late=late, quiet_reply=late and job.followed)
    after, effects = engine.step(campaign, before, event, now)
    effects = tuple(_counted(e, row.p3_recent) for e in effects)
    language = language_of(campaign, after, job, row.case)
    facts = facts_of(campaign, job, after, language, row)
    wrote = isinstance(what, Said | SentMedia)
    decision = _with_report(decide(row.case, effects, facts, now, campaign.clocks, wrote=wrote), campaign, now)
    reader = _reader(campaign, after, before, language, event, demo=demo)
    case = decision.case if decision else row.case
    promised_at = promised(case, duty, now, campaign) if reader.country in campaign.countries else None
    renderer = Renderer(campaign, replace(reader, read_by=promised_at or event.desk.read_by, now=now))
    return Draft(
        job=job,
        row=row,
        after=after,
        messages=_messages(effects, renderer, late=late),
        timers=(*_timers(effects), *_no_old_end(decision)),
        decision=decision,
        words=words_for_case(before, after, decision),
        wipe=_wipe(effects, renderer),
        late=late,
        counts=tuple(_answer_counts(effects, language, job.at)),
        opens=tuple(e.reply for e in effects if isinstance(e, SheSays) and e.what == "opened"),
        unopened=tuple(e.reply for e in effects if isinstance(e, Unopened)),
        helped=next((e.code for e in effects if isinstance(e, SheSays) and e.what == "helped"), ""),
    )


def _with_report(decision: Decision | None, campaign: Campaign, now: datetime) -> Decision | None:
    """Return the decision, the clock of a duty to report started where its case has one."""
    return decision and dataclasses.replace(decision, case=with_clock(decision.case, campaign, now))


def _noticed(campaign: Campaign, job: Job, row: ChatRow, before: Conversation, key: str) -> Draft:
    reader = Reader(language_of(campaign, before, job), "", "", "UTC")
    text = Renderer(campaign, reader).bot(job.notice or key)
    parcel = Leave(text) if job.leave else Message(text)
    # Nobody asked, so nobody is answered: a timer that stood from before, or the chat being blocked.
    asked = job.hers and not isinstance(job.what, Blocked)
    return Draft(job, row, before, ((Lane.REPLY, parcel),) if asked else (), (), None, (), None, late=False)


def _counted(effect: Effect, p3_recent: int) -> Effect:
    if isinstance(effect, Signal) and three_make_two(effect.level, p3_recent) is not effect.level:
        return replace(effect, level=Level.P2, shown=True, rules=(*effect.rules, "count.three_p3"))
    return effect


def language_of(campaign: Campaign, after: Conversation, job: Job, case: Case | None = None) -> str:
    """Return the language to answer in: hers as chosen, else the one she was heard in, else Telegram's hint, else that
    of her case: after a day of silence nothing else is known when a reply goes out."""
    known = case.language if case is not None else ""
    for wanted in (after.language, _heard_in(after, campaign.languages), job.language_hint.split("-")[0], known):
        if wanted in campaign.languages:
            return wanted
    return campaign.languages[0]


def _heard_in(after: Conversation, languages: Collection[str]) -> str:
    """Return the language of the rules that heard her plea, if they are all of one. A tap's or an age's have none."""
    rules = after.careful.rules if after.careful else ()
    heard = {rule.split(".")[0] for rule in rules} & set(languages)
    return heard.pop() if len(heard) == 1 else ""


def facts_of(campaign: Campaign, job: Job, after: Conversation, language: str, row: ChatRow) -> Facts:
    """Return what a new case needs to know of her. A country that has no desk here is looked after by every desk."""
    country = after.profile.get("country", "")
    return Facts(
        chat=job.chat,
        desk=country if country in campaign.countries else ANY_DESK,
        language=language,
        age_band=after.profile.get("age_band", ""),
        country=country,
        opted_in=after.profile.get("opted_in", ""),
        fresh_id=CaseId(fresh_id()),
        fresh_pseudonym=fresh_pseudonym(),
        last_with=row.last_with,
        kept_out=row.kept_out,
        pranks=row.pranks_recent,
    )


def _reader(
    campaign: Campaign, after: Conversation, before: Conversation, language: str, event: Event, *, demo: bool
) -> Reader:
    country = after.profile.get("country", "")
    place = campaign.countries.get(country)
    careful = after.careful or before.careful
    return Reader(
        language=language,
        country=country,
        category=careful.category if careful else "",
        timezone=place.timezone if place else "UTC",
        read_by=event.desk.read_by,
        opens_at=event.desk.opens_at,
        danger=careful is not None and careful.level is Level.P1,
        hurt=careful is not None and careful.level is Level.P1 and any(rule.endswith(HURT) for rule in careful.rules),
        demo=demo,
    )


def _messages(effects: Sequence[Effect], renderer: Renderer, *, late: bool) -> tuple[tuple[Lane, Parcel], ...]:
    """Crisis words always go, with the honest word first after an outage; a backlog's flow replies fold into one."""
    sends = [e for e in effects if isinstance(e, Send)]
    crisis = [renderer.message(e.bubble) for e in sends if e.lane is Lane.CRISIS]
    others = [renderer.message(e.bubble) for e in sends if e.lane is not Lane.CRISIS]
    if late and crisis:
        crisis[0] = _after(renderer.bot("late"), crisis[0])
    elif late and others:
        others = [_after(renderer.bot("late"), folded(others))]
    return tuple((Lane.CRISIS, m) for m in crisis) + tuple((Lane.REPLY, m) for m in others)


def _after(opening: str, message: Message) -> Message:
    return Message(f"{opening}\n\n{message.text}", message.rows, message.photo, message.voice, message.quiet)


def _timers(effects: Iterable[Effect]) -> Iterable[TimerChange]:
    for effect in effects:
        if isinstance(effect, SetTimer):
            yield TimerChange(effect.name, effect.at, effect.data)
        elif isinstance(effect, ClearTimer):
            yield TimerChange(effect.name, None)


def _no_old_end(decision: Decision | None) -> tuple[TimerChange, ...]:
    """Closing words of her last case that wait for her hours must not end what has just begun."""
    return (TimerChange("case_closed", None),) if decision is not None and decision.step == "opened" else ()


def _answer_counts(effects: Iterable[Effect], language: str, at: datetime) -> Iterable[AnswerCount]:
    """A count knows the month and the language, and nothing that leads back to a chat."""
    for e in effects:
        if isinstance(e, CountAnswer):
            yield AnswerCount(e.flow, e.question, e.when, e.answer, e.right, language, f"{at:%Y-%m}")


def words_for_case(before: Conversation, after: Conversation, decision: Decision | None) -> tuple[Recent, ...]:
    """Her words that belong into the case: all recent ones when it opens, else only those of this turn."""
    if decision is None or not decision.adds_words:
        return ()
    hers = [r for r in after.recent if r.who == "her"]
    if decision.step == "opened":
        return tuple(hers[-LAST - 1 :])
    known = set(before.recent)
    return tuple(r for r in hers if r not in known)


def _wipe(effects: Iterable[Effect], renderer: Renderer) -> str | None:
    """Return the words after a wipe; the number that Telegram refused is put for {n} by the sender, who learns it."""
    done = next((e.done for e in effects if isinstance(e, Wipe)), None)
    return None if done is None else renderer.words(replace(done, values={**done.values, "n": "{n}"}))
