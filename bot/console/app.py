"""The console as an aiohttp application: parts, routes, headers, and the one watcher of news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.console.answers import add_headers, say_what_is_wrong
from bot.console.live import News
from bot.console.page import CONSOLE, Console, ConsoleOptions
from bot.console.reply_box import with_blanks
from bot.console.routes import add_routes
from bot.console.rules import check_rules
from bot.console.words import add_words
from bot.model.campaign import Campaign
from bot.store.protocol import Store
from bot.work.audit.room import AuditRoom
from bot.work.desk.desk import Desk
from bot.work.ports import Clock
from bot.work.staff.accounts import StaffAccounts

LARGEST_FORM = 64 * 1024


def make_console(
    desk: Desk,
    accounts: StaffAccounts,
    store: Store,
    clock: Clock,
    campaign: Callable[[], Campaign],
    options: ConsoleOptions | None = None,
    replay: Callable[[int], Awaitable[bool]] | None = None,
    audit: AuditRoom | None = None,
) -> web.Application:
    """Return the console. Run it with `access_log=None`: addresses hold case ids and one-use codes.

    `replay` handles a quarantined update again and answers whether it is done; None where this process has no bot.
    Raises RouteWithoutRule when a route says not who may come.
    """
    options = options or ConsoleOptions()
    app = web.Application(client_max_size=LARGEST_FORM, middlewares=[say_what_is_wrong])
    news = News(store, clock)
    app[CONSOLE] = Console(
        desk, accounts, store, clock, campaign, options, _templates(), news, audit or AuditRoom(store, clock), replay
    )
    add_routes(app, demo=options.demo)
    check_rules(app)
    app.on_response_prepare.append(add_headers)
    app.cleanup_ctx.append(_watching)
    app.on_shutdown.append(_end_streams)
    return app


async def _watching(app: web.Application) -> AsyncIterator[None]:
    watcher = asyncio.create_task(app[CONSOLE].news.watch(), name="console-news")
    yield
    watcher.cancel()
    with suppress(asyncio.CancelledError):
        await watcher


async def _end_streams(app: web.Application) -> None:
    app[CONSOLE].news.close()


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("bot.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    add_words(templates)
    templates.filters["with_blanks"] = with_blanks
    return templates
