"""E501, E502, W503, E507: every text is there in every enabled language, with the same placeholders and all plurals."""

from __future__ import annotations

from collections.abc import Iterator

from babel.messages.plurals import get_plural

from bot.flowfile.catalogues import SOURCE_LANGUAGE
from bot.flowfile.checks.placeholders import names_in
from bot.flowfile.draft import Draft, FlowDraft, Spot
from bot.flowfile.problem import Problem
from bot.model.campaign import Catalogue


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each translation that is missing or does not fit its text."""
    for language in draft.settings.languages:
        catalogue = draft.catalogues.get(language, {}).get("flows")
        if language == SOURCE_LANGUAGE or catalogue is None:
            continue
        forms = int(get_plural(language).num_plurals)
        for flow, spot in draft.spots():
            yield from _spot(flow, spot, language, catalogue, forms)


def _spot(flow: FlowDraft, spot: Spot, language: str, catalogue: Catalogue, forms: int) -> Iterator[Problem]:
    found = catalogue.get((spot.words.context, spot.words.source))
    if not found:
        code = "E502" if flow.for_safety else "W503"
        message = f"the translation to '{language}' is missing ({spot.words.context})"
        yield flow.problem(code, spot.path, message, f"translate it in locales/{language}/LC_MESSAGES/flows.po")
        return
    if spot.words.plural is not None and len(found) < forms:
        message = f"'{language}' needs {forms} plural forms and has {len(found)}"
        yield flow.problem("E507", spot.path, message, f"see locales/{language}/LC_MESSAGES/flows.po")
    yield from _placeholders(flow, spot, language, found)


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
