"""The verbs of the store about people of the programme and the browsers they signed in with."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.model.ids import StaffId
from bot.store.staff_records import Session, Staff


class StaffStore(Protocol):
    """What accounts, one-use codes and signing in need."""

    async def staff(self) -> list[Staff]:
        """Return everybody."""

    async def save_staff(self, staff: Staff) -> Staff:
        """Add (id 0) or change a person; return her with her id. Raises Taken: names and Telegram chats are unique."""

    async def add_link(self, code: bytes, staff: StaffId, purpose: str, until: datetime) -> None:
        """Keep the hash of a one-use code: purpose `sign_in` (demo only) or `telegram`."""

    async def use_link(self, code: bytes, purpose: str, now: datetime) -> StaffId | None:
        """Use a code up; None when it is unknown, used or too old."""

    async def add_session(self, session: Session) -> None:
        """Keep a signed-in browser."""

    async def session(self, token: bytes) -> Session | None:
        """Return it."""

    async def touch_session(self, token: bytes, now: datetime) -> None:
        """Note that it is in use."""

    async def prove_session(self, token: bytes, now: datetime) -> None:
        """Note that every factor she has was given in this browser now."""

    async def end_sessions(self, token: bytes | None = None, staff: StaffId | None = None) -> None:
        """End one session, or all of a person."""

    async def failed_sign_ins(self, name: str, since: datetime) -> int:
        """Return how often this name failed since then."""

    async def add_failed_sign_in(self, name: str, now: datetime) -> None:
        """Count one failure."""
