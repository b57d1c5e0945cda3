"""W510: sentences are short and words are not long, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.engine.labels import MARKS
from bot.flowfile.checks.look import Look
from bot.flowfile.checks.placeholders import PLACE
from bot.flowfile.checks.wording import LETTER, UNSPACED
from bot.flowfile.draft import MESSAGES
from bot.flowfile.problem import Problem

MOST_WORDS = 12
LONGEST_WORD = {"en": 13, "nl": 18, "sw": 16, "fil": 17, "ne": 12}
"""Letters; the vowel signs of Nepali are none."""
USUAL_LONGEST = 15
ARTICLES = frozenset({"a", "an", "the", "de", "het", "een"})
"""They are no effort to read, so they do not count."""
MOST_LETTERS = 54
"""In languages that put no space between words: twelve words of four and a half letters, vowel signs not counted."""
_END = re.compile(r"[.!?…。។៕।\n]+|: |; ")
_WORD = re.compile(rf"[^\W\d_](?:{LETTER})*(?:['’-](?:{LETTER})+)*")
_SIGNS = re.compile(rf"[{MARKS}\u200b-\u200d'’-]")


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for each text with a sentence that is hard to read."""
    for said in look.said:
        if said.spot.role in MESSAGES and (hard := hard_to_read(said.language, said.text)):
            hint = "make two sentences of it, with words an eleven-year-old uses"
            yield look.flow.problem("W510", said.spot.path, f"is hard to read{said.where}: {hard}", hint)


def hard_to_read(language: str, text: str) -> str:
    """Return what is hard in a text, '' when nothing is."""
    for sentence in _END.split(PLACE.sub("", text)):
        words = [word for word in _WORD.findall(sentence) if word.lower() not in ARTICLES]
        if language in UNSPACED:
            if (count := sum(map(_letters, words))) > MOST_LETTERS:
                return f"a sentence of {count} letters"
        elif len(words) > MOST_WORDS:
            return f"a sentence of {len(words)} words (“{' '.join(words[:3])} …”)"
        elif long := next((w for w in words if _letters(w) > LONGEST_WORD.get(language, USUAL_LONGEST)), ""):
            return f"the word '{long[:40]}'"
    return ""


def _letters(word: str) -> int:
    return len(word) if word.isascii() else len(_SIGNS.sub("", word))
