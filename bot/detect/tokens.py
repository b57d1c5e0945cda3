"""From a text as typed to its words, each with the place it came from. Long texts: head and tail only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.detect.khmer import Marked, in_canonical_order
from bot.detect.letters import DEVANAGARI, KHMER, LETTER, LOOK_ALIKES, NOTHING, QUESTION, SPACE, STOP, SYMBOL, fold

HEAD: Final = 1200
TAIL: Final = 800
FLOOD: Final = 60
SHORT_WORD: Final = 6
FLOOD_TAIL: Final = 120
"""Words and their spaces are longer on average. Of a flood of single letters the first are read, and the last."""
BREAK: Final = "."
ASKS: Final = "?"

# A word, with an apostrophe or a leetspeak sign inside it; "k!ll" only after one or two letters, else it is a shout.
_ASCII_TOKEN: Final = re.compile(r"\$?[a-z0-9]{1,2}![a-z]+|\$?[a-z0-9]+(?:['`@$][a-z0-9]+)*|[.!?]+|\$")
_APOSTROPHES: Final = "'`’‘ʼ"


class Token(NamedTuple):
    """A word in its plain form, the stretch of the text it came from, and for Khmer the place of each character."""

    word: str
    start: int
    end: int
    offsets: tuple[int, ...] | None = None


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order; `.` and `?` stand for the end of a sentence."""
    if len(text) <= HEAD + TAIL:
        return _tokens(text, 0)
    tail = len(text) - TAIL
    return [*_tokens(text[:HEAD], 0), Token(BREAK, HEAD, tail), *_tokens(text[tail:], tail)]


def _tokens(text: str, base: int) -> list[Token]:
    """Return the words, or of a flood of single letters and signs the first and the last."""
    most = FLOOD + len(text) // SHORT_WORD
    found = _ascii_tokens(text, base) if text.isascii() else _Reader(base).read(text, most)
    if len(found) < most:
        return found
    found = found[:most]
    last = max(len(text) - FLOOD_TAIL, found[-1].end - base)
    end = _Reader(base + last).read(text[last:], FLOOD_TAIL) if last < len(text) else []
    return [*found, Token(BREAK, base + last, base + len(text)), *end] if end else found


def _ascii_tokens(text: str, base: int) -> list[Token]:
    found: list[Token] = []
    lower = text.lower()
    for match in _ASCII_TOKEN.finditer(lower):
        word, start, end = match.group(), match.start(), match.end()
        if word[0] in ".!?":
            _add_stop(found, lower, word, start + base, end + base, end)
        else:
            found.append(Token(word.replace("'", "").replace("`", ""), start + base, end + base))
    return found


def _add_stop(found: list[Token], text: str, word: str, start: int, end: int, after: int) -> None:
    """Keep what ends a sentence: not "…", not a dot inside a word or a number."""
    if "?" in word:
        found.append(Token(ASKS, start, end))
    elif "!" in word or (len(word) == 1 and (after >= len(text) or text[after].isspace())):
        found.append(Token(BREAK, start, end))


@dataclass(slots=True)
class _Word:
    kind: str
    chars: list[Marked]
    end: int


class _Reader:
    """Reads a text that is not plain ASCII, character by character."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.found: list[Token] = []
        self.word: _Word | None = None

    def read(self, text: str, most: int) -> list[Token]:
        for index, char in enumerate(text):
            if len(self.found) > most:
                break
            kind, plain = fold(char)
            word = self.word
            if word is not None and word.kind == kind and len(plain) == 1:  # mostly: one more letter of the same word
                word.chars.append((plain, index))
                word.end = index + 1
                continue
            if kind == NOTHING or (char in _APOSTROPHES and self._inside_word(text, index)):
                continue
            if char in "@$!" and self.word is not None and text[index + 1 : index + 2].isalpha():
                kind, plain = self._leet(char)
            self._take(kind, plain, index, text)
        self._flush()
        return self.found

    def _inside_word(self, text: str, index: int) -> bool:
        return self.word is not None and text[index + 1 : index + 2].isalnum()

    def _leet(self, char: str) -> tuple[str, str]:
        short = self.word is not None and len(self.word.chars) <= 2
        if char == "!" and not short:
            return STOP, ""
        return LETTER, char

    def _take(self, kind: str, plain: str, index: int, text: str) -> None:
        if kind in (LETTER, DEVANAGARI, KHMER):
            self._add(kind, plain, index)
        elif kind == SPACE:
            # Khmer puts spaces where it likes: they do not part its words.
            if self.word is not None and self.word.kind != KHMER:
                self._flush()
        else:
            self._flush()
            self._mark(kind, plain, index, text)

    def _add(self, kind: str, plain: str, index: int) -> None:
        if self.word is None or self.word.kind != kind:
            self._flush()
            self.word = _Word(kind, [], index + 1)
        self.word.chars.extend((c, index) for c in plain)
        self.word.end = index + 1

    def _mark(self, kind: str, plain: str, index: int, text: str) -> None:
        place = index + self.base
        if kind == SYMBOL:
            self.found.append(Token(plain, place, place + 1))
        elif kind == QUESTION:
            self.found.append(Token(ASKS, place, place + 1))
        elif text[index] != "." or (text[index + 1 : index + 2].isspace() and text[index - 1 : index] != "."):
            self.found.append(Token(BREAK, place, place + 1))

    def _flush(self) -> None:
        word, self.word = self.word, None
        if word is None or not word.chars:
            return
        chars = in_canonical_order(word.chars) if word.kind == KHMER and len(word.chars) > 2 else word.chars
        plain = "".join(c for c, _ in chars)
        if word.kind == LETTER:
            plain = _latin(plain)
        elif word.kind == DEVANAGARI:
            plain = plain.rstrip("\u094d")
        if plain:
            offsets = tuple(i + self.base for _, i in chars) if word.kind == KHMER else None
            self.found.append(Token(plain, word.chars[0][1] + self.base, word.end + self.base, offsets))


def _latin(word: str) -> str:
    """Return a word with look-alike letters made Latin, but only where it mixes alphabets."""
    if word.isascii() or not any("a" <= c <= "z" for c in word):
        return word
    return word.translate(LOOK_ALIKES)
