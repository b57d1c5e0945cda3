"""The verbs of the store about who somebody is: looks at the address behind a case, and authenticator apps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.model.ids import CaseId, StaffId
from bot.store.identity_records import IdentityAsk
from bot.store.staff_records import SecondFactor


class IdentityStore(Protocol):
    """What asking whose chat it is, and a second factor, need. An ask is written with `DeskWrite.identity`."""

    async def identity_asks(self, case: CaseId | None = None, since: datetime | None = None) -> list[IdentityAsk]:
        """Return who asked for the address behind a case (None: any), newest first; those since then."""

    async def unconfirmed_identity(self, before: datetime) -> list[IdentityAsk]:
        """Return those who looked alone before then, whom nobody has confirmed, and who were not reported yet."""

    async def second_factors(self) -> dict[StaffId, SecondFactor]:
        """Return everybody's authenticator app, those not confirmed yet too."""

    async def save_second_factor(self, factor: SecondFactor) -> None:
        """Keep a new secret of a person: an earlier one is gone."""

    async def use_code(self, staff: StaffId, step: int, now: datetime) -> bool:
        """Use the code of a step up, which also confirms a new secret; False when it, or a later one, was used before."""

    async def drop_second_factor(self, staff: StaffId) -> bool:
        """Forget a person's authenticator app; False when she had none."""

    async def reseal_second_factors(self, secrets: Mapping[StaffId, tuple[bytes, bytes]]) -> int:
        """Put secrets sealed anew (second) where the old ones (first) still stand."""
