"""One sentence in her language: catalogue, plural form, placeholders. In the hot path of every turn.

A value is put in once and never expanded again: what somebody typed with braces stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from gettext import c2py

from babel import UnknownLocaleError
from babel.messages.plurals import get_plural

from bot.model.campaign import Catalogue
from bot.model.words import Value, Words
from bot.texts.moments import in_digits

Catalogues = Mapping[str, Mapping[str, Catalogue]]
"""language -> domain (flows, bot, console) -> catalogue."""

ENGLISH = "en"
OWN_DOMAINS = frozenset({"bot", "console"})
PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
NO_FILLS: Mapping[str, str] = {}


def say(catalogues: Catalogues, language: str, words: Words, fills: Mapping[str, str] = NO_FILLS) -> str:
    """Return the sentence in her language, else in English, else as written in the flow.

    `words.values` go before `fills`; a placeholder that neither knows stays empty.
    """
    text = _template(catalogues, language, words)
    if "{" not in text:
        return text
    return PLACE.sub(lambda found: _value(catalogues, language, words, fills, found[1]), text)


def _template(catalogues: Catalogues, language: str, words: Words) -> str:
    domain = words.context if words.context in OWN_DOMAINS else "flows"
    key = (words.context, words.source)
    for tongue in (language, ENGLISH):
        forms = catalogues.get(tongue, {}).get(domain, {}).get(key)
        if forms:
            return _form(tongue, forms, words.count)
    several = words.plural is not None and words.count is not None and words.count != 1
    return words.plural if several and words.plural is not None else words.source


def _form(language: str, forms: tuple[str, ...], count: int | None) -> str:
    if len(forms) == 1 or count is None:
        return forms[0]
    return forms[min(plural_rule(language)(abs(count)), len(forms) - 1)]


@cache
def plural_rule(language: str) -> Callable[[int], int]:
    """Return which plural form a number takes in a language, in the order of its .po files."""
    rule: Callable[[int], int] = c2py(plural_expression(language)[1])
    return rule


@cache
def plural_expression(language: str) -> tuple[int, str]:
    """Return how many plural forms a language has and how one is chosen; a language nobody knows counts like English."""
    for known in (language, language.split("_")[0]):
        with suppress(UnknownLocaleError, ValueError):
            found = get_plural(known)
            return int(found.num_plurals), str(found.plural_expr)
    return 2, "(n != 1)"


def _value(catalogues: Catalogues, language: str, words: Words, fills: Mapping[str, str], name: str) -> str:
    value: Value | Words | None = words.values.get(name)
    if value is None:
        value = words.count if name == "n" and words.count is not None else fills.get(name, "")
    if isinstance(value, Words):
        return say(catalogues, language, value, fills)
    # What staff read keeps 0 to 9: it stands beside times and numbers that they compare and copy.
    return in_digits(language, str(value)) if isinstance(value, int) and words.context != "console" else str(value)
