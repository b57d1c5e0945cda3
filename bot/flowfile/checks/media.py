"""E209: pictures and voice files are there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each file that is missing."""
    for use in look.flow.media:
        voice = use.path[-1] == "voice"
        there = {name.rpartition("/")[2] for name in look.around.media} if voice else look.around.media
        if use.name not in there:
            folder = "voices/LANGUAGE" if voice else "pictures"
            hint = did_you_mean(use.name, there) or f"put the file into flows/{folder}/"
            yield look.flow.problem("E209", use.path, f"the file '{use.name[:60]}' is missing", hint)
