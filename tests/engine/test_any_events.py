"""Whatever happens in whatever order: no error, no silence, no button too long, and a conversation that can be kept."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from bot.engine.taps import LASTING
from bot.model.conversation import Conversation
from bot.model.effects import Lane, Send, Wipe
from bot.model.events import Answered, Blocked, CaseClaimed, CaseClosed, Said, SentMedia, Tapped, TimerRang, Unreadable
from bot.model.levels import CATEGORIES, Level
from tests.engine.campaign import NOBODY, ON_DUTY, Ana, heard

levels = st.sampled_from(list(Level))
categories = st.sampled_from(CATEGORIES)
lists = st.frozensets(st.sampled_from(["help", "stop", "menu", "yes_words", "story_words"]), max_size=1)
texts = st.one_of(st.text(max_size=20), st.sampled_from(["yes", "no", "3", "99", "{n}", "ndiyo", "lesson"]))
commands = st.sampled_from(
    [
        "/start",
        "/start s7",
        "/start x",
        "/menu",
        "/help",
        "/talk",
        "/wipe",
        "/stop",
        "/real",
        "/language",
        "/mydata",
        "/x",
    ]
)
lasting = st.sampled_from(
    [*LASTING, "media_hurt", "media_feelings", "media_other", "language_sw", "language_xx", "forged"]
)
kinds = st.sampled_from(["photo", "voice", "sticker", "location", "other"])
encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Conversation).decode


class AnyEvents(RuleBasedStateMachine):
    """Ana does anything; the desk does anything."""

    @initialize()
    def meet(self) -> None:
        self.ana = Ana()
        self.old: list[str] = []
        self.hers = False

    def happens(self, what: object, *, hers: bool = True) -> None:
        # The state is saved and loaded between events, as in life.
        self.ana.chat = decode(encode(self.ana.chat))
        self.ana.does(what)  # type: ignore[arg-type]  # any event
        self.hers = hers
        self.old = (self.old + [b.data for s in self.ana.sent for row in s.bubble.rows for b in row])[-30:]

    @rule(text=texts, word_lists=lists, edited=st.booleans())
    def writes(self, text: str, word_lists: frozenset[str], edited: bool) -> None:
        self.happens(Said(text, edited, word_lists=word_lists))

    @rule(level=levels, category=categories, edited=st.booleans())
    def pleads(self, level: Level, category: str, edited: bool) -> None:
        self.happens(Said("made up", edited, heard(level, category)))
        assert self.ana.signals or self.ana.chat.offered or "helplines_only" in str(self.ana.effects) or self.joined

    @property
    def joined(self) -> bool:
        return self.ana.desk.case_open

    @rule(command=commands)
    def commands(self, command: str) -> None:
        self.happens(command)

    @rule(name=lasting)
    def taps_a_lasting_button(self, name: str) -> None:
        self.happens(f"!{name}")

    @rule(which=st.integers(0, 9))
    def taps_the_open_question(self, which: int) -> None:
        prompt = self.ana.chat.prompt
        choices = prompt.choices if prompt else ()
        self.happens(f">{choices[which % len(choices)]}" if choices else ">none")

    @rule(which=st.integers(0, 29), data=st.text(max_size=70))
    def taps_an_old_or_forged_button(self, which: int, data: str) -> None:
        self.happens(Tapped(self.old[which % len(self.old)] if self.old and which % 3 else data))

    @rule(kind=kinds, level=st.none() | levels)
    def sends_media(self, kind: str, level: Level | None) -> None:
        self.happens(SentMedia(kind, "made up", heard(level)) if level else SentMedia(kind))

    @rule(level=st.none() | levels)
    def sends_something_unreadable(self, level: Level | None) -> None:
        self.happens(Unreadable(heard(level)) if level else Unreadable())

    @rule(
        name=st.sampled_from(["remind", "p3_shown", "no_answer", "case_closed", "other"]),
        data=st.sampled_from(["", "lesson/ready"]),
    )
    def a_timer_rings(self, name: str, data: str) -> None:
        self.happens(TimerRang(name, data), hers=False)

    @rule(
        what=st.sampled_from(
            [Answered("r1", "{x}"), Answered("r2", "hi"), CaseClosed("real"), Blocked(True), CaseClaimed(False)]
        )
    )
    def the_desk_acts(self, what: object) -> None:
        self.happens(what, hers=False)

    @rule(
        level=st.none() | levels,
        claimed=st.booleans(),
        shown=st.booleans(),
        view=st.sampled_from([ON_DUTY, NOBODY]),
        persons=st.booleans(),
    )
    def the_desk_changes(self, level: Level | None, claimed: bool, shown: bool, view: object, persons: bool) -> None:
        self.ana.desk = replace(ON_DUTY if view is ON_DUTY else NOBODY, persons=persons)
        if level:
            self.ana.case(level, claimed=claimed, shown=shown)

    @rule(minutes=st.sampled_from([1, 31, 60 * 25]))
    def time_passes(self, minutes: int) -> None:
        self.ana.now += timedelta(minutes=minutes)

    @invariant()
    def never_silent(self) -> None:
        if getattr(self, "hers", False) and not self.ana.desk.case_claimed:
            assert any(isinstance(e, Send | Wipe) for e in self.ana.effects)
        self.hers = False

    @invariant()
    def every_button_fits(self) -> None:
        sends = self.ana.sent if hasattr(self, "ana") else []
        assert all(len(b.data.encode()) <= 64 for s in sends for row in s.bubble.rows for b in row)
        assert sum(s.lane is Lane.REPLY and not s.bubble.rows for s in sends) <= 3

    @invariant()
    def the_conversation_can_be_kept(self) -> None:
        if hasattr(self, "ana"):
            assert decode(encode(self.ana.chat)) == self.ana.chat
            assert len(self.ana.chat.stack) <= 12


AnyEvents.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAnyEvents = AnyEvents.TestCase
