"""E112, W227: a menu has stories in it, and a story stands in a menu that somebody is shown."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import Draft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each `menu` that no flow says it stands in."""
    known = look.around.menus
    for use in look.flow.menus:
        if use.name not in known:
            hint = did_you_mean(use.name, known) or f"add to a flow: starts: {{menu: {use.name}}}"
            yield look.flow.problem("E112", use.path, f"no flow stands in the menu '{use.name[:60]}'", hint)


def unshown(draft: Draft) -> Iterator[Problem]:
    """Return a warning for each story whose menu no question shows, once a campaign shows any menu."""
    shown = {use.name for flow in draft.flows.values() for use in flow.menus}
    for flow in draft.flows.values():
        menu = flow.flow.starts.menu
        if shown and menu and menu not in shown:
            message = f"no question shows the menu '{menu[:60]}', so nobody finds this story there"
            yield flow.problem("W227", ("starts", "menu"), message, did_you_mean(menu, shown))
