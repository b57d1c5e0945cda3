"""Words of one kind in a text of any of our languages: where a word begins and ends differs from script to script.

Khmer writes no spaces between words, so a word counts wherever it stands. In Nepali small words grow onto the end of
another (`आमालाई`: to mother), and vowel signs are no letters for `\\w`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from bot.engine.labels import MARKS

UNSPACED = frozenset({"km", "lo", "my", "th"})
"""Languages that put no space between words."""

LETTER = rf"[^\W\d_]|[{MARKS}\u200c\u200d]"
GROWN = {
    "ne": "(?:हरू|हरु)?(?:ले|लाई|को|का|की|मा|बाट|सँग|सित|देखि|सम्म|द्वारा|भन्दा|तिर|लाइ)?",
}
"""What may stand at the end of a word and leaves it the same word."""

AS_PATTERNS = frozenset({"first_person", "risk"})
"""Tables whose words may hold signs of a pattern."""


@lru_cache
def word_table(name: str) -> dict[str, tuple[str, ...]]:
    """Return a table of words per language from words.json."""
    data = json.loads((files(__package__) / "words.json").read_text(encoding="utf-8"))
    return {language: tuple(words) for language, words in data[name].items()}


@lru_cache
def words_of(name: str, language: str, also: str = "", *, goes_on: bool = False) -> re.Pattern[str] | None:
    """Return what finds the words of a table in a text of this language (`also`: and those of another one), None where the
    table has none for it. `goes_on`: they are beginnings, a word counts however it goes on."""
    table = word_table(name)
    words = dict.fromkeys((*table.get(language, ()), *table.get(also, ())))
    return _pattern(words, language, plain=name not in AS_PATTERNS, goes_on=goes_on) if words else None


def _pattern(words: Iterable[str], language: str, *, plain: bool, goes_on: bool) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    any_of = "|".join(re.escape(word) if plain else _in_letters(word) for word in longest_first)
    if language in UNSPACED:
        return re.compile(f"(?:{any_of})", re.IGNORECASE)
    end = f"(?:{LETTER})*" if goes_on else f"{GROWN.get(language, '')}(?!{LETTER}|\\d)"
    return re.compile(rf"(?<![\w{MARKS}])(?:{any_of}){end}", re.IGNORECASE)


def _in_letters(word: str) -> str:
    """Let `\\w` stand for vowel signs, too."""
    return word.replace("\\w", f"(?:{LETTER})")
