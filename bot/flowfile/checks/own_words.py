"""E512, E508, E507, E501: what the bot says by itself is there in every enabled language, up to date, whole, and with the
same placeholders. Any of it may be a help text."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.catalogues import SOURCE_LANGUAGE
from bot.flowfile.checks.placeholders import names_in
from bot.flowfile.draft import Draft
from bot.flowfile.problem import Problem, severity_of
from bot.flowfile.translating.book import Book, Translation
from bot.flowfile.translating.own import is_stale
from bot.flowfile.translating.pseudo import PSEUDO
from bot.texts import plural_expression

NOTHING = Book("")


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each sentence of ours that a language lacks, or says otherwise than English."""
    english = draft.own.get(SOURCE_LANGUAGE, NOTHING)
    for language in draft.settings.languages:
        if language not in (SOURCE_LANGUAGE, PSEUDO):
            book = draft.own.get(language, NOTHING)
            for wanted in english.entries:
                if wanted.complete:
                    yield from _sentence(language, wanted, book.by_key.get((wanted.context, wanted.source)))


def _sentence(language: str, wanted: Translation, found: Translation | None) -> Iterator[Problem]:
    name = f"{wanted.context}/{wanted.source}"
    if found is None or not found.begun:
        hint = "run 'safebot flows update', then translate it; until then she reads English"
        yield _problem("E512", language, found, f"the translation of '{name}' to '{language}' is missing", hint)
        return
    forms = plural_expression(language)[0] if wanted.plural is not None else 1
    if len(found.forms) < forms or not found.complete:
        message = f"'{name}' needs {forms} plural forms and has {sum(map(bool, found.forms))}"
        yield _problem("E507", language, found, message, f"fill in msgstr[0] to msgstr[{forms - 1}]")
    if is_stale(found, wanted):
        hint = f"translate it anew; does it mean the same? safebot flows update --lang {language} --same {name}"
        yield _problem("E508", language, found, f"the translation of '{name}' is older than its English", hint)
    if odd := _odd_names(wanted, found):
        names = ", ".join(f"{{{place}}}" for place in odd)
        yield _problem("E501", language, found, f"'{name}' and its English differ in {names}", "write braces as there")


def _odd_names(wanted: Translation, found: Translation) -> list[str]:
    """Return the placeholders that stand on one side only; a plural form may do without its number."""
    names = {name for form in wanted.forms for name in names_in(form)}
    free = {"n"} if wanted.plural is not None else set()
    return sorted({name for form in found.forms if form for name in (names_in(form) ^ names) - free})


def _problem(code: str, language: str, found: Translation | None, message: str, hint: str) -> Problem:
    line = found.line if found is not None and found.line else 1
    return Problem(code, f"locales/{language}/LC_MESSAGES/bot.po", line, 1, "", message, hint, severity_of(code))
