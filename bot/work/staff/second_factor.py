"""The second factor: an authenticator app whose codes count once. Its secret lies in the store, sealed by the key ring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.ids import StaffId
from bot.store.audit_records import AuditLine
from bot.store.protocol import Store
from bot.store.staff_records import SecondFactor, Staff
from bot.vault.errors import CannotOpen
from bot.vault.totp import address, new_secret, step_of, typed_key
from bot.work.desk.errors import NotPossible
from bot.work.ports import Clock

ISSUER = "Notes"
"""What the app calls us. A phone lies open on a table: nothing telling there."""

WINDOW = timedelta(hours=1)
WRONG_CODES = 10
"""So many wrong codes an hour, each typed behind the right passphrase, and somebody else has her passphrase: a guess hits once in
300,000. A browser she is known in has a count of its own, so whoever guesses elsewhere does not keep her out."""


class Sealer(Protocol):
    """The key ring, as this needs it."""

    def seal(self, data: bytes, about: str) -> bytes:
        """Return the data sealed for its place."""

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed for this place. Raises CannotOpen."""


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """A secret on its way into an app: as a key to type, and as the address in the QR code."""

    key: str
    address: str

    def __repr__(self) -> str:
        return "Enrolment()"


class SecondFactors:
    """Enrols apps and checks their codes."""

    def __init__(self, store: Store, clock: Clock, ring: Sealer) -> None:
        self._store = store
        self._clock = clock
        self._ring = ring

    async def of(self, staff: StaffId) -> SecondFactor | None:
        """Return her app; None when she has confirmed none yet."""
        found = (await self._store.second_factors()).get(staff)
        return found if found is not None and found.confirmed_at is not None else None

    async def begin(self, staff: Staff) -> Enrolment:
        """Return the secret she puts into her app now: the same one until she confirms it."""
        found = (await self._store.second_factors()).get(staff.id)
        if found is not None and found.confirmed_at is not None:
            raise NotPossible("You have an authenticator app already. Please sign in with its code.")
        secret = self._opened(found) if found is not None else None
        if secret is None:
            secret = new_secret()
            await self._store.save_second_factor(SecondFactor(staff.id, self._ring.seal(secret, _place(staff.id))))
        return Enrolment(typed_key(secret), address(secret, staff.name, ISSUER))

    async def confirm(self, staff: Staff, typed: str) -> bool:
        """Confirm the app by its first code; False when the code does not fit."""
        found = (await self._store.second_factors()).get(staff.id)
        if found is None or found.confirmed_at is not None or not await self._use(found, typed):
            return False
        await self._store.audit(AuditLine(self._clock.now(), staff.id, "second_factor_enrolled"))
        return True

    async def right(self, staff: Staff, factor: SecondFactor, typed: str, *, trusted: bool) -> bool:
        """Return whether this is a code of hers that was not used before. `trusted`: in a browser she is known in."""
        now, counted = self._clock.now(), f"code of {staff.id}{' (known browser)' if trusted else ''}"
        if await self._store.failed_sign_ins(counted, now - WINDOW) >= WRONG_CODES:
            raise NotPossible("Too many wrong codes. Please wait an hour, or ask for a new second factor.")
        if await self._use(factor, typed):
            return True
        await self._store.add_failed_sign_in(counted, now)
        await self._store.audit(AuditLine(now, staff.id, "second_factor_wrong", detail="known" if trusted else "new"))
        return False

    async def _use(self, factor: SecondFactor, typed: str) -> bool:
        secret, now = self._opened(factor), self._clock.now()
        if secret is None:
            raise NotPossible("Your second factor cannot be checked any more. Please ask for a new one.")
        step = _step(secret, typed, now)
        return step is not None and await self._store.use_code(factor.staff, step, now)

    def _opened(self, factor: SecondFactor) -> bytes | None:
        try:
            return self._ring.open(factor.secret, _place(factor.staff))
        except CannotOpen:
            return None  # sealed by a key ring that is lost


def _step(secret: bytes, typed: str, now: datetime) -> int | None:
    return step_of(secret, typed, now) if len(typed) <= 20 else None


def _place(staff: StaffId) -> str:
    """Return the place to which a secret is bound: a row put to another person's name does not open."""
    return f"totp:{staff}"
