"""The one door into the engine: an event in, the next conversation and the effects out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from bot.engine import closed, daily, doors, hits, media, reminders, replies, spoken, takeover, taps, unopened
from bot.engine.bubbles import column, folded, own
from bot.engine.play import Play
from bot.model.campaign import Campaign
from bot.model.conversation import Conversation
from bot.model.effects import Effect, Lane, SheSays, StaffCode
from bot.model.events import (
    Answered,
    Blocked,
    CaseClaimed,
    CaseClosed,
    Commanded,
    Event,
    Said,
    SentMedia,
    Tapped,
    TimerRang,
    Unreadable,
)

STAFF_LINK = "staff-"
URGENT = frozenset({"help", "talk", "stop", "wipe"})
"""Commands that are answered even when newer messages of hers wait behind them."""


def step(
    campaign: Campaign, conversation: Conversation, event: Event, now: datetime
) -> tuple[Conversation, tuple[Effect, ...]]:
    """Return the conversation after this event, and what shall be done."""
    play = Play(campaign, event, now, conversation, conversation)
    if isinstance(event.what, HERS):
        _she_is_here(play)
    ANSWERS[type(event.what)](play, event.what)
    return play.chat, folded(play.effects)


def _she_is_here(play: Play) -> None:
    reminders.cancel(play)
    chat = play.chat
    play.chat = replace(
        chat,
        last_at=max(chat.last_at, play.event.at) if chat.last_at else play.event.at,
        told_silent=chat.told_silent and play.desk.case_claimed,
        waits_since=chat.waits_since if play.desk.case_claimed else None,
        wiping=False,
    )


def _commanded(play: Play, command: Commanded) -> None:
    if command.name == "start" and command.argument.startswith(STAFF_LINK):
        play.emit(StaffCode(command.argument.removeprefix(STAFF_LINK)))
    elif play.event.quiet_reply and command.name not in URGENT:
        return
    elif command.name == "start":
        doors.start(play, command.argument)
    elif command.name in doors.DOORS:
        doors.enter(play, command.name)
    else:
        play.say(own("fits_nothing"), rows=column("help", "menu"))


def _unreadable(play: Play, what: Unreadable) -> None:
    """Something of ours failed: say so honestly, after the help words if there was a reason for them."""
    if what.heard.level is not None:
        hits.hit(play, what.heard, "text")
    play.lane = Lane.CRISIS
    play.say(own("failed"), rows=column("help"))


def _rang(play: Play, timer: TimerRang) -> None:
    if timer.name == reminders.NAME:
        reminders.rang(play, timer.data)
    elif timer.name == daily.NAME:
        daily.rang(play)
    elif timer.name == takeover.NAME:
        takeover.rang(play)
    elif timer.name.startswith(unopened.NAME):
        unopened.rang(play, timer.name)
    elif timer.name == "p3_shown" and play.desk.case_open:
        play.emit(SheSays("too_late"))
    elif timer.name == "case_closed":
        closed.closed(play, timer.data)


def _claimed(play: Play, case: CaseClaimed) -> None:
    if not case.claimed:
        takeover.let_go(play)


def _nothing(_play: Play, _what: Blocked) -> None:
    """Whether she has blocked us is noted by the caller; nothing can be said."""


HERS = (Said, Commanded, Tapped, SentMedia, Unreadable)
ANSWERS: dict[type[object], Callable[[Play, Any], None]] = {
    Said: spoken.said,
    Commanded: _commanded,
    Tapped: taps.tapped,
    SentMedia: media.arrived,
    Blocked: _nothing,
    TimerRang: _rang,
    Answered: replies.arrived,
    CaseClosed: lambda play, what: closed.closed(play, what.outcome),
    CaseClaimed: _claimed,
    Unreadable: _unreadable,
}
