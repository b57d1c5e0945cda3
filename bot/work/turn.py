"""One turn, without storage: an event and what is known of the chat, in; what shall be written and sent, out.

Nothing in here waits, stores or sends: work/turns.py reads before and writes after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from msgspec.structs import replace

from bot import detect, engine
from bot.cases.decide import Decision, Facts, decide, three_make_two
from bot.cases.duty import Duty, read_by
from bot.model.assessment import Context
from bot.model.campaign import Campaign
from bot.model.case import Case
from bot.model.conversation import Conversation, Recent
from bot.model.effects import ClearTimer, Effect, Lane, Send, SetTimer, SheSays, Signal, Wipe
from bot.model.events import Blocked, Commanded, DeskView, Event, Said, SentMedia, What
from bot.model.flow import Quiz
from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level
from bot.model.outbox import Leave, Message, Parcel
from bot.model.staff import ANY_DESK
from bot.store.records import ChatRow, TimerChange, TimerKey, UpdateKey
from bot.work.pseudonyms import fresh_id, fresh_pseudonym
from bot.work.render import Reader, Renderer, folded

HURT = (".took_something", ".hurts_herself", ".bleeding")
"""Ends of the ids of rules that say that her body needs help at once: the emergency number comes first."""

LAST = 5
"""How many of her earlier messages the detector joins, and a new case takes in."""


class Running(Protocol):
    """The campaign and the ear of this moment."""

    @property
    def campaign(self) -> Campaign: ...

    @property
    def hearing(self) -> detect.Hearing: ...


@dataclass(frozen=True, slots=True)
class Job:
    """One event of one chat, waiting for its turn. `chat_id` and `message_id` are Telegram's, where there are any."""

    chat: ChatToken
    what: What
    at: datetime
    key: UpdateKey | TimerKey | None
    language_hint: str = ""
    chat_id: int | None = None
    message_id: int | None = None
    hers: bool = True
    takes_reply: str = ""
    notice: str = ""  # not for the engine: answer with this sentence of ours (a key of bot.po) and change nothing
    leave: bool = False  # a group that is not ours: say one sentence and leave
    followed: bool = False  # a newer event of this chat waits already
    code: str = ""  # why the update goes into quarantine as well


@dataclass(frozen=True, slots=True)
class Draft:
    """What a turn wants, still in clear: sealed and written together by the caller."""

    job: Job
    row: ChatRow
    after: Conversation
    messages: tuple[tuple[Lane, Parcel], ...]
    timers: tuple[TimerChange, ...]
    decision: Decision | None
    words: tuple[Recent, ...]
    wipe: str | None
    late: bool
    opens: tuple[str, ...] = ()  # the moderator's replies she reads in this turn

    @property
    def quiet(self) -> bool:
        """Return whether the conversation stays as it is: a staff member's chat, a group."""
        return bool(self.job.notice or self.job.leave or self.row.staff is not None)

    @property
    def crisis(self) -> bool:
        """Return whether help words go out: they overtake and cancel her unsent replies."""
        return any(lane is Lane.CRISIS for lane, _ in self.messages)


def listen(running: Running, what: What, before: Conversation, row: ChatRow) -> What:
    """Return the event with what the detector makes of its text. Free text is heard in every state."""
    if isinstance(what, Said):
        heard = detect.hear(running.hearing, what.text, context_of(running.campaign, before, row))
        return replace(what, heard=heard.assessment, word_lists=heard.word_lists)
    if isinstance(what, Commanded) and what.argument and (what.name != "start" or " " in what.argument):
        # "/help he hurts me": words behind a command are hers like any others. A deep link's is a single word.
        text = f"{what.name} {what.argument}"
        heard = detect.hear(running.hearing, text, context_of(running.campaign, before, row))
        return what if heard.assessment.level is None else Said(text, heard=heard.assessment)
    if isinstance(what, SentMedia) and what.caption:
        return replace(
            what, heard=detect.assess(running.hearing, what.caption, context_of(running.campaign, before, row))
        )
    return what


def context_of(campaign: Campaign, before: Conversation, row: ChatRow) -> Context:
    """Return what the bot knows besides the text."""
    return Context(
        language=before.language,
        quiz=_quiz(campaign, before),
        recent=tuple(r.text for r in before.recent if r.who == "her")[-LAST:],
        open_case=row.case is not None,
        careful=before.careful is not None,
    )


def _quiz(campaign: Campaign, before: Conversation) -> str | None:
    prompt = before.prompt
    flow = campaign.flows.get(prompt.flow) if prompt else None
    step = flow.steps.get(prompt.step) if flow and prompt else None
    return f"{prompt.flow}/{prompt.step}" if prompt and isinstance(step, Quiz) else None


def take_turn(
    running: Running, job: Job, row: ChatRow, before: Conversation, duty: Duty, now: datetime, *, demo: bool = False
) -> Draft:
    """Return everything this event changes."""
    if notice := ("group.leave" if job.leave else "staff.private" if row.staff is not None else job.notice):
        return _noticed(running.campaign, job, row, before, notice)
    campaign = running.campaign
    what = listen(running, job.what, before, row)
    late = job.hers and now - job.at > campaign.clocks.backlog_after
    event = Event(
        what=what,
        at=job.at,
        nonce=fresh_id(6),
        desk=_desk_view(row, duty, now, campaign, what, before),
        late=late,
        quiet_reply=late and job.followed,
    )
    after, effects = engine.step(campaign, before, event, now)
    effects = tuple(_counted(e, row.p3_recent) for e in effects)
    language = language_of(campaign, after, job)
    decision = decide(
        row.case,
        effects,
        facts_of(campaign, job, after, language),
        now,
        campaign.clocks,
        wrote=isinstance(what, Said | SentMedia),
    )
    reader = _reader(campaign, after, before, language, event, demo=demo)
    case = decision.case if decision else row.case
    promised = _promised(case, duty, now, campaign) if reader.country in campaign.countries else None
    renderer = Renderer(campaign, replace(reader, read_by=promised or event.desk.read_by, now=now))
    return Draft(
        job=job,
        row=row,
        after=after,
        messages=_messages(effects, renderer, late=late),
        timers=tuple(_timers(effects)),
        decision=decision,
        words=words_for_case(before, after, decision),
        wipe=_wipe(effects, renderer),
        late=late,
        opens=tuple(e.reply for e in effects if isinstance(e, SheSays) and e.what == "opened"),
    )


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


def _promised(case: Case | None, duty: Duty, now: datetime, campaign: Campaign) -> datetime | None:
    """Return by when a person tries to read her case: its own clock, so that no text names an earlier time."""
    if case is None or not case.open:
        return None
    if duty.on_duty and case.due_at is not None and case.due_at > now:
        return case.due_at
    return read_by(case.level, now, duty, campaign.clocks)


def _desk_view(
    row: ChatRow, duty: Duty, now: datetime, campaign: Campaign, what: What, before: Conversation
) -> DeskView:
    case = row.case
    # Where we do not know her clock, a time of day would be wrong for her: then none is given.
    placed = before.profile.get("country", "") in campaign.countries
    level = _level(what) or (case.level if case else None) or Level.P2
    return DeskView(
        on_duty=duty.on_duty,
        persons=duty.persons,
        read_by=read_by(level, now, duty, campaign.clocks) if placed else None,
        opens_at=duty.opens_at,
        case_open=case is not None,
        case_claimed=case is not None and case.claimed_by is not None,
        case_level=case.level if case else None,
        case_shown=case is not None and case.shown_at is not None,
        case_state=_state(case),
    )


def _state(case: Case | None) -> str:
    """Return the case's state as she may know it; that she asked for no more messages stands before all."""
    if case is None:
        return ""
    return "withdrawn" if case.withdrawn else case.state.value


def _level(what: What) -> Level | None:
    return what.heard.level if isinstance(what, Said | SentMedia) else None


def language_of(campaign: Campaign, after: Conversation, job: Job) -> str:
    """Return the language to answer in: hers as chosen, else the one she was heard in, else Telegram's hint."""
    for wanted in (after.language, _heard_in(after), job.language_hint.split("-")[0]):
        if wanted in campaign.languages:
            return wanted
    return campaign.languages[0]


def _heard_in(after: Conversation) -> str:
    """Return the language of the rules that heard her plea, if they are all of one."""
    heard = {rule.split(".")[0] for rule in after.careful.rules} if after.careful else set()
    return heard.pop() if len(heard) == 1 else ""


def facts_of(campaign: Campaign, job: Job, after: Conversation, language: str) -> Facts:
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


LATE_GATHER = timedelta(seconds=2)
"""How long an answer to a backlog waits for the next message of the same chat to replace it."""
