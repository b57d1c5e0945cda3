"""Setting an authenticator app up at the first sign-in, and showing once more that it is she."""

from __future__ import annotations

from io import BytesIO

import segno
from aiohttp import web

from bot.console.back import back_of
from bot.console.guard import SESSION
from bot.console.page import Page, go
from bot.console.sign_in import home_of, with_cookies
from bot.work.desk.errors import NotPossible


async def second_factor_page(page: Page) -> web.Response:
    """Show the key for her app, as a picture and to be typed."""
    return await _enrolment(page)


async def second_factor_form(page: Page) -> web.Response:
    """Take the first code of her app."""
    cookie = page.request.cookies.get(page.console.cookie(SESSION), "")
    if page.session is None:
        raise web.HTTPForbidden
    try:
        signed_in = await page.console.accounts.finish(page.me, page.session, await page.field("code"), cookie)
    except NotPossible as error:
        return await _enrolment(page, page.tongue.explain(error))
    return with_cookies(page.console, go(home_of(signed_in.staff)), signed_in)


async def _enrolment(page: Page, trouble: str = "") -> web.Response:
    enrolment = await page.console.accounts.enrolment(page.me)
    return page.show(
        "second_factor.html",
        403 if trouble else 200,
        key=enrolment.key,
        picture=_picture(enrolment.address),
        trouble=trouble,
    )


def _picture(address: str) -> str:
    """Return the QR code as SVG, drawn here: no other machine sees the key."""
    out = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=4, dark="#000", light="#fff", border=3, xmldecl=False, svgns=False, omitsize=True)
    return out.getvalue().decode()


async def confirm_page(page: Page) -> web.Response:
    """Ask for a passphrase or a code once more."""
    return page.show("confirm.html", back=back_of(page), trouble="")


async def confirm_form(page: Page) -> web.Response:
    """Take it, and go on to where she was going."""
    if page.session is None:
        raise web.HTTPForbidden
    try:
        await page.console.accounts.prove(page.me, page.session, await page.field("again"))
    except NotPossible as error:
        return page.show("confirm.html", 403, back=back_of(page), trouble=page.tongue.explain(error))
    return go(back_of(page))
