"""A case: coded facts at once, her words behind one tap that is written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.cases.permissions import may
from bot.console.case_ends import ends
from bot.console.case_together import together
from bot.console.page import Page
from bot.console.queue import beside
from bot.console.reply_box import found, reply_box
from bot.console.shown import canned_for, country_name, helplines_for, rules_of, stands_higher, zone_for
from bot.model.case import OUTCOMES, Case
from bot.model.levels import Level
from bot.work.desk.core import view_of
from bot.work.desk.errors import NotYours
from bot.work.desk.view import CaseView


async def case_page(page: Page) -> web.Response:
    """Show the case; with `words=open` also what was said."""
    opened = page.request.query.get("words") == "open"
    if page.request.method == "GET" and await page.console.desk.may(page.me, "renew", page.case_id):
        await page.console.desk.renew(page.me, page.case_id)
    return await show_case(page, words=opened)


async def case_live(page: Page) -> web.Response:
    """Answer what was said, for the page that is open on it."""
    view = await page.console.desk.look(page.me, page.case_id)
    return page.show("case/talk.html", **await _values(page, view, words=True))


async def show_case(
    page: Page, *, words: bool, status: int = 200, box: Mapping[str, Any] | None = None, **more: Any
) -> web.Response:
    """Return the page of a case, perhaps with a sentence about what just went wrong (`trouble`, `text`), and in the reply
    `box` what has to be ticked, what was, and which line she had seen."""
    view = await page.console.desk.look(page.me, page.case_id, words=words)
    values = await _values(page, view, words=words) | reply_box(page, view, **(box or {}))
    return page.show("case.html", status, **(values | await beside(page) | more))


async def _values(page: Page, view: CaseView, *, words: bool) -> dict[str, Any]:
    campaign, case = page.console.campaign(), view.case
    replies = canned_for(case, campaign.replies, page.me.language)
    used = next((r for r in replies if r.id == page.request.query.get("use")), None)
    return {
        "view": view,
        "case": case,
        "here_case": case.id,
        "zone": zone_for(campaign, case),
        "words": words,
        "rules": rules_of(case, campaign),
        "stands_higher": stands_higher(case, campaign),
        "country": country_name(case, campaign, page.tongue),
        "replies": found(replies, page.request.query.get("find", ""), page.tongue),
        "find": page.request.query.get("find", "")[:100],
        "used": used,
        **reply_box(page, view),
        "helplines": helplines_for(case, campaign),
        "text": used.words if used else view.draft.text if view.draft else "",
        "draft": view.draft.reply_id if view.draft else "",
        "glance": await _glance(page, case),
        "outcomes": OUTCOMES,
        "higher": [level.value for level in Level if level.outranks(case.level)],
        "lower": [level.value for level in Level if case.level.outranks(level)],
        "trouble": "",
        **await together(page, case),
        **await ends(page, case),
        "claimable": may(view_of(page.me), "claim", case, page.console.clock.now()),
    }


async def _glance(page: Page, case: Case) -> str:
    try:
        return await page.console.desk.glance(page.me, case.id)
    except NotYours:  # taken over while the page was made; the stream will say so
        return ""
