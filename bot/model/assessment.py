"""What the detector says of one message, and what it may know besides the text."""

from __future__ import annotations

import msgspec

from bot.model.levels import Level


class Evidence(msgspec.Struct, frozen=True):
    """One rule that matched: its id (`sw.sextortion.threat_3`) and where, as offsets into the original text."""

    rule: str
    start: int
    end: int


class Assessment(msgspec.Struct, frozen=True):
    """The verdict on one message: `level` is None when nothing worrying was heard, `category` is then 'none'."""

    level: Level | None = None
    category: str = "none"
    evidence: tuple[Evidence, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the ids of the rules that matched, each once, in order."""
        return tuple(dict.fromkeys(e.rule for e in self.evidence))


NOTHING_HEARD = Assessment()


class Context(msgspec.Struct, frozen=True):
    """What the bot knows when it listens: her language, the quiz just asked, her last messages (oldest first), and all
    of hers that are kept of the last day (the same, and more)."""

    language: str | None = None
    quiz: str | None = None
    recent: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    open_case: bool = False
    careful: bool = False


class Heard(msgspec.Struct, frozen=True):
    """What `detect.hear` makes of one text: the assessment, and the names of the word lists that match as a whole
    (`help`, `stop`, `menu`, `yes_words`, …; union of all languages)."""

    assessment: Assessment
    word_lists: frozenset[str]
