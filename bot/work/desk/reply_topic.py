"""Whether a reply names the topic: it may not be she who reads, so the first words show nothing until she does.

The words stand in flows/replies/*.yaml under `topic_words:`. They are not for the ear: it would listen for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from bot.model.campaign import Campaign
from bot.model.case import Case

PAUSE = timedelta(hours=1)
"""After so long somebody else may hold the phone."""


def opens_a_talk(case: Case, now: datetime) -> bool:
    """Return whether the next reply is the first one, or comes after a pause."""
    if case.last_ours_at is None:
        return True
    return case.last_hers_at is None or now - case.last_hers_at > PAUSE


def names_topic(text: str, campaign: Campaign) -> bool:
    """Return whether a reply holds a word that shows the topic, in any of the campaign's languages."""
    words = tuple(word for words in campaign.topic_words.values() for word in words)
    return bool(words) and _pattern(words).search(text.casefold()) is not None


@lru_cache(maxsize=4)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_each(words)))


def _each(words: Iterable[str]) -> Iterable[str]:
    """Scripts without blanks between words, and endings that grow on words, are found inside; others as whole words."""
    for word in sorted(words, key=len, reverse=True):
        plain = re.escape(word.casefold())
        yield rf"\b{plain}\b" if word.isascii() else plain
