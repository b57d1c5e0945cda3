"""W408: texts are plain. A tag or a star for bold would be seen as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.problem import Problem

TAG = re.compile(
    r"</?[A-Za-z][^<>\n]{0,60}>|&(?:lt|gt|amp|quot|nbsp);|\*\*[^*\n]+\*\*|__[^_\n]+__|\[[^\]\n]+\]\([^)\n]+\)"
)


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for each text with markup in it."""
    for said in look.said:
        if found := TAG.search(said.text):
            message = f"'{found[0][:40]}' would be seen as it is written{said.where}"
            yield look.flow.problem("W408", said.spot.path, message, "write plain words; an emoji may stand for bold")
