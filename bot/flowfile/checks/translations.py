"""E501, E502, W503, E507, E508, W509, E511: every text is there in every enabled language, up to date, with the same placeholders
and all plurals."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.catalogues import SOURCE_LANGUAGE, exceptions_of
from bot.flowfile.checks.look import Look
from bot.flowfile.checks.placeholders import names_in
from bot.flowfile.draft import FlowDraft, Spot
from bot.flowfile.problem import Problem
from bot.model.campaign import Catalogue
from bot.texts import plural_expression


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each translation that is missing, stale, or does not fit its text."""
    flow, safe = look.flow, look.helps
    said = dict(look.around.catalogues)
    for language, book in look.around.books:
        if language == SOURCE_LANGUAGE:
            continue
        catalogue, forms = said[language], plural_expression(language)[0]
        odd = exceptions_of(flow, language, book, safety=safe)
        for spot in flow.spots:
            found = odd.get((spot.words.context, spot.words.source))
            if found is not None and found.state == "stale":
                yield _stale(flow, spot, language, safe=safe)
            else:
                yield from _spot(flow, spot, language, catalogue, forms, safe=safe)


def _stale(flow: FlowDraft, spot: Spot, language: str, *, safe: bool) -> Problem:
    message = f"the translation to '{language}' is older than this text ({spot.words.context})"
    hint = f"renew it in locales/{language}/LC_MESSAGES/flows.po"
    same = f"; does it mean the same? safebot flows update --lang {language} --same {spot.words.context}"
    return flow.problem("E508" if safe else "W509", spot.path, message, hint + same)


def _spot(
    flow: FlowDraft, spot: Spot, language: str, catalogue: Catalogue, forms: int, *, safe: bool
) -> Iterator[Problem]:
    found = catalogue.get((spot.words.context, spot.words.source))
    if not found:
        code = _missing(flow, safe=safe)
        message = f"the translation to '{language}' is missing ({spot.words.context})"
        yield flow.problem(code, spot.path, message, f"translate it in locales/{language}/LC_MESSAGES/flows.po")
        return
    if spot.words.plural is not None and len(found) < forms:
        message = f"'{language}' needs {forms} plural forms and has {len(found)}"
        yield flow.problem("E507", spot.path, message, f"see locales/{language}/LC_MESSAGES/flows.po")
    yield from _placeholders(flow, spot, language, found)


def _missing(flow: FlowDraft, *, safe: bool) -> str:
    """Help words must be there before they go live; a story may be told in English until it is translated."""
    starts = flow.flow.starts
    story = bool(starts.menu) and not starts.hits
    return ("E511" if story else "E502") if safe else "W503"


def _placeholders(flow: FlowDraft, spot: Spot, language: str, found: tuple[str, ...]) -> Iterator[Problem]:
    wanted = names_in(spot.words.source) | names_in(spot.words.plural or "")
    for form in found:
        there = names_in(form)
        # A plural form may do without its number: "one star".
        free = {"n"} if spot.words.plural is not None else set()
        if (there ^ wanted) - free or there - wanted:
            odd = ", ".join(f"{{{name}}}" for name in sorted(there ^ wanted))
            message = f"text and translation to '{language}' differ in {odd}"
            yield flow.problem("E501", spot.path, message, f"see {spot.words.context} in flows.po")
            return
