"""The verbs of the store about the keys of people and desks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.model.ids import StaffId
from bot.store.key_records import DeskKey, DeskShare, StaffKey


class KeyringStore(Protocol):
    """What opening and sharing a desk's keys needs. Private halves are sealed before they come here."""

    async def staff_keys(self) -> list[StaffKey]:
        """Return the key pair of everybody who has one."""

    async def save_staff_key(self, key: StaffKey) -> None:
        """Give a person a key pair. Another one she had is gone, and with it the shares sealed for it."""

    async def desk_keys(self) -> list[DeskKey]:
        """Return every desk's keys, newest first."""

    async def add_desk_key(self, key: DeskKey, shares: Sequence[DeskShare]) -> None:
        """Begin a new key of a desk together with its shares; older ones of the desk are retired."""

    async def desk_shares(self, staff: StaffId | None = None) -> list[DeskShare]:
        """Return the shares of one person, or everybody's."""

    async def add_desk_shares(self, shares: Sequence[DeskShare]) -> None:
        """Let people in; a share that is there already stays."""

    async def drop_keys_of(self, staff: StaffId) -> None:
        """Forget the key pair and the shares of somebody who has left."""
