"""A message in several views: as its words stand, and as each language's text-speak and typos may mean them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from bot.detect.hearing import Hearing
from bot.detect.tokens import Token

_LETTERS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a message: words between single spaces, and the token each came from. `language` '' is for all."""

    language: str
    text: str
    starts: tuple[int, ...]
    tokens: tuple[Token, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the view stands in the text as typed."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(start, end - 1)) - 1
        return self._original(first, start, 0), self._original(last, end - 1, 1)

    def _original(self, index: int, position: int, end: int) -> int:
        token = self.tokens[max(0, index)]
        if token.offsets is None:
            return token.end if end else token.start
        inside = min(max(0, position - self.starts[index]), len(token.offsets) - 1)
        return token.offsets[inside] + end


def views(hearing: Hearing, tokens: list[Token]) -> list[View]:
    """Return the message as it stands, then one more view for each language that may mean something else by it."""
    tokens = _spelled_out(tokens)
    words: list[str] = []
    changes: dict[str, dict[int, str]] = {}
    for index, token in enumerate(tokens):
        word, meanings = hearing.readings[token.word]
        words.append(word)
        for language, meant in meanings:
            changes.setdefault(language, {})[index] = meant
    apart_here = changes.get("", {})
    changed = [_changed(lang, words, {**apart_here, **each}, tokens) for lang, each in changes.items()]
    return [_view("", words, tokens), *changed]


def _changed(language: str, words: list[str], changes: dict[int, str], tokens: list[Token]) -> View:
    return _view(language, [changes.get(i, w) for i, w in enumerate(words)], tokens)


def _view(language: str, words: list[str], tokens: list[Token]) -> View:
    starts, position = [], 1
    for word in words:
        starts.append(position)
        position += len(word) + 1
    return View(language, f" {' '.join(words)} ", tuple(starts), tuple(tokens))


def _spelled_out(tokens: list[Token]) -> list[Token]:
    """Return the words with "k i l l" put together."""
    if sum(len(t.word) == 1 for t in tokens) < _LETTERS_IN_A_ROW:
        return tokens
    out: list[Token] = []
    row: list[Token] = []
    for token in [*tokens, None]:
        if token is not None and len(token.word) == 1 and token.word.isalpha():
            row.append(token)
            continue
        out.extend([_joined(row)] if len(row) >= _LETTERS_IN_A_ROW else row)
        row = []
        if token is not None:
            out.append(token)
    return out


def _joined(row: list[Token]) -> Token:
    return Token("".join(t.word for t in row), row[0].start, row[-1].end)
