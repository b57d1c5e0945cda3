"""E209: pictures and voice files are there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each file that is missing."""
    for flow in draft.flows.values():
        for use in flow.media:
            if use.name not in draft.media:
                folder = "voices" if use.path[-1] == "voice" else "pictures"
                hint = did_you_mean(use.name, draft.media) or f"put the file into flows/{folder}/"
                yield flow.problem("E209", use.path, f"the file '{use.name[:60]}' is missing", hint)
