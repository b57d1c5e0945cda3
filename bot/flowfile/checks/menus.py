"""E112: a menu has stories in it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each `menu` that no flow says it stands in."""
    known = {flow.flow.starts.menu for flow in draft.flows.values()} - {""}
    for flow in draft.flows.values():
        for use in flow.menus:
            if use.name not in known:
                hint = did_you_mean(use.name, known) or f"add to a flow: starts: {{menu: {use.name}}}"
                yield flow.problem("E112", use.path, f"no flow stands in the menu '{use.name[:60]}'", hint)
