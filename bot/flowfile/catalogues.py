"""Translations: locales/LANG/LC_MESSAGES/{flows,bot,console}.po of the enabled languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.flowfile.folder import DOMAINS, Folder
from bot.flowfile.problem import Problem
from bot.model.campaign import Catalogue
from bot.texts import BadCatalogue, parse_po

SOURCE_LANGUAGE = "en"
"""Flows are written in English; it needs no catalogue for them."""

MAX_BYTES = 8 * 1024 * 1024

Catalogues = dict[str, Mapping[str, Catalogue]]


def read_catalogues(folder: Folder, languages: tuple[str, ...]) -> tuple[Catalogues, list[Problem]]:
    """Return `catalogues[language][domain]` and the problems of files that cannot be read or are missing."""
    problems: list[Problem] = []
    found: Catalogues = {}
    for language in languages:
        domains = {domain: _read(folder, language, domain, problems) for domain in DOMAINS}
        found[language] = {domain: catalogue for domain, catalogue in domains.items() if catalogue is not None}
    return found, problems


def _read(folder: Folder, language: str, domain: str, problems: list[Problem]) -> Catalogue | None:
    path = folder.catalogue(language, domain)
    label = f"locales/{language}/LC_MESSAGES/{domain}.po"
    if not path.is_file():
        if domain == "flows" and language != SOURCE_LANGUAGE:
            hint = f"add the file, or take '{language}' out of languages in flows/campaign.yaml"
            problems.append(Problem("E603", label, 1, 1, "", f"'{language}' is enabled and has no catalogue", hint))
        return None
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_BYTES:
            raise BadCatalogue("it is larger than 8 MiB")
        return _parsed(raw)
    except (BadCatalogue, OSError) as error:
        hint = "open it in a translation editor, or take the last version that worked"
        problems.append(Problem("E608", label, 1, 1, "", f"the catalogue cannot be read: {error}"[:200], hint))
        return None


@lru_cache(maxsize=64)
def _parsed(raw: bytes) -> Catalogue:
    """Return the catalogue; a file that has not changed since the last reload is not parsed again."""
    return parse_po(raw)
