"""The ear: all word files compiled into one frozen value, with one automaton for every phrase of every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.detect.model import Model
from bot.detect.repair import Readings
from bot.model.levels import Level


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern, ready to match: its parts as slot numbers, and what follows when it does.

    Risks, masks (idioms), doubts and asides (lesson, question, story) are all frames. A `hint` counts unless the model
    plainly hears harmless talk, and so does what a doubt is about.
    """

    rule: str
    language: str
    category: str
    level: Level
    slots: tuple[int, ...]
    gaps: tuple[bool, ...]
    window: int
    people: tuple[bool, ...]
    needs: frozenset[int]
    any_order: bool = False
    firm: bool = False
    hint: bool = False
    raised_by: frozenset[str] | None = None


Anchors = Mapping[int, tuple[tuple[int, Frame], ...]]
"""The frames of a slot, each with the part of it that is heard least: where that is missing, no more is asked."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Slot numbers of one language's small words: denials before and after, what only looks like one, herself."""

    denies: int
    denies_after: int
    not_denial: int
    first_person: int


class Raise(NamedTuple):
    """A list of words that make danger now of something serious: its name, its language and its slot number."""

    name: str
    language: str
    slot: int


class Danger(NamedTuple):
    """Words of what happens in frames: what they are called (`sw.danger.touch`), and whose list."""

    rule: str
    language: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everything the detector knows, frozen: made by `compile_hearing`, shared by all turns until the next reload."""

    automaton: Any = field(repr=False)
    risks: Anchors = field(repr=False)
    masks: Anchors = field(repr=False)
    doubts: Anchors = field(repr=False)
    asides: Anchors = field(repr=False)
    cues: Mapping[str, Cues] = field(repr=False)
    raises: tuple[Raise, ...] = field(repr=False)
    danger: Mapping[int, Danger] = field(repr=False)
    known: frozenset[str] = field(repr=False)
    vocabulary: Mapping[str, frozenset[str]] = field(repr=False)
    whole: int
    readings: Readings = field(repr=False)
    lists: Mapping[str, frozenset[str]] = field(repr=False)
    fillers: frozenset[str] = field(repr=False)
    languages: tuple[str, ...] = ()
    frames: int = 0
    concepts: Mapping[int, str] = field(default_factory=dict, repr=False)
    model: Model | None = field(default=None, repr=False)

    def words_of(self, language: str | None) -> frozenset[str]:
        """Return the single words that a language's file names."""
        return self.vocabulary.get(language or "", frozenset())
