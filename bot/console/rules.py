"""Who may come through a route. Every route declares its rule; a route without one does not start."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.cases.permissions import DESK_ROLES


@dataclass(frozen=True, slots=True)
class Rule:
    """`roles`: who may come, of those signed in (empty: everybody signed in). `anyone`: no sign-in needed.

    `case`: one of these actions must be allowed on the case in the address. `live`: asked for by the page itself, so it
    does not count as being at work and does not keep the session alive. `unfinished`: for those who gave their passphrase
    and have yet to set a second factor up, and for nobody else. `proven`: only within five minutes after she gave her passphrase
    or a code once more; a form's page must lie one step above it.
    """

    roles: frozenset[str] = frozenset()
    anyone: bool = False
    case: tuple[str, ...] = ()
    live: bool = False
    unfinished: bool = False
    proven: bool = False


ANYONE = Rule(anyone=True)
SIGNED_IN = Rule()
UNFINISHED = Rule(unfinished=True)
DESK = Rule(DESK_ROLES)
DESK_LIVE = Rule(DESK_ROLES, live=True)
LEADS = Rule(frozenset({"supervisor", "lead", "deputy", "focal_point"}))
AUDITOR = Rule(frozenset({"auditor"}))
AUDITOR_AGAIN = Rule(frozenset({"auditor"}), proven=True)
OPERATOR = Rule(frozenset({"operator"}))


def on_case(*actions: str, live: bool = False, proven: bool = False) -> Rule:
    """Return the rule: one of these actions is allowed to her on this case."""
    return Rule(DESK_ROLES, case=actions, live=live, proven=proven)


class RouteWithoutRule(Exception):
    """A route says not who may come."""

    def __init__(self, route: web.AbstractRoute) -> None:
        super().__init__(
            f"the route {route.method} {route.resource} declares no rule. Add one in bot/console/routes.py."
        )


def check_rules(app: web.Application) -> None:
    """Raise RouteWithoutRule unless every route of the application was registered with a rule."""
    for route in app.router.routes():
        if not isinstance(getattr(route.handler, "rule", None), Rule):
            raise RouteWithoutRule(route)
