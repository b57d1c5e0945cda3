"""Trying a passphrase: two at once, slower after wrong tries, and never so slow that a stranger locks a moderator out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.store.protocol import Store
from bot.vault.passphrase import hash_passphrase, verify
from bot.work.desk.errors import NotPossible
from bot.work.ports import Clock

AT_ONCE = 2
"""Argon2id takes 64 MiB a try: more at once would let a stranger fill the memory."""

WAITING = 20
"""Tries that may wait for their turn; more are asked to come again."""

WINDOW = timedelta(minutes=15)
FREE_TRIES = 3
LONGEST_WAIT = 8.0
COUNTED = 50
"""Wrong tries of one name that are written down: more would only fill the disk."""


class Passphrases:
    """Hashes and checks in threads.

    A wrong try delays the next ones for the same name, up to eight seconds; the right passphrase is always taken. A
    browser in which she signed in before has a count and a line of its own, so that a stranger who tries her name all day
    does not even make her wait.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        hashing: Callable[[str], bytes] = hash_passphrase,
        checking: Callable[[bytes, str], bool] = verify,
    ) -> None:
        self._store = store
        self._clock = clock
        self._hashing = hashing
        self._checking = checking
        self._slots = {trusted: asyncio.Semaphore(AT_ONCE // 2) for trusted in (True, False)}
        self._waiting = 0
        self._nobody = b""

    async def hashed(self, passphrase: str) -> bytes:
        """Return the hash to keep."""
        async with self._slots[True]:
            return await asyncio.to_thread(self._hashing, passphrase)

    async def right(self, hashed: bytes, passphrase: str, name: str, *, trusted: bool) -> bool:
        """Return whether the passphrase is right. For nobody's name it takes as long, and the answer is no."""
        counted = _counted(name, trusted)
        failed = await self._in_turn(counted, trusted)
        right = await self._check(hashed, passphrase, trusted) and bool(hashed)
        if not right and failed < COUNTED:
            await self._store.add_failed_sign_in(counted, self._clock.now())
        return right

    async def failed(self, name: str, *, trusted: bool) -> None:
        """Count a try whose passphrase was right and whose code was not: the next ones wait as after a wrong passphrase."""
        await self._store.add_failed_sign_in(_counted(name, trusted), self._clock.now())

    async def _in_turn(self, counted: str, trusted: bool) -> int:
        """Wait as long as earlier wrong tries ask for, and return how many there were. A crowd of strangers is sent away,
        a known browser never."""
        now = self._clock.now()
        failed = await self._store.failed_sign_ins(counted, now - WINDOW)
        if failed < FREE_TRIES:
            return failed
        if self._waiting >= WAITING and not trusted:
            raise NotPossible("Too many people are trying to sign in. Please wait a minute and try again.")
        self._waiting += 1
        try:
            await self._clock.sleep_until(now + timedelta(seconds=_wait_after(failed)))
        finally:
            self._waiting -= 1
        return failed

    async def _check(self, hashed: bytes, passphrase: str, trusted: bool) -> bool:
        async with self._slots[trusted]:
            if not self._nobody:
                self._nobody = await asyncio.to_thread(self._hashing, "a passphrase that nobody has")
            return await asyncio.to_thread(self._checking, hashed or self._nobody, passphrase)


def _wait_after(failed: int) -> float:
    return float(min(LONGEST_WAIT, 0.5 * 2 ** min(failed - FREE_TRIES, 10)))


def _counted(name: str, trusted: bool) -> str:
    """Return the name under which failures are counted; never longer than a name, whatever was typed."""
    return f"{name.strip().casefold()[:80]}{' (known browser)' if trusted else ''}"
