"""What the loops need from outside, as protocols they own. Telegram's one implementation lives in bot/telegram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.outbox import Delivery, Parcel


class Clock(Protocol):
    """All waiting goes through here, so that a test can make a day pass at once."""

    def now(self) -> datetime:
        """Return the time, UTC, aware."""

    async def sleep_until(self, when: datetime) -> None:
        """Wait until then."""


class Transport(Protocol):
    """Telegram, as the sender sees it. It never raises for an answer of Telegram: each has one rule in one table."""

    async def deliver(self, chat_id: int, parcel: Parcel) -> Delivery:
        """Send a Message or Leave to a chat."""

    async def delete(self, chat_id: int, ids: Sequence[int]) -> Delivery:
        """Delete messages younger than 48 h; `refused` counts those it could not."""

    async def show_card(
        self,
        chat_id: int,
        text: str,
        rows: Sequence[Sequence[tuple[str, str, str]]],
        card: int | None,
        topic: int | None = None,
    ) -> Delivery:
        """Send a case's card to the moderators' group, or edit it. Rows hold (label, callback data, url); `topic`: where a new
        one stands, in General when that is gone."""

    async def alarm(self, chat_id: int, text: str, card: int | None, topic: int | None = None) -> Delivery:
        """Send a new short line to the moderators' group (it makes a sound), as an answer to a card if that still stands."""

    async def answer_tap(self, tap_id: str, text: str = "") -> None:
        """Stop a button's spinning at once; failure is ignored."""

    async def typing(self, chat_id: int) -> None:
        """Show that an answer is coming; failure is ignored."""


@dataclass(frozen=True, slots=True)
class Receiving:
    """How Telegram's queue for us stands: updates that wait, and when a delivery to our webhook last failed."""

    pending: int
    last_error_at: datetime | None = None


class Watch(Protocol):
    """Telegram's view of us, for the health alarms."""

    async def receiving(self) -> Receiving | None:
        """Return how the queue stands; None when Telegram cannot be asked now."""
