"""The vault: gives each chat and each case its box. Names are `chat:TOKEN` and `case:ID`.

Keys are random, and durable in keys.db before a caller can seal anything with them. A chat's key is wrapped by the server's
ring. A case has a key pair whose private half is sealed for the desk's key: from here it can be written and not read. While
nobody of a desk has a key yet, its cases are wrapped by the ring, too, so that nothing a girl writes is lost.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.model.ids import ChatToken
from bot.vault.box import Box
from bot.vault.case_box import CaseSeal, Envelope
from bot.vault.errors import CannotOpen
from bot.vault.keystore import KeyStore
from bot.vault.ring import KeyRing

CACHED_BOXES = 50_000

AnyBox = Box | CaseSeal
"""Of a chat, or of a case."""


class Vault:
    """Boxes by name, with the most recently used kept open in memory."""

    def __init__(self, ring: KeyRing, keystore: KeyStore, cached: int = CACHED_BOXES) -> None:
        self._ring = ring
        self._keys = keystore
        self._cached = cached
        self._boxes: OrderedDict[str, AnyBox] = OrderedDict()
        self._token = lru_cache(cached)(ring.token)
        self._shreds = 0
        self.desks: Mapping[str, tuple[bytes, ...]] = {}  # desk -> public keys for which its cases are sealed

    async def boxes(self, names: Iterable[str], desks: Mapping[str, str] | None = None) -> dict[str, AnyBox]:
        """Return the box of each name, making keys where there are none: durably, in one write for all of them.

        `desks` names the desk of each case, for which a new key is sealed.
        """
        wanted = tuple(dict.fromkeys(names))
        found = await self.known(wanted)
        missing = [name for name in wanted if name not in found]
        if missing:
            found.update(await self._make(missing, desks or {}))
        return found

    async def readable(self, name: str, desk_keys: Mapping[bytes, bytes]) -> AnyBox | None:
        """Return the box of a case for somebody with these desk keys (private, by id); None when its key is gone. Without the
        right key the box seals and does not open."""
        wrapped = (await self._keys.load([name])).get(name)
        envelope = Envelope.parse(wrapped) if wrapped is not None else None
        return envelope.opened(desk_keys) if envelope is not None else (await self.known([name])).get(name)

    async def sealed_for(self, name: str) -> frozenset[bytes] | None:
        """Return the ids of the desk keys that open a case; None when the ring does, or its key is gone."""
        wrapped = (await self._keys.load([name])).get(name)
        envelope = Envelope.parse(wrapped) if wrapped is not None else None
        return frozenset(envelope.sealed) if envelope is not None else None

    async def known(self, names: Iterable[str]) -> dict[str, AnyBox]:
        """Return the boxes there are; a name that was never made, was shredded, or does not open is missing."""
        wanted = tuple(dict.fromkeys(names))
        found = {name: box for name in wanted if (box := self._recall(name)) is not None}
        if len(found) < len(wanted):
            before = self._shreds
            wrapped = await self._keys.load([name for name in wanted if name not in found])
            found.update(self._unwrapped(wrapped, keep=before == self._shreds))
        return found

    async def shred(self, names: Iterable[str]) -> None:
        """Drop keys: whatever they sealed cannot be read again by anybody."""
        gone = tuple(dict.fromkeys(names))
        # Counted before and after, so that a load or a make that crosses this one does not bring a dropped key back.
        self._forget(gone)
        await self._keys.drop(gone)
        self._forget(gone)

    async def rewrap(self) -> int:
        """Wrap every key by the ring's newest one, so that older ones may be taken out. Return how many changed."""
        wrapped = await self._keys.load(await self._keys.names())
        anew = {}
        for name, old in wrapped.items():
            if Envelope.parse(old) is not None or self._ring.is_newest(old):
                continue
            try:
                anew[name] = (old, self._wrap(name, self._ring.open(old, _about(name))))
            except CannotOpen:
                continue  # an earlier ring's key: nothing it sealed can be read anyway
        return await self._keys.rewrap(anew)

    async def check(self) -> str:
        """Return '' when keys can be kept, else a short reason."""
        return await self._keys.check()

    def seal(self, data: bytes, about: str) -> bytes:
        """Seal by the ring itself: addresses and quarantine."""
        return self._ring.seal(data, about)

    def open(self, sealed: bytes, about: str) -> bytes:
        """Open what the ring sealed. Raises CannotOpen."""
        return self._ring.open(sealed, about)

    def sealed_by_newest(self, sealed: bytes) -> bool:
        """Return whether the ring's newest key sealed this; else it should be sealed anew while it still opens."""
        return self._ring.is_newest(sealed)

    def token(self, chat_id: int) -> ChatToken:
        """Return the token of a Telegram chat id."""
        return self._token(chat_id)

    async def _make(self, names: Iterable[str], desks: Mapping[str, str]) -> dict[str, AnyBox]:
        """Make keys. Whoever came first wins, in this process or another: `add` says what stands."""
        before = self._shreds
        fresh = {name: self._fresh(name, desks.get(name, "")) for name in names}
        made = self._unwrapped(await self._keys.add(fresh), keep=before == self._shreds)
        lost = {name: fresh[name] for name in fresh if name not in made}
        if lost:
            made.update(await self._replace(lost))
        return made

    def _fresh(self, name: str, desk: str) -> bytes:
        desk_keys = self.desks.get(desk, ())
        return Envelope.new(desk_keys).dump() if desk_keys else self._wrap(name, Box.new_key())

    async def _replace(self, lost: Mapping[str, bytes]) -> dict[str, AnyBox]:
        """Give names a new key whose old one was wrapped by a ring that is lost: conversations start over."""
        standing = await self._keys.load(list(lost))
        await self._keys.rewrap({name: (standing[name], lost[name]) for name in lost if name in standing})
        return self._unwrapped(await self._keys.add(lost), keep=True)

    def _wrap(self, name: str, key: bytes) -> bytes:
        return self._ring.seal(key, _about(name))

    def _unwrapped(self, wrapped: Mapping[str, bytes], keep: bool) -> dict[str, AnyBox]:
        boxes: dict[str, AnyBox] = {}
        for name, sealed in wrapped.items():
            if (envelope := Envelope.parse(sealed)) is not None:
                boxes[name] = CaseSeal(envelope.public)
                continue
            try:
                boxes[name] = Box(self._ring.open(sealed, _about(name)))
            except CannotOpen:
                continue  # as if it were not there: losing the ring must not stop the bot
        if keep:
            self._remember(boxes)
        return boxes

    def _recall(self, name: str) -> AnyBox | None:
        box = self._boxes.get(name)
        if box is not None:
            self._boxes.move_to_end(name)
        return box

    def _remember(self, boxes: Mapping[str, AnyBox]) -> None:
        self._boxes.update(boxes)
        while len(self._boxes) > self._cached:
            self._boxes.popitem(last=False)

    def _forget(self, names: Iterable[str]) -> None:
        self._shreds += 1
        for name in names:
            self._boxes.pop(name, None)


def _about(name: str) -> str:
    return f"key:{name}"
