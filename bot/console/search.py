"""Looking for a case: coded fields in the address, words only in a form's body, so that they stand in no history."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web

from bot.cases.permissions import DESK_ROLES
from bot.cases.searching import CODED, Wanted
from bot.console.page import Page
from bot.console.shown import AGES, CATEGORIES, LEVELS, OUTCOME_WORDS, STATES
from bot.model.ids import StaffId
from bot.model.levels import CATEGORIES as KINDS
from bot.work.desk.errors import DeskError


async def search_page(page: Page) -> web.Response:
    """Show the form, and what was found by coded fields."""
    asked = _wanted(page)
    found = await page.console.desk.search(page.me, asked) if asked.asked else []
    return page.show("search.html", **await _values(page), found=found, asked=bool(asked.asked), words=None, trouble="")


async def search_words(page: Page) -> web.Response:
    """Show in which lines of her own cases these words stand."""
    trouble, words = "", None
    try:
        words = await page.console.desk.search_words(page.me, await page.field("text"))
    except DeskError as error:
        trouble = page.tongue.explain(error)
    status = 409 if trouble else 200
    values = await _values(page)
    return page.show("search.html", status, **values, found=[], asked=False, words=words, trouble=trouble)


def _wanted(page: Page) -> Wanted:
    query = page.request.query
    coded = {name: query.get(name, "")[:40] for name in CODED}
    holder = query.get("holder", "")
    return Wanted(
        name=query.get("name", "")[:60],
        holder=StaffId(int(holder)) if holder.isdecimal() and len(holder) < 10 else None,
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        **coded,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


async def _values(page: Page) -> dict[str, Any]:
    people = await page.console.store.staff()
    hers = [p for p in people if set(p.desks) & set(page.me.desks) and DESK_ROLES & set(p.roles)]
    return {
        "query": page.request.query,
        "names": {person.id: person.name for person in people},
        "levels": LEVELS,
        "kinds": [code for code in KINDS if code in CATEGORIES and code != "staff_conduct"],
        "states": STATES,
        "outcomes_there": OUTCOME_WORDS,
        "ages": AGES,
        "tongues": sorted(set(page.console.campaign().languages)),
        "holders": hers if len(hers) > 1 else [],
    }
