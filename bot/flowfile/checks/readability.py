"""W510: sentences are short and words are not long, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.checks.placeholders import PLACE
from bot.flowfile.draft import MESSAGES
from bot.flowfile.problem import Problem

MOST_WORDS = 12
LONGEST_WORD = {"en": 13, "nl": 18, "sw": 16, "fil": 17}
USUAL_LONGEST = 15
ARTICLES = frozenset({"a", "an", "the", "de", "het", "een"})
"""They are no effort to read, so they do not count."""
UNSPACED = {"km": 90, "lo": 90, "my": 90, "th": 90}
"""Languages that put no space between words: letters in a sentence instead."""
_END = re.compile(r"[.!?…。។៕।\n]+|: |; ")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


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
        if (most := UNSPACED.get(language)) is not None:
            if sum(map(len, words)) > most:
                return f"a sentence of {sum(map(len, words))} letters"
        elif len(words) > MOST_WORDS:
            return f"a sentence of {len(words)} words (“{' '.join(words[:3])} …”)"
        elif long := next((w for w in words if len(w) > LONGEST_WORD.get(language, USUAL_LONGEST)), ""):
            return f"the word '{long}'"
    return ""
