"""A compiled-in copy of help words and numbers, for the moment when files or storage fail: help must never be empty.

`last_resort.json` is made from the campaign by `python -m bot.flowfile.last_resort FOLDER`; a test says when it is old.
"""

from __future__ import annotations

import json
from importlib.resources import files

_COPY = json.loads((files(__package__) / "last_resort.json").read_text(encoding="utf-8"))
_WORDS: dict[str, str] = _COPY["words"]
_NUMBERS: dict[str, list[str]] = _COPY["helplines"]

ENGLISH, WORLDWIDE = "en", "ZZ"
HOME = {"sw": "KE", "ne": "NP", "km": "KH", "fil": "PH", "nl": "NL"}
"""Where most who read a language live, for those who told no country."""


def last_resort(language: str, country: str) -> str:
    """Return honest help words with helplines, in her language or English; never empty, never failing."""
    tongue = _tongue(language)
    words = _WORDS.get(tongue) or _WORDS[ENGLISH]
    return words.replace("{helpline}", last_resort_helplines(tongue, country))


def last_resort_helplines(language: str, country: str) -> str:
    """Return helplines by country, else by language, else worldwide, a line each; never empty."""
    place = country if _NUMBERS.get(country) else HOME.get(_tongue(language), "")
    return "\n".join(_NUMBERS.get(place) or _NUMBERS[WORLDWIDE])


def _tongue(language: str) -> str:
    """Telegram says 'sw-KE'; we know languages by their first part."""
    return language.replace("_", "-").split("-")[0].lower()
