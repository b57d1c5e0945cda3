"""E317: where the harm is within the family, no text names family as the next step: it may be one of them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.checks.wording import words_of
from bot.flowfile.problem import Problem

WITHIN = frozenset({"violence_home", "sexual_abuse", "harmful_practice"})
HINT = "say 'a kind person' or 'someone who cares for you'"


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each family member in help words for harm within the family."""
    for said in look.said if WITHIN & look.flow.flow.starts.categories else ():
        pattern = words_of("family", said.language)
        if pattern is not None and (found := pattern.search(said.text)):
            yield look.flow.problem("E317", said.spot.path, f"names '{found[0]}'{said.where}", HINT)
