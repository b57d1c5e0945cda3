"""E304, E504, E505, W506: what stands in braces is declared, and nothing private is ever shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import FlowDraft, Spot
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem

FILLED = ("helpline", "read_by", "opens_at")
"""What the renderer knows by itself."""

PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def names_in(text: str) -> set[str]:
    """Return the names in braces."""
    return set(PLACE.findall(text)) if "{" in text else set()


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each name in a text that cannot or must not be shown."""
    for spot in look.flow.spots:
        for text in (spot.words.source, spot.words.plural or ""):
            if "{" in text or "}" in text:
                yield from _text(look.flow, spot, text)


def _text(flow: FlowDraft, spot: Spot, text: str) -> Iterator[Problem]:
    rest = PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        yield flow.problem("E505", spot.path, "braces hold a simple name", "as in {helpline}; leave out other braces")
    for name in sorted(names_in(text)):
        yield from _name(flow, spot, name)


def _name(flow: FlowDraft, spot: Spot, name: str) -> Iterator[Problem]:
    variable = flow.flow.remembers.get(name)
    if name in FILLED or (name == "checked" and flow.flow.checked) or (name == "n" and spot.words.plural is not None):
        return
    if variable is None:
        hint = did_you_mean(name, [*FILLED, *flow.flow.remembers])
        yield flow.problem("E504", spot.path, f"shows {{{name[:60]}}}, which is not declared", hint)
    elif variable.private:
        hint = "take it out: somebody else may look at the phone"
        where = "in a reminder" if spot.role == "remind" else "in a text"
        yield flow.problem("E304", spot.path, f"shows {{{name}}} {where}, and it is private", hint)
    elif variable.kind in ("one_of", "seen"):
        hint = "decide on it, and write one text for each answer"
        yield flow.problem("W506", spot.path, f"{{{name}}} shows the answer's code, in no language", hint)
