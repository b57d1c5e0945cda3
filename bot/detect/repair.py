"""Words that are not in any list, made into words that are: stretched letters, leetspeak, typos, missing spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from bot.detect.phonetic import KEYS, SHORTEST_KEY

_T = TypeVar("_T")
_STRETCHED: Final = re.compile(r"(.)\1\1+")
_LEET: Final = str.maketrans("013457@$!8", "oieastasib")
_LEET_L: Final = str.maketrans("013457@$!8", "oleastaslb")
_INNER_LEET: Final = re.compile(r"[a-z][013457@$!8]+[a-z]|^[$][a-z]|^[a-z]*[@$!]")
_LONGEST: Final = 40
_MISSING_LETTER: Final = 5
_EXTRA_LETTER: Final = 6
_OTHER_LETTER: Final = 8
_RUN_TOGETHER: Final = 8
_LONGEST_PIECE: Final = 14
_LONG_PIECE: Final = 4
_SHORTEST_MENDED: Final = 3
_MOST_KEPT: Final = 20_000
_LONGEST_KEPT: Final = 24


def neutral(word: str, known: frozenset[str]) -> str:
    """Return an unknown word without stretched letters and leetspeak; the same for all languages."""
    if len(word) > _LONGEST:
        return word
    if not word.isalpha() and not word.isdecimal():
        word = _without_leet(word, known)
    if _STRETCHED.search(word):
        word = _unstretched(word, known)
    return word


def _unstretched(word: str, known: frozenset[str]) -> str:
    double = _STRETCHED.sub(r"\1\1", word)
    return double if double in known else _STRETCHED.sub(r"\1", word)


def _without_leet(word: str, known: frozenset[str]) -> str:
    plain = word.translate(_LEET)
    if plain in known:
        return plain
    other = word.translate(_LEET_L)
    if other in known:
        return other
    return plain if _INNER_LEET.search(word) and not word[:2].isdecimal() else word


def taken_apart(word: str, known: frozenset[str]) -> str:
    """Return "iwanttodie" as "i want to die" where every piece is known, else the word."""
    if not _RUN_TOGETHER <= len(word) <= _LONGEST or not word.isascii():
        return word
    best: list[tuple[int, int] | None] = [None] * (len(word) + 1)
    best[0] = (0, 0)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_PIECE), end):
            before = best[start]
            if before is not None and word[start:end] in known:
                now = best[end]
                if now is None or before[0] + 1 < now[0]:
                    best[end] = (before[0] + 1, start)
    return _joined(word, best)


def _joined(word: str, best: list[tuple[int, int] | None]) -> str:
    last = best[-1]
    if last is None or last[0] < 2 or last[0] * 2 > len(word):
        return word
    pieces: list[str] = []
    end = len(word)
    while end and (step := best[end]) is not None:
        pieces.append(word[step[1] : end])
        end = step[1]
    # Two pieces are often one honest word ("bedroom"): only long ones count.
    return " ".join(reversed(pieces)) if len(pieces) > 2 or min(map(len, pieces)) >= _LONG_PIECE else word


def _deletions(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


@dataclass(frozen=True, slots=True)
class Repairs:
    """What an unlisted word may be in each language: text-speak, a typo one letter away, a spelling by ear."""

    text_speak: Mapping[str, tuple[tuple[str, str], ...]] = field(repr=False)
    words: Mapping[str, tuple[str, ...]] = field(repr=False)
    near: Mapping[str, tuple[tuple[str, str], ...]] = field(repr=False)
    by_ear: Mapping[str, Mapping[str, str]] = field(repr=False)

    def of(self, word: str) -> dict[str, str]:
        """Return the listed word that an unlisted one most likely is, per language that has one."""
        if len(word) > _LONGEST or not word.isascii():
            return {}
        found = self._by_ear(word) if len(word) >= SHORTEST_KEY else {}
        if len(word) >= _MISSING_LETTER:
            found.update(self._nearest(word))
        return found

    def _by_ear(self, word: str) -> dict[str, str]:
        keyed = ((language, words.get(KEYS[language](word))) for language, words in self.by_ear.items())
        return {language: heard for language, heard in keyed if heard is not None}

    def _nearest(self, word: str) -> dict[str, str]:
        size = len(word)
        found = {language: near for language, near in self.near.get(word, ()) if len(near) == size + 1}
        for shorter in _deletions(word):
            if size > _EXTRA_LETTER and (languages := self.words.get(shorter)) is not None:
                found.update((language, shorter) for language in languages)
            for language, near in self.near.get(shorter, ()):
                if len(near) == size and (size >= _OTHER_LETTER or sorted(near) == sorted(word)):
                    found[language] = near
        return found


Reading = tuple[str, tuple[tuple[str, str], ...]]
"""A word as it stands, and what each language may mean by it; "" is for all languages."""


class Readings(dict[str, Reading]):
    """What each word may be read as, worked out once: most words come again, in anybody's messages.

    Bounded, in memory only. Words with digits in them, and very long ones, are not kept.
    """

    def __init__(self, known: frozenset[str], mended: Repairs) -> None:
        self.known = known
        self.mended = mended

    def __missing__(self, word: str) -> Reading:
        reading = self._read(word)
        if len(word) <= _LONGEST_KEPT and not any(map(str.isdigit, word)):
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = reading
        return reading

    def _read(self, typed: str) -> Reading:
        word = typed if typed in self.known else neutral(typed, self.known)
        if word in self.mended.text_speak:
            return word, self.mended.text_speak[word]
        if word in self.known or len(word) <= _SHORTEST_MENDED:
            return word, ()
        meanings = tuple(self.mended.of(word).items())
        apart = taken_apart(word, self.known)
        return word, meanings if apart == word else (*meanings, ("", apart))


def repairs(words: Mapping[str, Iterable[str]], text_speak: Mapping[str, Mapping[str, str]]) -> Repairs:
    """Return the repairs for the single words that each language's lists hold."""
    listed = {language: sorted({w for w in each if w.isascii() and w.isalpha()}) for language, each in words.items()}
    pairs = [(language, word) for language, each in listed.items() for word in each]
    near = ((shorter, (lang, w)) for lang, w in pairs if len(w) >= _MISSING_LETTER for shorter in _deletions(w))
    long_words = ((w, lang) for lang, w in pairs if len(w) >= _EXTRA_LETTER)
    speak = ((short, (lang, long)) for lang, each in text_speak.items() for short, long in each.items())
    by_ear = {lang: _sounds(lang, listed[lang]) for lang in KEYS if lang in listed}
    return Repairs(_grouped(speak), _grouped(long_words), _grouped(near), by_ear)


def _sounds(language: str, words: Iterable[str]) -> dict[str, str]:
    key = KEYS[language]
    return {sound: word for word in words if len(sound := key(word)) >= SHORTEST_KEY}


def _grouped(pairs: Iterable[tuple[str, _T]]) -> dict[str, tuple[_T, ...]]:
    groups: dict[str, list[_T]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return {name: tuple(dict.fromkeys(values)) for name, values in groups.items()}
