"""Keys of people and of desks as the store has them: public halves in clear, private halves sealed or locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import StaffId


@dataclass(frozen=True, slots=True)
class StaffKey:
    """A person's key pair: `locked` is the private half under her passphrase."""

    staff: StaffId
    public: bytes
    locked: bytes
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DeskKey:
    """The public half of a desk's key. A retired one seals nothing new and still opens what it sealed."""

    id: bytes
    desk: str
    public: bytes
    made_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskShare:
    """The private half of a desk's key, sealed for one person (staff 0: the offline escrow)."""

    desk_key: bytes
    staff: StaffId
    sealed: bytes
    at: datetime
    given_by: StaffId | None = None
