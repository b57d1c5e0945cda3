"""A flow as the engine runs it: ordered, named steps, compiled and checked. One dataclass per step kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal as OneOf

from bot.model.levels import Level
from bot.model.words import Words

Number = int

MOST_BUTTONS = 8
"""More cannot be looked over on a small phone."""


@dataclass(frozen=True, slots=True)
class Expr:
    """A parsed expression: `op` is name, number, text, and, or, not, is_set, == != < <= > >= + - *, or call."""

    op: str
    value: str | int = ""
    args: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalSpec:
    """A choice that counts exactly like worrying text."""

    category: str
    level: Level
    about: str = ""  # the situation within the category: `category.about` may have help words of its own


@dataclass(frozen=True, slots=True)
class Choice:
    """`id: Label -> step`. `to` None falls through to the next step."""

    id: str
    label: Words
    to: str | None = None
    signal: SignalSpec | None = None
    typed: str = ""  # word list that means the same when typed


@dataclass(frozen=True, slots=True)
class Remind:
    """Ask once more after a while, only if she asked for reminders, never in quiet hours."""

    after: timedelta
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StepParts:
    """What any step may have: where it goes (`go`), whether the run ends here (`end`), a reminder, and its content hash.

    `when` (`if` in YAML): the step is skipped unless this is true. A target (`go`, a choice's, a branch's) is a step's
    id, `done`, or `@flow`: run that flow and come back.
    """

    id: str
    go: str | None = None
    end: bool = False
    when: Expr | None = None
    remind: Remind | None = None
    hash: str = ""
    checkpoint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(StepParts):
    """Say something and go on."""

    words: Words
    photo: str = ""
    voice: str = ""
    alt: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(StepParts):
    """Ask and wait. With `save_as` the choice's id (or the typed answer) is kept under that declared name."""

    words: Words
    choices: tuple[Choice, ...] = ()
    save_as: str = ""
    tries: int = 2
    not_understood: str | None = None  # step to go to after so many tries
    photo: str = ""
    voice: str = ""
    alt: Words | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """A quiz whose answers are counted: the same question before a story and after it shows what was learnt."""

    question: str
    when: OneOf["before", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz(StepParts):
    """A question with a right answer, kind feedback for each, and perhaps a star. Counted before a story, it shows
    neither."""

    words: Words
    choices: tuple[Choice, ...]
    correct: str
    feedback: Mapping[str, Words] = field(default_factory=dict)
    score: str = ""
    counts: Counts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(StepParts):
    """Go where the first true condition points; the last branch has none (`else`)."""

    branches: tuple[tuple[Expr | None, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Set(StepParts):
    """Remember what an expression gives."""

    values: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFlow(StepParts):
    """Run another flow, then come back here and go on. With `stories`: one of these, chosen for her."""

    flow: str = ""
    menus: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()  # the flows of its menus


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff(StepParts):
    """Put her in line for a person; `open` when somebody is on duty, `closed` when nobody is."""

    level: Level
    category: str
    open: Words
    closed: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick(StepParts):
    """Say one of several tips, another each time; `save_as` names the declared list of those she has seen."""

    tips: Mapping[str, Words]
    save_as: str


Step = Say | Ask | Quiz | Decide | Set | RunFlow | Handoff | Pick


def spoken(step: Step) -> Iterator[Words]:
    """Return every text that a step may say, its buttons aside."""
    match step:
        case Say() | Ask():
            yield step.words
        case Quiz():
            yield step.words
            yield from step.feedback.values()
        case Handoff():
            yield step.open
            yield step.closed
        case Pick():
            yield from step.tips.values()
        case Decide() | Set() | RunFlow():
            return


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared answer: one of some words, a number in a range, text, or the tips of a `pick` she has seen; private
    ones never stand in a text."""

    kind: OneOf["one_of", "number", "text", "seen"]
    options: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    private: bool = False
    keep: OneOf["profile", "day"] = "day"


@dataclass(frozen=True, slots=True)
class Starts:
    """How a flow begins: from a menu, by a word list, by a deep link, or because something worrying was heard.

    `hits` names categories (`sextortion`) or one situation within a category (`sextortion.outing`).
    """

    menu: str = ""
    words: str = ""
    link: str = ""
    hits: tuple[str, ...] = ()

    @property
    def categories(self) -> frozenset[str]:
        """Return the categories that its hits are of."""
        return frozenset(hit.partition(".")[0] for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow: its steps in order, its variables, and where renamed steps went (`moved`). `talk`: each of its questions
    has a last button that leads to a person."""

    id: str
    title: Words
    steps: Mapping[str, Step]
    starts: Starts = Starts()
    sensitive: bool = False
    remembers: Mapping[str, Variable] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    talk: bool = False
    checked: str = ""  # the girls who read it: {checked} in its texts
