"""flows/CODES.md: a section for every code. `python -m bot.flowfile.code_pages flows/CODES.md` writes it."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.flowfile.codes import CODES
from bot.flowfile.cures import CURES

PARTS = {
    "0": "Reading the file",
    "1": "Fields and expressions",
    "2": "The way through a flow",
    "3": "Safety",
    "4": "Limits of Telegram and of small phones",
    "5": "Words and translations",
    "6": "The campaign",
    "7": "Test conversations",
}
HEAD = """# What the codes mean

`safebot flows check` names each mistake with a code. **E** is an error: the campaign does not go live with it.
**W** is a warning: worth a look. A code never changes its meaning. (Made by `python -m bot.flowfile.code_pages`.)
"""


def render() -> str:
    """Return the page's content."""
    parts = [_part(number, title) for number, title in PARTS.items()]
    return "\n".join([HEAD, *parts])


def _part(number: str, title: str) -> str:
    sections = [_section(code) for code in sorted(CODES, key=lambda code: code[1:]) if code[1] == number]
    return "\n".join([f"## {title}\n", *sections])


def _section(code: str) -> str:
    example, cure = CURES[code]
    return f"### {code}\n\n{CODES[code]}\n\n- For example: {_plain(example)}\n- Cure: {_plain(cure)}\n"


def _plain(text: str) -> str:
    """Return a sentence in which braces and stars stay what they are."""
    return text.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
