"""From matches to one assessment: what is denied, meant as an idiom, quoted from a lesson, or more urgent than it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bot.detect.hearing import Anchors, Cues, Frame, Hearing
from bot.detect.matching import Hits, Match, Span, candidates, matches, scan
from bot.detect.views import View
from bot.model.assessment import NOTHING_HEARD, Assessment, Evidence
from bot.model.levels import Level

_DENIAL_REACH: Final = 12
_AFTER_REACH: Final = 8
_PLAINLY: Final = 2
_ALWAYS_SAYS_I: Final = frozenset({"en", "nl"})
RAISED_BY: Final[Mapping[str, frozenset[str]]] = {
    "self_harm": frozenset({"now", "tablets", "weapon", "deadline", "young"}),
    "sextortion": frozenset({"deadline", "despair", "meeting", "young"}),
    "image_shared": frozenset({"despair", "young"}),
    "grooming": frozenset({"meeting_soon", "young"}),
    "sexual_abuse": frozenset({"now", "again", "weapon", "young"}),
    "violence_home": frozenset({"now", "weapon", "blood"}),
    "trafficking": frozenset({"now"}),
    "harmful_practice": frozenset({"now", "deadline"}),
    "friend_danger": frozenset({"now", "again", "tablets", "weapon", "blood", "deadline", "despair"}),
    "gifts_money": frozenset({"meeting_soon", "young"}),
    "stalking": frozenset({"weapon"}),
    "staff_conduct": frozenset({"now"}),
}
"""Cues that make danger now of something serious (rules, section 1)."""

_FIRST: Final = ("friend_danger", "sextortion", "sexual_abuse", "trafficking", "harmful_practice", "violence_home")
"""At the same level, the category that says most about what a helper must do."""


class Hearer:
    """One view of one message, with what was heard in it."""

    __slots__ = ("_doubts", "asides", "hearing", "hits", "language", "quiz", "view")

    def __init__(self, hearing: Hearing, view: View, language: str | None = None, quiz: bool = False) -> None:
        self.hearing = hearing
        self.view = view
        self.language = language
        self.quiz = quiz
        self.hits: Hits = scan(hearing.automaton, view.text)
        if hearing.whole in self.hits.slots:
            self.hits = self.hits.outside(self.hits.of(hearing.whole))
        self.asides: list[Span] = []
        self._doubts: list[Match] | None = None

    def heard(self) -> list[Match]:
        """Return the matches that are meant."""
        frames = candidates(self.hearing.risks, self.hits)
        if self.view.language:
            frames = [f for f in frames if f.language == self.view.language]
        found = matches(frames, self.hits, self.view.text) if frames else []
        strange = {m.frame.language for m in found} - {"en", self.language}
        if strange and (deaf := frozenset(filter(self._is_strange, strange))):
            found = [m for m in found if m.frame.language not in deaf]
        return self._meant(found) if found else found

    def doubted(self, match: Match) -> Span | None:
        """Return the words by which a match must be judged: its own if its frame is a hint, those of a doubt about it; nothing
        if it is sure. What only stands between the parts of a doubt is in no doubt."""
        if self._doubts is None:
            self._doubts = self._standing(self.hearing.doubts)
        about = [doubt for doubt in self._doubts if _touches(match, doubt)]
        if not about and not match.frame.hint:
            return None
        return min([match.start, *(doubt.start for doubt in about)]), max([match.end, *(doubt.end for doubt in about)])

    def _is_strange(self, language: str) -> bool:
        """Return whether the text is plainly in her language or English, without a single word (or letter) of this
        one's own.

        "blackmail" stands in the Swahili list too; that does not make an English lesson Swahili.
        """
        words, own = frozenset(self.view.text.split()), self.hearing.words_of(language)
        plain = (words & self.hearing.words_of("en")) | (words & self.hearing.words_of(self.language))
        latin = all(w.isascii() or not w[0].isalpha() for w in words)
        return latin and not (words & own) - plain and len(plain) >= _PLAINLY

    def _meant(self, found: list[Match]) -> list[Match]:
        masks = [stretch for mask in self._standing(self.hearing.masks) for stretch in mask.stretches()]
        found = [m for m in found if not _covered(m, masks) and not self._denied(m)]
        if found and self._has_aside():
            found = [m for m in found if m.frame.firm or self._speaks_of_herself(m)]
        if found and self.quiz:
            found = [m for m in found if m.frame.firm or self._any_of_herself(self.hearing.cues) or self._at_home(m)]
        return found

    def _at_home(self, match: Match) -> bool:
        """Return whether a match names a relative, or "me" inside a verb (Swahili), as lessons do not.

        A plea may come in the middle of a quiz, and most languages may leave "I" out.
        """
        if match.frame.language in _ALWAYS_SAYS_I:
            return False
        names = self.hearing.concepts
        told = [n for n in self.hits.slots if n in names and (names[n] == "relative" or names[n].endswith("me"))]
        return any(_inside(span, match.spans) for n in told for span in self.hits.of(n))

    def _standing(self, frames: Anchors) -> list[Match]:
        return matches(candidates(frames, self.hits), self.hits, self.view.text)

    def _has_aside(self) -> bool:
        """Return whether this is lesson voice, a question or a story."""
        self.asides = [(aside.start, aside.end) for aside in self._standing(self.hearing.asides)]
        return bool(self.asides)

    def _speaks_of_herself(self, match: Match) -> bool:
        """Return whether a word of herself stands outside the lesson voice; in the match's language, or in English."""
        return self._any_of_herself(dict.fromkeys((match.frame.language, "en")))

    def _any_of_herself(self, languages: Iterable[str]) -> bool:
        for language in languages:
            cues = self.hearing.cues.get(language)
            herself = self.hits.of(cues.first_person) if cues is not None else ()
            if any(not _inside(span, self.asides) for span in herself):
                return True
        return False

    def _denied(self, match: Match) -> bool:
        own = match.frame.language
        # English is mixed into every other language, so its frames are denied in any of them.
        for language, cues in self._denials():
            if own not in ("en", language) and language != "en":
                continue
            harmless = self.hits.of(cues.not_denial)
            before = _free(self.hits.of(cues.denies), match, harmless)
            after = _free(self.hits.of(cues.denies_after), match, harmless)
            if self._any_reaches(match, before, after):
                return True
        return False

    def _denials(self) -> list[tuple[str, Cues]]:
        """Return the languages in which something is denied here."""
        slots = self.hits.slots
        return [(lang, c) for lang, c in self.hearing.cues.items() if c.denies in slots or c.denies_after in slots]

    def _any_reaches(self, match: Match, before: list[Span], after: list[Span]) -> bool:
        for (start, end), people in zip(match.spans, match.frame.people, strict=True):
            if people:
                continue
            if any(0 <= start - stop <= _DENIAL_REACH and self._same(stop, start) for _, stop in before):
                return True
            if any(0 <= begin - end <= _AFTER_REACH and self._same(end, begin) for begin, _ in after):
                return True
        return False

    def _same(self, start: int, end: int) -> bool:
        return self.view.text.find(" . ", start, end) < 0 and self.view.text.find(" ? ", start, end) < 0

    def is_aside(self) -> bool:
        """Return whether this is lesson voice, a question or a story in which nobody speaks of herself."""
        return self._has_aside() and not self._any_of_herself(self.hearing.cues)

    def raises(self) -> list[Cue]:
        """Return the cues that were heard: their names, in whose list they stand, and where they were heard first."""
        heard = (cue for cue in self.hearing.raises if cue.slot in self.hits.slots)
        return [Cue(cue.name, cue.language, *self.view.place(*self.hits.of(cue.slot)[0])) for cue in heard]


class Cue(NamedTuple):
    """A word that makes danger now of something serious, and where it stands in the text as typed."""

    name: str
    language: str
    start: int
    end: int


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _covered(match: Match, places: list[Span]) -> bool:
    """Return whether something telling of a match stands inside one of these places.

    Not between the parts of a mask: "mum hits me … clean my room" is a plea, whatever mask begins and ends there.
    """
    return bool(places) and any(_inside(span, places) for span in _telling(match))


def _touches(match: Match, doubt: Match) -> bool:
    """Return whether a part of a doubt is about something telling of a match."""
    return any(start < stop and begin < end for begin, stop in _telling(match) for start, end in doubt.spans)


def _telling(match: Match) -> Sequence[Span]:
    """Return the parts of a match that say more than who; all where there are no others."""
    telling = [span for span, people in zip(match.spans, match.frame.people, strict=True) if not people]
    return telling or match.spans


def _free(spans: Iterable[Span], match: Match, harmless: Sequence[Span]) -> list[Span]:
    """Return the denials that are not themselves part of the plea or of a harmless turn of phrase."""
    return [s for s in spans if not _inside(s, match.spans) and not _inside(s, harmless)]


def _always(_hearer: Hearer, _place: Span) -> bool:
    return True


def verdict(hearers: list[Hearer], consents: Callable[[Hearer, Span], bool] = _always) -> Assessment:
    """Return the assessment over all views: the highest level that any frame reaches with its cues.

    A hint counts only if `consents` says so of the words it is judged by.
    """
    heard = [(h, m) for h in hearers for m in h.heard() if (at := h.doubted(m)) is None or consents(h, at)]
    if not heard:
        return NOTHING_HEARD
    cues = [cue for h in hearers for cue in h.raises()]
    names = frozenset(cue.name for cue in cues)
    if any(m.frame.category == "self_harm" for _, m in heard):
        names |= {"despair"}
    judged = [(_raised(m, names), h.view, m) for h, m in heard]
    level, _, best = min(judged, key=lambda j: (j[0], _order(j[2])))
    raised = told_by(_lifts(best.frame), cues, best.frame.language) if level < best.frame.level else ()
    return Assessment(level, best.frame.category, (*_evidence(judged, best), *raised))


def _raised(match: Match, cues: frozenset[str]) -> Level:
    frame, telling = match.frame, _lifts(match.frame) & cues
    serious = frame.level == Level.P2 or (frame.level == Level.P3 and "weapon" in telling)
    return Level.P1 if serious and telling else frame.level


def _lifts(frame: Frame) -> frozenset[str]:
    return RAISED_BY.get(frame.category, frozenset()) if frame.raised_by is None else frame.raised_by


def told_by(lifts: frozenset[str], cues: Iterable[Cue], language: str | None) -> tuple[Evidence, ...]:
    """Return the evidence of the cues that make danger now of something, each once, in this language where it can be."""
    told = sorted((c for c in cues if c.name in lifts), key=lambda c: (c.language != language, c.start))
    first = {cue.name: cue for cue in reversed(told)}
    return tuple(Evidence(f"{c.language}.raises.{c.name}", c.start, c.end) for _, c in sorted(first.items()))


def _order(match: Match) -> tuple[int, int]:
    category = match.frame.category
    return (_FIRST.index(category) if category in _FIRST else len(_FIRST), -sum(e - s for s, e in match.spans))


def _evidence(judged: list[tuple[Level, View, Match]], best: Match) -> tuple[Evidence, ...]:
    """Return the rule that decided first, then the others, each once."""
    ordered = sorted(judged, key=lambda j: (j[2] is not best, j[0]))
    found: dict[str, Evidence] = {}
    for _, view, match in ordered:
        start, end = view.place(match.start, match.end)
        found.setdefault(match.frame.rule, Evidence(match.frame.rule, start, end))
    return tuple(found.values())
