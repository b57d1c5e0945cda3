"""What stands around the reply box: what she wrote meanwhile, when a reply would go, what has to be ticked, what is held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup, escape

from bot.cases.safe_hours import goes_at
from bot.console.page import Page
from bot.console.shown import Canned
from bot.console.tongue import Tongue
from bot.store.reply_records import ReplyState
from bot.work.desk.reply_topic import opens_a_talk
from bot.work.desk.reply_wording import Ticks
from bot.work.desk.view import CaseView, Line
from bot.work.her_clock import zone_of_hers

_BLANK = re.compile(r"&lt;[a-z_ ]+&gt;|\{[a-z_]+\}")
NOTHING_TICKED = Ticks()
LATER = timedelta(minutes=1)
"""A reply that is due after so long waits for her hours; before that it is in its five seconds."""


@dataclass(frozen=True, slots=True)
class ReplyBox:
    """`opens`: it may not be she who reads the next reply. `goes` when a reply sent now would go out (None: when she
    writes), `waits` that this is not at once. `later`: her pending reply waits for the girl's hours. `held` are lines
    that wait for a second person. `tick` is what must be ticked, `ticked` what was, `newer` what she wrote meanwhile."""

    opens: bool
    goes: datetime | None
    waits: bool
    later: bool
    held: tuple[Line, ...]
    tick: str = ""
    ticked: Ticks = NOTHING_TICKED
    newer: tuple[Line, ...] = ()


def reply_box(
    page: Page, view: CaseView, *, tick: str = "", ticked: Ticks = NOTHING_TICKED, seen: int | None = None
) -> dict[str, Any]:
    """Return the values of the reply box. `seen`: the newest line of the girl's that the moderator had before her."""
    now, case = page.console.clock.now(), view.case
    goes = goes_at(case, now, zone_of_hers(case, page.console.campaign()))
    box = ReplyBox(
        opens=opens_a_talk(case, now),
        goes=goes,
        waits=goes is None or goes > now,
        later=view.due_at is not None and view.due_at - now > LATER,
        held=tuple(line for line in view.lines if line.reply is ReplyState.HELD),
        tick=tick,
        ticked=ticked,
        newer=tuple(line for line in view.lines if seen is not None and line.kind == "hers" and line.id > seen),
    )
    return {"box": box}


def found(replies: Iterable[Canned], wanted: str, tongue: Tongue) -> list[Canned]:
    """Return the ready replies in which every word of the search stands; all of them without a search."""
    words = wanted.casefold()[:100].split()
    return [reply for reply in replies if all(word in _all_of(reply, tongue) for word in words)]


def _all_of(reply: Canned, tongue: Tongue) -> str:
    said = (tongue.say(reply.situation), tongue.say(reply.meaning), reply.words, reply.translation)
    return " ".join(said).casefold()


def with_blanks(text: str) -> Markup:
    """Return the words of a ready reply as HTML, its blanks marked."""
    # Escaped first; only the marks around blanks are added.
    return Markup(_BLANK.sub(r"<mark>\g<0></mark>", str(escape(text))))  # noqa: S704 - escaped just above
