"""Tables of small whole numbers whose rows are added up: each row is one whole number with a lane for each sum, so that one
addition adds up all of them. Pure arithmetic, exact on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from struct import Struct


class Rows:
    """What each bucket adds to the sums: small whole numbers, a row for each bucket that is met often.

    A row is one whole number with four bytes for each sum, so that one addition adds up all of them.
    """

    def __init__(self, buckets: Sequence[int], weights: bytes, width: int) -> None:
        self.buckets = buckets
        self.weights = weights
        self.width = width
        self._size = 4 * width
        self._unpack = Struct(f"<{width}I").unpack
        self._above = _lanes(width, 1 << 31)
        self._row: dict[int, int] = dict(zip(buckets, self._wide(), strict=True))

    def _wide(self) -> list[int]:
        """Return each row as one number; a weight may be below nothing, then it borrows from the next lane."""
        spread = bytearray(4 * len(self.weights))
        spread[::4] = bytes([(weight + 128) & 255 for weight in self.weights])
        size, middle = self._size, _lanes(self.width, 128)
        return [int.from_bytes(spread[at : at + size], "little") - middle for at in range(0, len(spread), size)]

    def added(self, buckets: Sequence[int]) -> int:
        """Return what these buckets add up to, all sums in one number; buckets without a row add nothing."""
        return sum(map(self._row.get, buckets, repeat(0)))

    def apart(self, added: int) -> list[int]:
        """Return the sums that lie in one number."""
        return [lane - (1 << 31) for lane in self._unpack((added + self._above).to_bytes(self._size, "little"))]


class Lanes:
    """Rows of whole numbers that are added up, each as loud as told: one multiplication and one addition a row.

    Eight bytes a lane: sums of 32 rows of two bytes, each up to a million times, fit.
    """

    def __init__(self, rows: Iterable[Sequence[int]], width: int) -> None:
        self._rows = [sum(value << 64 * lane for lane, value in enumerate(row)) for row in rows]
        self._size = 8 * width
        self._unpack = Struct(f"<{width}Q").unpack
        self._above = sum(1 << 64 * lane + 63 for lane in range(width))

    def added(self, loud: Iterable[int]) -> list[int]:
        """Return the sum of each lane, each row counted so many times."""
        added = sum([row * times for row, times in zip(self._rows, loud, strict=True) if times])
        return [lane - (1 << 63) for lane in self._unpack((added + self._above).to_bytes(self._size, "little"))]


def _lanes(width: int, value: int) -> int:
    return sum(value << 32 * lane for lane in range(width))
