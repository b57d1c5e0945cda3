"""The style sheet, the two scripts and the icon: four files, served by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from aiohttp import web

from bot.console.page import Page

KINDS = {
    "console.css": "text/css",
    "console.js": "text/javascript",
    "cover.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


async def file(page: Page) -> web.Response:
    """Answer one of the files; no other name exists."""
    name = page.request.match_info["name"]
    if name not in KINDS:
        raise web.HTTPNotFound
    return web.Response(text=_text(name), content_type=KINDS[name], charset="utf-8")


@cache
def _text(name: str) -> str:
    return (files("bot.console") / "static" / name).read_text(encoding="utf-8")
