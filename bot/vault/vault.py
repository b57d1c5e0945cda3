"""The vault: gives each chat and each case its box. Names are `chat:TOKEN` and `case:ID`.

Keys are random, wrapped by the server's ring, and durable in keys.db before a caller can seal anything with them. The
desk key of the design (one public key per country) will take `case:` over behind this same interface.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.model.ids import ChatToken
from bot.vault.box import Box
from bot.vault.errors import CannotOpen
from bot.vault.keystore import KeyStore
from bot.vault.ring import KeyRing

CACHED_BOXES = 50_000


class Vault:
    """Boxes by name, with the most recently used kept open in memory."""

    def __init__(self, ring: KeyRing, keystore: KeyStore, cached: int = CACHED_BOXES) -> None:
        self._ring = ring
        self._keys = keystore
        self._cached = cached
        self._boxes: OrderedDict[str, Box] = OrderedDict()
        self._token = lru_cache(cached)(ring.token)
        self._shreds = 0

    async def boxes(self, names: Iterable[str]) -> dict[str, Box]:
        """Return the box of each name, making keys where there are none: durably, in one write for all of them."""
        wanted = tuple(dict.fromkeys(names))
        found = await self.known(wanted)
        missing = [name for name in wanted if name not in found]
        if missing:
            found.update(await self._make(missing))
        return found

    async def known(self, names: Iterable[str]) -> dict[str, Box]:
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
            if self._ring.is_newest(old):
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

    async def _make(self, names: Iterable[str]) -> dict[str, Box]:
        """Make keys. Whoever came first wins, in this process or another: `add` says what stands."""
        before = self._shreds
        fresh = {name: self._wrap(name, Box.new_key()) for name in names}
        made = self._unwrapped(await self._keys.add(fresh), keep=before == self._shreds)
        lost = {name: fresh[name] for name in fresh if name not in made}
        if lost:
            made.update(await self._replace(lost))
        return made

    async def _replace(self, lost: Mapping[str, bytes]) -> dict[str, Box]:
        """Give names a new key whose old one was wrapped by a ring that is lost: conversations start over."""
        standing = await self._keys.load(list(lost))
        await self._keys.rewrap({name: (standing[name], lost[name]) for name in lost if name in standing})
        return self._unwrapped(await self._keys.add(lost), keep=True)

    def _wrap(self, name: str, key: bytes) -> bytes:
        return self._ring.seal(key, _about(name))

    def _unwrapped(self, wrapped: Mapping[str, bytes], keep: bool) -> dict[str, Box]:
        boxes = {}
        for name, sealed in wrapped.items():
            try:
                boxes[name] = Box(self._ring.open(sealed, _about(name)))
            except CannotOpen:
                continue  # as if it were not there: losing the ring must not stop the bot
        if keep:
            self._remember(boxes)
        return boxes

    def _recall(self, name: str) -> Box | None:
        box = self._boxes.get(name)
        if box is not None:
            self._boxes.move_to_end(name)
        return box

    def _remember(self, boxes: Mapping[str, Box]) -> None:
        self._boxes.update(boxes)
        while len(self._boxes) > self._cached:
            self._boxes.popitem(last=False)

    def _forget(self, names: Iterable[str]) -> None:
        self._shreds += 1
        for name in names:
            self._boxes.pop(name, None)


def _about(name: str) -> str:
    return f"key:{name}"
