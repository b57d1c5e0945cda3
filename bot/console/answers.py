"""What goes with every answer: strict headers, and a plain sentence when something went wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.console.guard import TONGUE, FormTooOld, tongue_of
from bot.console.page import CONSOLE
from bot.model.words import Value
from bot.store.errors import StoreError
from bot.texts import mark
from bot.work.desk.errors import DeskError, NotYours

log = logging.getLogger("safebot.console")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}

NOT_HERE = mark("There is no such page for you. It may be closed, or with a colleague.")
STORE_DOWN = mark(
    "The store does not answer at the moment, so nothing was shown or changed. Please try again in a minute."
)
OUR_FAULT = mark("Something went wrong on our side. What you did may not be kept: please look again.")
TOO_OLD = mark("This form was too old. Please open the page again and send it once more.")


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the strict headers on every answer, streams too."""
    response.headers.update(HEADERS)
    response.headers["Server"] = "console"
    if request.app[CONSOLE].options.secure:
        response.headers.update(HTTPS_ONLY)


Next = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def say_what_is_wrong(request: web.Request, handler: Next) -> web.StreamResponse:
    """Turn every error into a page with one plain sentence; never a word of hers, never a trace."""
    try:
        return await handler(request)
    except NotYours:
        return _sentence(request, 404, NOT_HERE)
    except DeskError as error:
        return _sentence(request, 409, error.sentence, **error.values)
    except FormTooOld:
        return _sentence(request, 403, TOO_OLD)
    except StoreError:
        return _sentence(request, 503, STORE_DOWN)
    except web.HTTPException as error:
        return _sentence(request, error.status, NOT_HERE) if error.status >= 400 else error
    except Exception as error:
        # The class only: a message or a trace may quote what somebody wrote.
        log.error("a page failed: %s", type(error).__name__)
        return _sentence(request, 500, OUR_FAULT)


def _sentence(request: web.Request, status: int, sentence: str, **values: Value) -> web.Response:
    template = request.app[CONSOLE].templates.get_template("sentence.html")
    tongue = request.get(TONGUE) or tongue_of(request)
    text = template.render(sentence=tongue.say(sentence, **values), tongue=tongue)
    return web.Response(text=text, status=status, content_type="text/html")
