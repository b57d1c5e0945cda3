"""What a moderator's reply must be before it goes anywhere: not empty, no blank left, approved words as they were approved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.model.campaign import Campaign
from bot.model.case import Case
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.work.desk.approved_words import Approved, approved, blanks_fit, changed
from bot.work.desk.errors import NeedsTick, NotPossible
from bot.work.desk.reply_topic import names_topic, opens_a_talk

LONGEST = 3000
"""Characters of a reply: with its marks it must fit into one message of Telegram."""

_BLANK = re.compile(r"\{[a-z_]+\}|_{3,}|<[a-z_ ]+>")

FITS, ANYWAY = "fits", "anyway"

APPROVED_ONLY = mark(
    "These words are approved in a language you do not write, so they go out as they are. Please take them from the ready"
    " replies again, and fill only the blanks, with numbers from the list."
)
READ_IT_FIRST = mark("These words are for a crisis. Please read them once more, and tick that they fit her.")
SHOWS_THE_TOPIC = mark(
    "It may not be she who reads this, and your words show what it is about. Ask first how she is, or send it anyway."
)


@dataclass(frozen=True, slots=True)
class Ticks:
    """What the moderator ticked: `fits` (she read a crisis reply and it fits), `anyway` (it may show the topic),
    `ask_hours` (the question when it is safe to write comes with it)."""

    fits: bool = False
    anyway: bool = False
    ask_hours: bool = False


def fit(text: str) -> str:
    """Return the words as they may go out, or say what is missing."""
    words = text.strip().replace("\r\n", "\n")
    if not words:
        raise NotPossible(mark("Please write something first."))
    if len(words) > LONGEST:
        raise NotPossible(mark("This is too long for one message. Please stay under {most} characters."), most=LONGEST)
    if blank := _BLANK.search(words):
        raise NotPossible(mark("There is a blank to fill in: {blank}"), blank=blank.group())
    return words


def check_approved(text: str, staff: Staff, campaign: Campaign, ticks: Ticks) -> None:
    """Raise unless approved words are as they were approved, and a crisis reply was read or has a blank filled."""
    found = approved(text, campaign.replies)
    if found is None:
        if changed(text, campaign.replies, staff.languages):
            raise NotPossible(APPROVED_ONLY)
        return
    if found.language not in staff.languages and not blanks_fit(found, campaign):
        raise NotPossible(APPROVED_ONLY)
    if _unread(found) and not ticks.fits:
        raise NeedsTick(FITS, READ_IT_FIRST)


def check_topic(text: str, case: Case, campaign: Campaign, ticks: Ticks, now: datetime) -> None:
    """Raise when the first words, or those after a pause, would show somebody else what it is about."""
    if not ticks.anyway and opens_a_talk(case, now) and names_topic(text, campaign):
        raise NeedsTick(ANYWAY, SHOWS_THE_TOPIC)


def _unread(found: Approved) -> bool:
    """Whoever fills a blank has read the words; a crisis reply without one could go out by habit."""
    return found.reply.crisis and not found.blanks
