"""E112: a menu has stories in it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each `menu` that no flow says it stands in."""
    known = look.around.menus
    for use in look.flow.menus:
        if use.name not in known:
            hint = did_you_mean(use.name, known) or f"add to a flow: starts: {{menu: {use.name}}}"
            yield look.flow.problem("E112", use.path, f"no flow stands in the menu '{use.name[:60]}'", hint)
