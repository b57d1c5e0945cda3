"""What the operator looks at, out of its rows: counts of answers, quarantine."""

from __future__ import annotations

from bot.model.ids import BotId
from bot.store.connection import Row
from bot.store.moments import to_moment
from bot.store.operator_records import AnswerCount, Quarantined


def counted_of(row: Row) -> AnswerCount:
    """Return a count of answers."""
    flow, question, moment, answer, right, language, month, count = row
    return AnswerCount(flow, question, moment, answer, bool(right), language, month, count)


def quarantined_of(row: Row) -> Quarantined:
    """Return what waits, of (kind, code, body, at, id, bot, update_id)."""
    return Quarantined(row[0], row[1], row[2], to_moment(row[3]), row[4], BotId(row[5]), row[6])
