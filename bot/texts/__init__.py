"""Words and languages: catalogues from .po bytes, sentences with plural forms and placeholders, times as people say them.

Pure: it reads bytes it is given, never a file.
"""

from __future__ import annotations

from bot.texts.catalogue import BadCatalogue, parse_po
from bot.texts.last_resort import last_resort, last_resort_helplines
from bot.texts.marking import mark
from bot.texts.moments import when
from bot.texts.sentences import PLACE, plural_expression, say

__all__ = [
    "PLACE",
    "BadCatalogue",
    "last_resort",
    "last_resort_helplines",
    "mark",
    "parse_po",
    "plural_expression",
    "say",
    "when",
]
