"""Playing a conversation without storage and without Telegram: the real turn, a clock of its own, and everything that is
remembered saved as bytes and loaded again between any two events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import msgspec

from bot import detect
from bot.cases.duty import Duty
from bot.flowfile.amounts import clock
from bot.flowfile.conversation_model import (
    FIRST_CONTACT,
    NOTHING_YET,
    Act,
    Edit,
    Given,
    Moderate,
    Reply,
    SendMedia,
    Start,
    StepName,
    Tap,
    Type,
    Until,
    Wait,
    said_in,
)
from bot.model.campaign import Campaign
from bot.model.case import Case
from bot.model.conversation import Conversation, Run
from bot.model.events import Commanded, Said, Tapped, TimerRang, What
from bot.model.events import SentMedia as Sent
from bot.model.ids import ChatToken
from bot.store.chat_records import ChatRow
from bot.work import codec
from bot.work.consent import may_keep_profile
from bot.work.job import Draft, Job
from bot.work.rehearsal.brought import Brought, Shown, brought_by
from bot.work.rehearsal.desk import NO_ANSWER, duty_of, moderated, next_time
from bot.work.rehearsal.girl import profile_of, remembered
from bot.work.rehearsal.stage import Stage, Trace, in_english, played, watched
from bot.work.turn import take_turn

CHAT = ChatToken("rehearsal")
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday: daytime, and outside quiet hours, in each of our countries."""
MIDNIGHT = MORNING.replace(hour=0)
CASE_TIMERS = ("p3_shown", "no_answer")


class Saved(msgspec.Struct, frozen=True):
    """All that is kept between two events, as a running bot keeps it."""

    state: bytes | None = None
    profile: bytes | None = None
    case: Case | None = None
    timers: dict[str, tuple[datetime, str]] = {}


_decode = msgspec.msgpack.Decoder(Saved).decode


class NoSuchButton(Exception):
    """She cannot tap what is not there."""

    def __init__(self, name: str, there: Iterable[str]) -> None:
        super().__init__(name)
        self.name, self.there = name, tuple(dict.fromkeys(there))


@dataclass(slots=True)
class Rehearsal:
    """One girl's conversation with a campaign, in one language. `reached` and `tapped` grow for the coverage."""

    campaign: Campaign
    hearing: detect.Hearing
    language: str
    given: Given = Given()
    now: datetime = MORNING
    place: StepName | None = None
    screen: list[Shown] = field(default_factory=list)
    reached: set[StepName] = field(default_factory=set)
    tapped: set[tuple[str, str, str]] = field(default_factory=set)
    _saved: bytes = field(default=msgspec.msgpack.encode(Saved()))
    _trace: Trace = field(default_factory=Trace)
    _turns: int = 0
    _stage: Stage = field(init=False)
    _english: Stage = field(init=False)

    def __post_init__(self) -> None:
        self._stage = Stage(watched(self.campaign, self._trace), self.hearing)
        self._english = Stage(in_english(self.campaign), self.hearing)

    def take_up(self, campaign: Campaign, hearing: detect.Hearing) -> None:
        """Go on with another version of the campaign, as a running bot does after a reload."""
        self.campaign, self.hearing = campaign, hearing
        self.__post_init__()

    def act(self, act: Act) -> Brought:
        """Let her do something, or time pass; return what it brought. Raises NoSuchButton."""
        match act:
            case Start():
                return self.start(act)
            case Tap():
                return self.tap(said_in(self.language, act.button))
            case Type():
                return self.type(said_in(self.language, act.text))
            case SendMedia():
                return self._happens(Sent(act.kind, act.caption))
            case Edit():
                return self._happens(Said(said_in(self.language, act.text), edited=True))
            case Wait():
                return self.wait(act.length)
            case Until():
                return self.wait(next_time(self.campaign, self._country, act.at, self.now) - self.now)
            case Moderate() | Reply():
                return self.moderate(act)

    def start(self, start: Start) -> Brought:
        """Begin: a flow as if she had come to it, a command, or first contact."""
        self.given = start.given
        usual = start.at not in (FIRST_CONTACT, NOTHING_YET)
        flow = self.campaign.flows.get(start.at)
        stack = (Run(flow.id, next(iter(flow.steps))),) if flow is not None else ()
        profile = profile_of(self.campaign, start.given, self.language, usual=usual)
        lasting, answers = remembered(self.campaign, start.given, profile)
        self._save(Conversation(profile={**profile, **lasting}, answers=answers, stack=stack), Saved())
        if start.given.at:
            self.now = next_time(self.campaign, self._country, clock(start.given.at), MIDNIGHT)
        if start.at == NOTHING_YET:
            return Brought()
        if flow is not None:
            return self._happens(Tapped("!go_on"))
        return self.type("/start" if start.at == FIRST_CONTACT else start.at)

    def moderate(self, act: Moderate | Reply) -> Brought:
        """Let a moderator do something with her case; return what that brought her. Raises NobodysCase."""
        saved = _decode(self._saved)
        done = moderated(act, saved.case, self.language, self.now, self.campaign.clocks)
        timers = {**saved.timers, **({NO_ANSWER: (done.timer, "")} if done.timer is not None else {})}
        if not done.case.open:
            timers = {name: timer for name, timer in timers.items() if name not in CASE_TIMERS}
        saved = msgspec.structs.replace(saved, case=done.case if done.case.open else None, timers=timers)
        self._saved = msgspec.msgpack.encode(saved)
        return self.wait(done.after).then(self._happens(done.what, hers=False))

    @property
    def _country(self) -> str:
        return self.conversation.profile.get("country", "")

    def tap(self, name: str) -> Brought:
        """Tap a button that stands in the chat, the newest of that name. Raises NoSuchButton."""
        prompt = self.conversation.prompt
        there = [b for b in reversed(self.screen) if b.means(name)]
        # A story's own button `talk` stands above the one that every question of a story ends with.
        own = (b for b in there if prompt is not None and b.data.startswith(f"{prompt.nonce}."))
        found = next(own, there[0] if there else None)
        if found is None:
            raise NoSuchButton(name, (b.id for b in reversed(self.screen)))
        if prompt is not None and found.data.startswith(f"{prompt.nonce}."):
            self.tapped.add((prompt.flow, prompt.step, found.id))
        return self._happens(Tapped(found.data))

    def type(self, text: str) -> Brought:
        """Write something; what begins with a slash is a command, as in Telegram."""
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return self._happens(Commanded(name, argument.strip()))
        return self._happens(Said(text))

    def wait(self, length: timedelta) -> Brought:
        """Let time pass. What comes due on the way rings at its time."""
        until = self.now + length
        brought = Brought()
        while due := self._due(until):
            self.now, name, data = due
            saved = _decode(self._saved)
            left = {other: timer for other, timer in saved.timers.items() if other != name}
            self._saved = msgspec.msgpack.encode(msgspec.structs.replace(saved, timers=left))
            brought = brought.then(self._happens(TimerRang(name, data), hers=False))
        self.now = until
        return brought

    def _due(self, until: datetime) -> tuple[datetime, str, str] | None:
        timers = ((at, name, data) for name, (at, data) in _decode(self._saved).timers.items())
        return min((timer for timer in timers if timer[0] <= until), default=None)

    @property
    def conversation(self) -> Conversation:
        """Return what is remembered of her at this moment."""
        return self._loaded(_decode(self._saved))

    @property
    def case(self) -> Case | None:
        """Return her open case."""
        return _decode(self._saved).case

    def remembered(self, name: str) -> str | None:
        """Return an answer of hers, None when there is none."""
        chat = self.conversation
        return chat.answers.get(name, chat.profile.get(name))

    def _loaded(self, saved: Saved) -> Conversation:
        chat = codec.unpack(saved.state) if saved.state is not None else Conversation()
        if not codec.stale(chat, self.now):
            return codec.fresh(chat, self.now)
        return Conversation(profile=codec.unpack_profile(saved.profile) if saved.profile is not None else {})

    def _happens(self, what: What, *, hers: bool = True) -> Brought:
        saved = _decode(self._saved)
        before = self._loaded(saved)
        job = Job(CHAT, what, self.now, None, language_hint=self.given.language or self.language, hers=hers)
        # The same each time, so that a surprise is the same story in every language and at every rehearsal.
        self._turns += 1
        job = replace(job, nonce=f"{self._turns:06}")
        row = ChatRow(CHAT, version=1, case=saved.case)
        self._trace.clear()
        draft = take_turn(self._stage, job, row, before, self._duty(before), self.now)
        passed = played(self.campaign, self._trace, _waiting(before))
        english = take_turn(self._english, job, row, before, self._duty(before), self.now)
        self._keep(draft, saved)
        return self._brought(draft, english, passed)

    def _duty(self, chat: Conversation) -> Duty:
        profile = chat.profile
        language = profile.get("language") or self.language
        return duty_of(self.campaign, self.given.desk, profile.get("country", ""), language, self.now)

    def _keep(self, draft: Draft, saved: Saved) -> None:
        timers = dict(saved.timers)
        case = draft.decision.case if draft.decision is not None else saved.case
        ended = CASE_TIMERS if case is not None and not case.open else ()
        for name, at, data in ((t.name, t.at, t.data) for t in draft.timers):
            timers.pop(name, None)
            if at is not None:
                timers[name] = (at, data)
        timers = {name: timer for name, timer in timers.items() if name not in ended}
        left = Saved(case=case if case is not None and case.open else None, timers=timers)
        self._save(Conversation() if draft.wipe is not None else draft.after, left)

    def _save(self, chat: Conversation, saved: Saved) -> None:
        profile = None
        if may_keep_profile(self.campaign, chat.profile):
            declared = {name: v for flow in self.campaign.flows.values() for name, v in flow.remembers.items()}
            profile = codec.pack_profile(codec.lasting(dict(chat.profile), declared))
        saved = msgspec.structs.replace(saved, state=codec.pack(chat), profile=profile)
        self._saved = msgspec.msgpack.encode(saved)

    def _brought(self, draft: Draft, english: Draft, passed: tuple[StepName, ...]) -> Brought:
        waiting = _waiting(draft.after)
        self.reached.update(passed, (waiting,) if waiting else ())
        self.place = waiting or (passed[-1] if passed else self.place)
        brought = brought_by(draft, english, passed)
        self.screen += [button for button in brought.buttons if button.data]
        return brought


def _waiting(chat: Conversation) -> StepName | None:
    """Return the question that waits for her, if she still stands on it."""
    prompt = chat.prompt
    stands = prompt is not None and chat.stack[-1:] and chat.stack[-1].flow == prompt.flow
    return (prompt.flow, prompt.step) if prompt is not None and stands else None
