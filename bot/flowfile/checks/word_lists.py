"""E207: every word list that a flow names is there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each name that no file of flows/words/ has under `lists`."""
    known = look.around.word_lists
    for use in look.flow.lists:
        if use.name not in known:
            message = f"there is no word list '{use.name[:60]}' in flows/words/"
            yield look.flow.problem("E207", use.path, message, did_you_mean(use.name, known))
