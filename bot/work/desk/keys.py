"""Who of a desk can open its cases: key pairs of people, keys of desks, and how somebody is let in, leaves, or is recovered.

A desk's key is made with nobody's help: its private half is sealed for each person's public key and for the offline escrow, and
forgotten. Somebody who joins later is let in at a colleague's next sign-in. Somebody who leaves takes nothing along: her
shares go, and what comes later is sealed for a new key.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model.ids import StaffId
from bot.model.staff import ANY_DESK, FOCAL_DESK
from bot.store.audit_records import AuditLine
from bot.store.key_records import DeskKey, DeskShare, StaffKey
from bot.store.protocol import DeskStore
from bot.store.staff_records import Staff
from bot.vault.errors import CannotOpen
from bot.vault.pairs import Pair, key_id, lock, open_with, seal_for, unlock
from bot.work.duty_now import WATCHING
from bot.work.ports import Clock

ESCROW = StaffId(0)
PAIR_MADE, DESK_KEY_MADE = "key_pair_made", "desk_key_made"
"""Lines of the audit that name each key: one that was put into the tables by hand has none."""
DeskPrivates = Mapping[bytes, bytes]
"""Private halves of desk keys, by id."""


@dataclass(slots=True)
class KeyChain:
    """Desk keys that are open in this process, for as long as the browsers that opened them are signed in."""

    _keys: dict[StaffId, dict[bytes, bytes]] = field(default_factory=dict)
    _browsers: dict[StaffId, set[bytes]] = field(default_factory=dict)

    def of(self, staff: StaffId) -> DeskPrivates:
        """Return what this person can open now."""
        return self._keys.get(staff, {})

    def hold(self, staff: StaffId, browser: bytes, keys: DeskPrivates) -> None:
        """Keep her keys open for this browser."""
        self._keys.setdefault(staff, {}).update(keys)
        self._browsers.setdefault(staff, set()).add(browser)

    def holds(self, staff: StaffId, browser: bytes) -> bool:
        """Return whether this browser opened her keys in this process."""
        return browser in self._browsers.get(staff, ())

    def keep_only(self, staff: Collection[StaffId]) -> None:
        """Forget the keys of everybody else: somebody may have left while she was signed in here."""
        for gone in self._keys.keys() - set(staff):
            self.let_go(gone)

    def let_go(self, staff: StaffId, browser: bytes | None = None) -> None:
        """Forget her keys when her last browser signs out (None: all of them do)."""
        left = self._browsers.get(staff, set()) - {browser} if browser is not None else set()
        if left:
            self._browsers[staff] = left
        else:
            self._keys.pop(staff, None)
            self._browsers.pop(staff, None)


class DeskKeys:
    """The use cases around desk keys. `escrow` is a public key whose private half lies in a safe, None: there is none."""

    def __init__(self, store: DeskStore, clock: Clock, escrow: bytes | None = None) -> None:
        self._store = store
        self._clock = clock
        self._escrow = escrow
        self.chain = KeyChain()

    async def sealing_for(self) -> dict[str, tuple[bytes, ...]]:
        """Return for each desk the public keys its cases are sealed for: its own, and that of the focal point, since any
        case may turn out to be a complaint about our own people."""
        newest = {key.desk: key.public for key in reversed(await self._store.desk_keys()) if key.retired_at is None}
        focal = newest.get(FOCAL_DESK)
        return {desk: tuple(dict.fromkeys(k for k in (public, focal) if k)) for desk, public in newest.items()}

    async def enrol(self, staff: Staff, passphrase: str) -> bytes:
        """Give a person a key pair under her passphrase, and each of her desks a key if it has none. Return her private half."""
        pair = Pair.new()
        locked = await asyncio.to_thread(lock, pair.private, passphrase)
        line = AuditLine(self._clock.now(), staff.id, PAIR_MADE, detail=key_id(pair.public).hex())
        await self._store.audit(line)
        await self._store.save_staff_key(StaffKey(staff.id, pair.public, locked, self._clock.now()))
        missing = unenrolled(desks_of(staff), await self._store.desk_keys(), await self._store.desk_shares())
        for desk in missing:
            await self.renew(desk)
        return pair.private

    async def renew(self, desk: str) -> DeskKey:
        """Begin a new key of a desk, sealed for everybody of it who has a key pair, and for the escrow."""
        pair, now = Pair.new(), self._clock.now()
        key = DeskKey(key_id(pair.public), desk, pair.public, now)
        people = await self._people(desk)
        sealed = {staff: seal_for(public, pair.private) for staff, public in people.items()}
        if self._escrow is not None:
            sealed[ESCROW] = seal_for(self._escrow, pair.private)
        shares = [DeskShare(key.id, staff, share, now) for staff, share in sealed.items()]
        await self._store.audit(AuditLine(now, None, DESK_KEY_MADE, detail=f"{desk} {key.id.hex()}"))
        await self._store.add_desk_key(key, shares)
        return key

    async def signed_in(self, staff: Staff, passphrase: str, browser: bytes) -> None:
        """Open what she may open, for this browser, and let colleagues in who wait for it."""
        if not desks_of(staff):
            return
        own = next((key for key in await self._store.staff_keys() if key.staff == staff.id), None)
        private = await self._private(staff, own, passphrase)
        keys = dict(_opened(private, await self._store.desk_shares(staff.id)))
        self.chain.hold(staff.id, browser, keys)
        await self._let_in(staff, keys)

    async def needs_sign_in(self, staff: Staff, browser: bytes) -> bool:
        """Return whether this browser's keys are not open in this process (any more), though she has some."""
        if self.chain.holds(staff.id, browser) or not desks_of(staff):
            return False
        return any(key.staff == staff.id for key in await self._store.staff_keys())

    async def left(self, staff: Staff) -> None:
        """Somebody has left: her shares go, and her desks get a new key."""
        self.chain.let_go(staff.id)
        await self._store.drop_keys_of(staff.id)
        for desk in desks_of(staff):
            await self.renew(desk)

    async def recover(self, staff: Staff, escrow_private: bytes) -> int:
        """Let a person in by the escrow's private half, when nobody of her desk can; return how many keys she was given.
        Raises CannotOpen for another private half."""
        publics = {key.staff: key.public for key in await self._store.staff_keys()}
        desks = {key.id: key.desk for key in await self._store.desk_keys()}
        held = [s for s in await self._store.desk_shares(ESCROW) if desks.get(s.desk_key) in desks_of(staff)]
        if staff.id not in publics:
            return 0
        now, public = self._clock.now(), publics[staff.id]
        fresh = [
            DeskShare(s.desk_key, staff.id, seal_for(public, open_with(escrow_private, s.sealed)), now) for s in held
        ]
        await self._store.audit(AuditLine(now, staff.id, "recovered_by_escrow", detail=str(len(fresh))))
        await self._store.add_desk_shares(fresh)
        return len(fresh)

    async def _private(self, staff: Staff, own: StaffKey | None, passphrase: str) -> bytes:
        if own is not None:
            try:
                return await asyncio.to_thread(unlock, own.locked, passphrase)
            except CannotOpen:
                pass  # her passphrase was changed where no keys were known: she begins again, and is let in
        return await self.enrol(staff, passphrase)

    async def _let_in(self, giver: Staff, keys: DeskPrivates) -> None:
        """Seal what she can open for colleagues of the same desk who cannot yet."""
        fresh = [share async for share in self._waiting(giver, keys)]
        if fresh:
            joined = ",".join(sorted({str(share.staff) for share in fresh}))
            await self._store.audit(AuditLine(self._clock.now(), giver.id, "let_in", detail=joined))
            await self._store.add_desk_shares(fresh)

    async def _waiting(self, giver: Staff, keys: DeskPrivates) -> AsyncIterator[DeskShare]:
        desks = {key.id: key.desk for key in await self._store.desk_keys()}
        there = {(share.desk_key, share.staff) for share in await self._store.desk_shares()}
        for name, private in keys.items():
            for staff, public in (await self._people(desks.get(name, ""))).items():
                if (name, staff) not in there:
                    yield DeskShare(name, staff, seal_for(public, private), self._clock.now(), giver.id)

    async def _people(self, desk: str) -> dict[StaffId, bytes]:
        """Return the public keys of everybody who is of this desk and has one."""
        publics = {key.staff: key.public for key in await self._store.staff_keys()}
        there = [s.id for s in await self._store.staff() if s.active and desk in desks_of(s)]
        return {staff: publics[staff] for staff in there if staff in publics}


def desks_of(staff: Staff) -> tuple[str, ...]:
    """Return the desks whose cases this person may be able to open; whether she may look, the permission function says."""
    watches = any(role in WATCHING for role in staff.roles)
    own = (*staff.desks, ANY_DESK) if watches else ()
    focal = (FOCAL_DESK,) if "focal_point" in staff.roles else ()
    return tuple(dict.fromkeys((*own, *focal)))


def unenrolled(desks: Sequence[str], keys: Iterable[DeskKey], shares: Iterable[DeskShare]) -> list[str]:
    """Return the desks whose cases nobody but the server could open."""
    held = {share.desk_key for share in shares if share.staff != ESCROW}
    enrolled = {key.desk for key in keys if key.retired_at is None and key.id in held}
    return [desk for desk in desks if desk not in enrolled]


def _opened(private: bytes, shares: Iterable[DeskShare]) -> Iterator[tuple[bytes, bytes]]:
    for share in shares:
        try:
            yield share.desk_key, open_with(private, share.sealed)
        except CannotOpen:
            continue  # sealed for an earlier pair of hers
