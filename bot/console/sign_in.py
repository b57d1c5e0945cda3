"""Signing in and out: a name, a passphrase and a code, or once by a link (demo only)."""

from __future__ import annotations

import secrets
from dataclasses import replace

from aiohttp import web

from bot.cases.permissions import DESK_ROLES
from bot.console.guard import GATE, KNOWN, SESSION
from bot.console.language import keep_language
from bot.console.page import Console, Page, go
from bot.console.tongue import LANGUAGE, languages_of, tongue_for
from bot.store.staff_records import Staff
from bot.work.desk.errors import NotPossible
from bot.work.staff.accounts import LONGEST_SESSION, UNFINISHED, SignedIn

OTHER_HOMES = {"operator": "operator", "auditor": "audit"}
KNOWN_FOR = 180 * 24 * 3600


async def sign_in_page(page: Page) -> web.Response:
    """Show the form, or go on when she is signed in."""
    if page.staff:
        return go(home_of(page.staff))
    asked = page.request.query.get(LANGUAGE, "")
    if asked in languages_of(page.console.campaign()):
        chosen = replace(page, tongue=tongue_for(asked, page.console.campaign()))
        response = _form(chosen)
        keep_language(page, response, asked)
        return response
    return _form(page)


async def sign_in(page: Page) -> web.Response:
    """Check name, passphrase and code. Who has no app yet goes on to set one up."""
    known = page.request.cookies.get(page.console.cookie(KNOWN), "")
    name, passphrase, code = [await page.field(field) for field in ("name", "passphrase", "code")]
    try:
        signed_in = await page.console.accounts.sign_in(name, passphrase, known, code)
    except NotPossible as error:
        return _form(page, page.tongue.explain(error), await page.field("name"))
    if not signed_in.session.whole:
        response = go("/second-factor")
        _set(page.console, response, SESSION, signed_in.cookie, int(UNFINISHED.total_seconds()))
        return response
    return with_cookies(page.console, go(home_of(signed_in.staff)), signed_in)


async def link(page: Page) -> web.Response:
    """Sign in by a one-use link. The page goes on by itself: a cookie that is strict does not survive a redirect that
    began in another window."""
    signed_in = await page.console.accounts.sign_in_by_link(page.request.match_info["code"])
    shown = page.show("signed_in.html", home=home_of(signed_in.staff), name=signed_in.staff.name)
    return with_cookies(page.console, shown, signed_in)


async def sign_out(page: Page) -> web.Response:
    """End this browser's session."""
    await page.console.accounts.sign_out(page.request.cookies.get(page.console.cookie(SESSION), ""))
    response = go("/sign-in")
    response.del_cookie(
        page.console.cookie(SESSION), secure=page.console.options.secure, httponly=True, samesite="Strict"
    )
    return response


async def home(page: Page) -> web.Response:
    """Go where she works."""
    return go(home_of(page.me))


def home_of(staff: Staff | None) -> str:
    """Return where somebody works."""
    if staff is None or DESK_ROLES & set(staff.roles):
        return "/queue"
    return next((f"/{place}" for role, place in OTHER_HOMES.items() if role in staff.roles), "/guide")


def _form(page: Page, trouble: str = "", name: str = "") -> web.Response:
    gate = page.request.cookies.get(page.console.cookie(GATE), "") or secrets.token_urlsafe(24)
    response = page.show("sign_in.html", 403 if trouble else 200, gate=gate, trouble=trouble, name=name)
    _set(page.console, response, GATE, gate, None)
    return response


def with_cookies(console: Console, response: web.Response, signed_in: SignedIn) -> web.Response:
    """Return the answer with the cookies of a browser that is signed in."""
    _set(console, response, SESSION, signed_in.cookie, int(LONGEST_SESSION.total_seconds()))
    _set(console, response, KNOWN, signed_in.known, KNOWN_FOR)
    return response


def _set(console: Console, response: web.Response, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        console.cookie(name),
        value,
        max_age=seconds,
        path="/",
        secure=console.options.secure,
        httponly=True,
        samesite="Strict",
    )
