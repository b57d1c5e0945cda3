"""E207: every word list that a flow names is there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each name that no file of flows/words/ has under `lists`."""
    for flow in draft.flows.values():
        for use in flow.lists:
            if use.name not in draft.word_lists:
                message = f"there is no word list '{use.name[:60]}' in flows/words/"
                yield flow.problem("E207", use.path, message, did_you_mean(use.name, draft.word_lists))
