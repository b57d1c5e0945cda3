"""The one door of every route: who is it, may she, does the form carry her token. Only then the page is made."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web

from bot.console.page import CONSOLE, Console, Handler, Page, go
from bot.console.rules import Rule
from bot.console.tongue import LANGUAGE, Tongue, choose_language, tongue_for
from bot.store.staff_records import Session, Staff
from bot.texts import mark
from bot.work.desk.errors import NotYours

GATE = "gate"
SESSION = "session"
KNOWN = "known"
TONGUE = web.RequestKey("tongue", Tongue)
"""Where a request keeps the language it is answered in."""

SAFE = frozenset({"GET", "HEAD"})


class FormTooOld(Exception):
    """The form carries no token, or one of another session."""


def guarded(rule: Rule, handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return a handler for aiohttp that asks the rule first."""

    async def door(request: web.Request) -> web.StreamResponse:
        console = request.app[CONSOLE]
        signed_in = await _who(console, request, rule)
        request[TONGUE] = tongue_of(request, signed_in[0] if signed_in else None)
        if signed_in is None and not rule.anyone:
            return _sign_in_first(rule, request[TONGUE])
        page = Page(request, console, request[TONGUE], *(signed_in or (None, None)))
        await _ask(rule, page)
        if rule.proven and page.session is not None and not console.accounts.proven(page.session):
            return go(f"/confirm?back={quote(_page_of(request))}")
        return await handler(page)

    door.rule = rule  # type: ignore[attr-defined]  # the rule travels with the handler; `check_rules` reads it
    return door


async def _who(console: Console, request: web.Request, rule: Rule) -> tuple[Staff, Session] | None:
    cookie = request.cookies.get(console.cookie(SESSION), "")
    if rule.unfinished:
        return await console.accounts.unfinished(cookie)
    return await console.accounts.session(cookie, touch=not rule.live)


def tongue_of(request: web.Request, staff: Staff | None = None) -> Tongue:
    """Return the language in which this request is answered."""
    console = request.app[CONSOLE]
    campaign = console.campaign()
    return tongue_for(choose_language(request, staff, console.cookie(LANGUAGE), campaign), campaign)


def _sign_in_first(rule: Rule, tongue: Tongue) -> web.Response:
    """A page is answered by the sign-in form; what a page asks for by itself gets a plain 401, so that it can hide."""
    return web.Response(status=401, text=tongue.say(mark("Please sign in again."))) if rule.live else go("/sign-in")


def _page_of(request: web.Request) -> str:
    """Return the page she comes back to: a form's address lies one step below its page."""
    return request.path_qs if request.method in SAFE else request.path.rpartition("/")[0]


async def _ask(rule: Rule, page: Page) -> None:
    """Raise unless this person may come in here, and a form is really hers."""
    if not rule.anyone and rule.roles and not rule.roles & set(page.me.roles):
        raise NotYours
    if page.request.method not in SAFE:
        await _check_form(page)
    if rule.case and not await _any(page, rule.case):
        raise NotYours


async def _any(page: Page, actions: tuple[str, ...]) -> bool:
    for action in actions:
        if await page.console.desk.may(page.me, action, page.case_id):
            return True
    return False


async def _check_form(page: Page) -> None:
    """Every form carries the token of its session; before sign-in, the token of a cookie of its own."""
    expected = page.session.csrf if page.session else page.request.cookies.get(page.console.cookie(GATE), "")
    given = await page.field("csrf")
    if not expected or not hmac.compare_digest(expected.encode(), given.encode()):
        raise FormTooOld
