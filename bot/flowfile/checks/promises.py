"""W311: a help text promises nothing that nobody can keep: soon, secret, anonymous, 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.flowfile.checks.first_words import word_table
from bot.flowfile.checks.look import Look
from bot.flowfile.checks.spoken import own_sentences
from bot.flowfile.draft import MESSAGES, Draft
from bot.flowfile.problem import Problem, severity_of

HINT = "say what is certain: 'You are in line. We try to read by {read_by}.'"


@lru_cache
def _pattern(language: str) -> re.Pattern[str]:
    words = word_table("promises").get(language, word_table("promises")["en"])
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for each such word in a help text."""
    for said in look.said if look.helps else ():
        if said.spot.role not in MESSAGES:
            continue
        if found := _pattern(said.language).search(said.text):
            yield said.flow.problem("W311", said.spot.path, f"promises '{found[0]}'{said.where}", HINT)


def own(draft: Draft) -> Iterator[Problem]:
    """Return a warning for each such word in what the bot says by itself."""
    for said in own_sentences(draft):
        if found := _pattern(said.language).search(said.text):
            message = f"'{said.key}' promises '{found[0]}'"
            yield Problem("W311", said.file, 1, 1, "", message, HINT, severity_of("W311"))
