"""What the model makes of a message: alone at most P3, never a bare word; whether a hint may count; whether it is danger now.

Beside a word of the lists it is no guess alone, and in doubt the higher level holds: an urgent word (`raises`) makes danger
now of what it hears, and so does a word that frames are made of, or a rule, where it sounds like danger now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from bot.detect.hearing import Hearing
from bot.detect.matching import Span
from bot.detect.model import Model
from bot.detect.phrases import is_khmer
from bot.detect.verdict import RAISED_BY, Hearer, told_by
from bot.detect.voices import Sound
from bot.model.assessment import NOTHING_HEARD, Assessment, Evidence
from bot.model.levels import Level

DANGER: Final = 0.5
"""More likely than not must danger now be, among all pleas a message may be, before the model says so beside a word of the lists."""
_WELL_ABOVE: Final = 1.5
"""So far above its limit must a message be before it sounds like danger now: an on-call person is woken."""
_ABOVE: Final = 0.75
"""So far above it must one be for an urgent word ("tonight", "medicine") to make danger now of it."""
_LOW: Final = frozenset({"account", "health"})
_BESIDE: Final = 2
_FEWEST_WORDS: Final = 3
_FEWEST_LETTERS_UNSPACED: Final = 10
_FEWEST_LETTERS_IN_KHMER: Final = 16
_MOST_ASKED: Final = 4
"""So many places of one message are judged by themselves; a message with more hints than that has too many to doubt."""


class Likeness:
    """How much one message is like a plea; the model is asked as seldom as can be, and only if somebody wants to know."""

    __slots__ = ("_asked", "_doubtable", "_hearers", "_hearing", "_language", "_sound")

    def __init__(self, hearing: Hearing, hearers: list[Hearer], language: str | None) -> None:
        self._hearing = hearing
        self._hearers = hearers
        self._language = language
        self._sound: Sound | None = None
        self._asked: dict[str, bool] = {}
        self._doubtable: bool | None = None

    def consents(self, hearer: Hearer, place: Span) -> bool:
        """Return whether a hint may count: the model does not plainly hear harmless talk, neither in the whole message nor
        in the words around the hint. Small talk beside a plea does not take it back, nor does a guess at two words."""
        model = self._hearing.model
        if model is None or not self._may_be_taken_back():
            return True
        if self._heard(model).score >= model.consent(self._language):
            return True
        around = _around(hearer.view.text, place)
        if around not in self._asked:
            self._asked[around] = len(self._asked) >= _MOST_ASKED or self._consents_to(model, around)
        return self._asked[around]

    def _may_be_taken_back(self) -> bool:
        if self._doubtable is None:
            self._doubtable = _can_be_judged(self._hearers[0].view.text)
        return self._doubtable

    def _consents_to(self, model: Model, words: str) -> bool:
        return model.sound(words, concepts(self._hearers)).score >= model.consent(self._language)

    def alone(self) -> Assessment:
        """Return what the model hears where no rule does, or nothing."""
        model = self._hearing.model
        if model is None or not self._is_talk() or self._quotes_the_lesson():
            return NOTHING_HEARD
        sound = self._heard(model)
        limit = model.threshold(self._language)
        if sound.score < limit:
            return NOTHING_HEARD
        grave = self._urgent(sound, limit) or self._grave(sound, limit)
        return Assessment(Level.P1 if grave else _level(sound.category), sound.category, (self._says("model"), *grave))

    def raised(self, ruled: Assessment) -> Assessment:
        """Return what rules heard, as danger now where it plainly sounds like it; never lower than it was, and never lower
        than without a rule that asks for little."""
        model = self._hearing.model
        if model is None or ruled.level in (None, Level.P1):
            return ruled
        if ruled.level is Level.P4 and self._says_more(ruled) and _is_more(other := self.alone(), ruled):
            return replace(other, evidence=(*other.evidence, *ruled.evidence))
        if ruled.category in _LOW:
            return ruled
        sound = self._heard(model)
        if sound.score < model.threshold(self._language) + _WELL_ABOVE or sound.danger < DANGER:
            return ruled
        evidence = (*ruled.evidence, self._says("model.now"))
        return replace(ruled, level=Level.P1, category=sound.category, evidence=evidence)

    def _says_more(self, ruled: Assessment) -> bool:
        """Return whether most of the message stands outside the words of the rules: otherwise they know it better."""
        start, end = self._whole()
        told = {at for e in ruled.evidence for at in range(e.start, e.end)}
        return 2 * len(told) < end - start

    def _whole(self) -> Span:
        view = self._hearers[0].view
        return view.place(1, len(view.text) - 1)

    def _heard(self, model: Model) -> Sound:
        if self._sound is None:
            self._sound = model.sound(self._hearers[0].view.text, concepts(self._hearers))
        return self._sound

    def _is_talk(self) -> bool:
        """Return whether there is enough to judge: a few words, and one at least that some list knows."""
        return _enough(self._hearers[0].view.text) and any(hearer.hits.slots for hearer in self._hearers)

    def _quotes_the_lesson(self) -> bool:
        return self._hearers[0].quiz and self._hearers[0].is_aside()

    def _says(self, what: str) -> Evidence:
        return Evidence(f"{what}.{self._language or 'any'}", *self._whole())

    def _urgent(self, sound: Sound, limit: float) -> tuple[Evidence, ...]:
        """Return the urgent words that make danger now of this category, in her language or in English."""
        if sound.score < limit + _ABOVE:
            return ()
        own = {self._language, "en"}
        cues = (cue for h in self._hearers for cue in h.raises() if self._language is None or cue.language in own)
        return told_by(RAISED_BY.get(sound.category, frozenset()), cues, self._language)

    def _grave(self, sound: Sound, limit: float) -> tuple[Evidence, ...]:
        """Return the words that frames are made of, if the message sounds like danger now."""
        if sound.danger < DANGER or sound.score < limit + _WELL_ABOVE:
            return ()
        words = {(e.rule, e.start): e for e in self._words_of_danger()}
        return tuple(words[place] for place in sorted(words))

    def _words_of_danger(self) -> Iterator[Evidence]:
        own = {self._language, "en"}
        for hearer in self._hearers:
            for slot in hearer.hits.slots:
                danger = self._hearing.danger.get(slot)
                if danger and (self._language is None or danger.language in own):
                    yield Evidence(danger.rule, *hearer.view.place(*hearer.hits.of(slot)[0]))


def _is_more(other: Assessment, ruled: Assessment) -> bool:
    """Return whether the model hears something graver than a rule of P4 does: "can I ask something" may stand before a plea.

    The same at a higher level is no more, unless it is danger now: what sort of thing it is, the rule knows better.
    """
    if other.level is None or other.level is Level.P4:
        return False
    return other.level is Level.P1 or other.category != ruled.category


def concepts(hearers: list[Hearer]) -> frozenset[str]:
    """Return what was spoken of, whatever the language: the slots of the word lists that were heard in any view."""
    return frozenset().union(*[h.hits.concepts() for h in hearers])


def _around(text: str, place: Span) -> str:
    """Return the words of a place with two more on either side."""
    start, end = place
    for _ in range(_BESIDE + 1):
        start, end = max(text.rfind(" ", 0, start), 0), text.find(" ", end + 1) if end + 1 < len(text) else len(text)
        end = end if end >= 0 else len(text)
    return text[start:end]


def _enough(text: str) -> bool:
    return text.count(" ") > _FEWEST_WORDS or (not text.isascii() and len(text) > _FEWEST_LETTERS_UNSPACED)


def _can_be_judged(text: str) -> bool:
    """Return whether there are words enough that the model may take a hint back: three, or as much in Khmer."""
    spoken = sum(1 for word in text.split() if any(map(str.isalpha, word)))
    return spoken >= _FEWEST_WORDS or sum(map(is_khmer, text)) > _FEWEST_LETTERS_IN_KHMER


def _level(category: str) -> Level:
    return Level.P4 if category in _LOW else Level.P3
