"""Many changes at once, told to the moderators' group in one message: its twenty messages a minute must not make a girl in danger
wait behind four hundred others.

Coded facts only, as on the cards. A case that was told so gets a card of its own with its next change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.cases.order import in_order
from bot.cases.permissions import is_complaint
from bot.model.campaign import Campaign
from bot.model.case import Case, CaseState
from bot.model.effects import Lane
from bot.model.ids import DESK, CaseId
from bot.model.levels import Level
from bot.model.outbox import OutboxRow
from bot.work.cards import DOTS, alarm_line, zone_of

CROWD = 10
"""From so many waiting rows on they are told together."""

LINES = 15
"""Cases in danger now that are named one by one."""

HEAD = "{n} cases wait: {levels}. Please open the console."
"""Staff's English, as on the cards."""


def told_together(rows: Iterable[OutboxRow]) -> tuple[OutboxRow, ...]:
    """Return the waiting rows of the group that one message can stand for; none while there are few."""
    about = tuple(row for row in rows if row.chat == DESK and row.lane is Lane.DESK and row.case is not None)
    return about if len(about) >= CROWD else ()


def cases_of(rows: Iterable[OutboxRow]) -> tuple[CaseId, ...]:
    """Return the cases that rows are about, each once."""
    return tuple(dict.fromkeys(CaseId(row.case) for row in rows if row.case))


def crowd_text(cases: Sequence[Case], campaign: Campaign, now: datetime) -> str:
    """Return the message: how many wait of each level, and danger now by name, whoever waits longest first. '' when nobody waits."""
    waiting = [
        case for case in cases if case.state is CaseState.NEW and case.shown_at is not None and not is_complaint(case)
    ]
    if not waiting:
        return ""
    counts = Counter(case.level for case in waiting)
    levels = ", ".join(f"{DOTS[level]} {counts[level]} {level}" for level in Level if counts[level])
    danger = [case for case in in_order(waiting, now) if case.level is Level.P1]
    lines = [alarm_line(case, zone_of(campaign, case)) for case in danger[:LINES]]
    return "\n".join((HEAD.format(n=len(waiting), levels=levels), *lines))
