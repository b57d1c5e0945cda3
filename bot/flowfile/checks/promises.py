"""W311: a help text promises nothing that nobody can keep: soon, secret, anonymous, 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.flowfile.checks.first_words import word_table
from bot.flowfile.checks.spoken import own_sentences, spoken
from bot.flowfile.draft import MESSAGES, Draft
from bot.flowfile.problem import Problem, severity_of

HINT = "say what is certain: 'You are in line. We try to read by {read_by}.'"


@lru_cache
def _pattern(language: str) -> re.Pattern[str]:
    words = word_table("promises").get(language, word_table("promises")["en"])
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def check(draft: Draft) -> Iterator[Problem]:
    """Return a warning for each such word in a help text."""
    help_flows = draft.help_flows()
    for said in spoken(draft):
        if said.flow.flow.id not in help_flows or said.spot.role not in MESSAGES:
            continue
        if found := _pattern(said.language).search(said.text):
            yield said.flow.problem("W311", said.spot.path, f"promises '{found[0]}'{said.where}", HINT)
    for own in own_sentences(draft):
        if found := _pattern(own.language).search(own.text):
            message = f"'{own.key}' promises '{found[0]}'"
            yield Problem("W311", own.file, 1, 1, "", message, HINT, severity_of("W311"))
