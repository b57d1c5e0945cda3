"""Word lists: which of them a whole message is (`help`, `stop`, `yes_words` …), in any language."""

from __future__ import annotations

from typing import Final

from bot.detect.hearing import Hearing
from bot.detect.views import View

_MOST_WORDS: Final = 8
NONE_MATCH: Final[frozenset[str]] = frozenset()


def word_lists(hearing: Hearing, views: list[View]) -> frozenset[str]:
    """Return the names of the lists that hold this message as a whole, polite words and emoji aside."""
    if len(views[0].tokens) > _MOST_WORDS:
        return NONE_MATCH
    return NONE_MATCH.union(*(_of(hearing, view.text.split()) for view in views))


def _of(hearing: Hearing, words: list[str]) -> frozenset[str]:
    words = [w for w in words if w[0].isalnum()]
    found = hearing.lists.get(" ".join(words))
    if found is None:
        found = hearing.lists.get(" ".join(w for w in words if w not in hearing.fillers))
    return found or NONE_MATCH
