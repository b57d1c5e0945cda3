"""The language of the pages: hers once she is signed in, kept with her; before that the browser's."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.console.back import back_of
from bot.console.page import Page, go
from bot.console.tongue import LANGUAGE, languages_of

KEPT_FOR = 365 * 24 * 3600


async def language_form(page: Page) -> web.Response:
    """Keep the language she chose, and show the page she came from in it."""
    language = await page.field(LANGUAGE)
    response = go(back_of(page))
    if language in languages_of(page.console.campaign()):
        await page.console.store.save_staff(replace(page.me, language=language))
        keep_language(page, response, language)
    return response


def keep_language(page: Page, response: web.Response, language: str) -> None:
    """Let the browser remember a language, for the page on which she signs in."""
    response.set_cookie(
        page.console.cookie(LANGUAGE),
        language,
        max_age=KEPT_FOR,
        path="/",
        secure=page.console.options.secure,
        httponly=True,
        samesite="Strict",
    )
