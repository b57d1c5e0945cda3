"""Whose chat it is: the page of one case where it is asked for, agreed to and shown, and the list of what stands open."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.cases.permissions import may
from bot.console.page import Page, go
from bot.console.shown import zone_for
from bot.work.desk.core import view_of
from bot.work.desk.identity import AskLine, Identities


async def identity_page(page: Page) -> web.Response:
    """Show who asked for the address behind a case, and the form to ask."""
    return page.show("identity.html", **await _values(page))


async def identity_ask(page: Page) -> web.Response:
    """Ask: of a second person, or in danger now alone."""
    alone = await page.field("how") == "alone"
    await _identities(page).ask(page.me, page.case_id, await page.field("reason"), alone=alone)
    return go(f"/cases/{page.case_id}/identity")


async def identity_decide(page: Page) -> web.Response:
    """Agree as the second person, or not."""
    agree = await page.field("agree") == "yes"
    await _identities(page).decide(page.me, page.case_id, await page.field("ask"), agree=agree)
    return go(f"/cases/{page.case_id}/identity")


async def identity_show(page: Page) -> web.Response:
    """Show the number, once for each press: it stands in this answer and nowhere else."""
    number = await _identities(page).show(page.me, page.case_id, await page.field("ask"))
    return page.show("identity.html", **(await _values(page) | {"shown": True, "number": number}))


async def identity_list(page: Page) -> web.Response:
    """Show what was asked for in the last month on her desks, what waits for her, and what was reported as a breach."""
    lines = await _identities(page).of_mine(page.me)
    return page.show("identity_list.html", lines=lines, zones={line.ask.id: _zone(page, line) for line in lines})


async def _values(page: Page) -> dict[str, Any]:
    case, lines = await _identities(page).of_case(page.me, page.case_id)
    return {
        "case": case,
        "lines": lines,
        "zone": zone_for(page.console.campaign(), case),
        "may_ask": may(view_of(page.me), "ask_identity", case, page.console.clock.now()),
        "shown": False,
        "number": None,
    }


def _zone(page: Page, line: AskLine) -> object:
    return zone_for(page.console.campaign(), line.case)


def _identities(page: Page) -> Identities:
    return Identities(page.console.desk)
