"""E401, E402, W404: texts fit into Telegram's messages and small phones, in every language."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import MESSAGES
from bot.flowfile.problem import Problem

MESSAGE, CAPTION, LABEL = 4096, 1024, 40
HELPLINES = 600
"""Room for three helplines with their costs and hours."""


def units(text: str) -> int:
    """Return a text's length as Telegram counts it: most emoji count two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each text that is too long."""
    for said in look.said:
        length = units(said.text) + (HELPLINES if "{helpline}" in said.text else 0)
        at, role = said.spot.path, said.spot.role
        if said.spot.caption and length > CAPTION:
            message = f"has {length} characters{said.where}, {CAPTION} fit under a picture"
            yield said.flow.problem("E402", at, message, "say it in a step of its own")
        elif role in MESSAGES and length > MESSAGE:
            message = f"has {length} characters{said.where}, {MESSAGE} fit"
            yield said.flow.problem("E401", at, message, "make two steps of it")
        elif (role == "label" or (role == "title" and said.flow.flow.starts.menu)) and length > LABEL:
            message = f"the label has {length} characters{said.where}, {LABEL} can be read on a small phone"
            yield said.flow.problem("W404", at, message, "two or three words are enough")
