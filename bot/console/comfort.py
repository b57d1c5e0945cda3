"""What makes the pages easier on her, on this browser: single keys off, no colours. A cookie of her own; no script needed."""

from __future__ import annotations

from aiohttp import web

from bot.console.page import Page, go

KEPT_FOR = 365 * 24 * 3600


async def comfort_form(page: Page) -> web.Response:
    """Keep her choices. Keys are asked the other way round: a box that is ticked means that they work."""
    picked = {"no_keys": not await page.field("keys"), "grey": bool(await page.field("grey"))}
    response = go("/shift#comfort")
    response.set_cookie(
        page.comfort_cookie,
        "+".join(name for name, yes in picked.items() if yes),
        max_age=KEPT_FOR,
        path="/",
        secure=page.console.options.secure,
        httponly=True,
        samesite="Strict",
    )
    return response


async def away(page: Page) -> web.Response:
    """Show a page that tells nothing: where Hide leads when no script runs."""
    return page.show("away.html")
