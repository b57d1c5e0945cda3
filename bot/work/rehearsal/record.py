"""A conversation while it is played by hand: what a keyboard line means, and what the test will expect of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.flowfile.amounts import clock, length_of_time
from bot.flowfile.conversation_fields import MEDIA
from bot.flowfile.conversation_model import (
    ANY,
    Act,
    Edit,
    Moderate,
    Reply,
    SendMedia,
    Start,
    Tap,
    Type,
    Until,
    Wait,
)
from bot.flowfile.conversation_writer import Recorded
from bot.work.rehearsal.brought import Brought
from bot.work.rehearsal.desk import STEPS
from bot.work.rehearsal.rehearsal import Rehearsal

TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")

ACTS: dict[str, Callable[[str], Act | None]] = {
    "send": lambda said: SendMedia(said) if said in MEDIA else None,
    "after": lambda said: Wait(length) if (length := length_of_time(said)) is not None else None,
    "at": lambda said: Until(clock(said)) if TIME.fullmatch(said) else None,
    "edit": lambda said: Edit({ANY: said}),
    "moderator": lambda said: Moderate(said) if said in STEPS else None,
    "reply": lambda said: Reply({ANY: said}),
}
"""What may be typed instead of her words, as it stands in a test: `send photo`, `after 20 hours`, `moderator claims`."""


@dataclass(slots=True)
class Recorder:
    """Plays line by line and keeps what a test of it would say."""

    chat: Rehearsal
    lines: list[Recorded] = field(default_factory=list)
    shown: Brought = Brought()
    _stars: str | None = None
    _case: Mapping[str, str] = field(default_factory=dict)

    def start(self, start: Start) -> Brought:
        """Begin; the language that is played does not matter to the test."""
        return self._kept(("start", start.at), start)

    def play(self, typed: str) -> Brought:
        """Do what was typed: a button's number, a line of a test (`send photo`), else words. Raises NoSuchButton, or
        NobodysCase."""
        typed = typed.strip()
        if typed.isdecimal() and 0 < int(typed) <= len(self.buttons):
            name = self.buttons[int(typed) - 1]
            return self._kept(("tap", name), Tap({ANY: name}))
        name, _, said = typed.partition(" ")
        if name in ACTS and said.strip() and (act := ACTS[name](said.strip())) is not None:
            return self._kept((name, said.strip()), act)
        return self._kept(("type", typed), Type({ANY: typed}))

    @property
    def buttons(self) -> tuple[str, ...]:
        """Return the ids of the buttons that can be tapped by number: those that came last."""
        return tuple(b.id for b in self.shown.buttons if b.data)

    def _kept(self, act: tuple[str, str], what: Act) -> Brought:
        brought = self.chat.act(what)
        self.lines.append(self._recorded(act, brought))
        if brought.buttons:
            self.shown = brought
        return brought

    def _recorded(self, act: tuple[str, str], brought: Brought) -> Recorded:
        stars, case = self.chat.remembered("stars"), self._case_now()
        line = Recorded(
            act=act,
            step=self.chat.place if brought.said else None,
            buttons=tuple(b.id or b.english for b in brought.choices),
            stars=(stars or "0") if stars != self._stars else None,
            case=case if case != self._case else None,
            quiet=not brought.said and act[0] != "start",
        )
        self._stars, self._case = stars, case
        return line

    def _case_now(self) -> Mapping[str, str]:
        case = self.chat.case
        return {"level": case.level.value, "category": case.category} if case is not None else {}
