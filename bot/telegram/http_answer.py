"""One HTTP/1.1 answer, put together from bytes as they arrive. Pure: `wire` owns the connection."""

from __future__ import annotations

import re

LARGEST = 64 * 1024 * 1024
LARGEST_HEAD = 64 * 1024

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked[ \t]*\r\n", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection:[ \t]*close[ \t]*\r\n", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP/1\.([01]) (\d{3})[ \r]")
_RETRY = re.compile(rb"\r\nretry-after:[ \t]*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)


class NotHttp(ConnectionError):
    """What came back is no HTTP answer."""


class HttpAnswer:
    """`feed` it until it says it is complete; then `status`, `body`, `keep` (may the connection be used again) count."""

    __slots__ = ("_length", "_rest", "body", "head", "keep", "status")

    def __init__(self) -> None:
        self.status = 0
        self.head = b""
        self.body = b""
        self.keep = False
        self._rest = b""
        self._length = -1  # -1: in chunks; -2: until the connection ends

    def feed(self, data: bytes) -> bool:
        """Take bytes in; return whether the answer is complete. Raises NotHttp."""
        self._rest = self._rest + data if self._rest else data
        if len(self._rest) > LARGEST:
            raise NotHttp
        return (bool(self.head) or self._read_head()) and self._read_body()

    def end(self) -> bool:
        """Return whether an answer is complete now that the connection has ended."""
        if not self.head or self._length != -2:
            return False
        self.body = self._rest
        return True

    @property
    def retry_after(self) -> float | None:
        """Return the seconds in the header, if there is one."""
        found = _RETRY.search(self.head)
        return float(found[1]) if found else None

    def _read_head(self) -> bool:
        end = self._rest.find(b"\r\n\r\n")
        if end < 0:
            if len(self._rest) > LARGEST_HEAD:
                raise NotHttp
            return False
        head, self._rest = self._rest[: end + 2], self._rest[end + 4 :]
        line = _STATUS.match(head)
        if line is None:
            raise NotHttp
        self.status = int(line[2])
        if self.status < 200:  # "100 Continue": the answer itself follows
            return self._read_head()
        self.head = head
        self._measure(line[1] == b"1")
        return True

    def _measure(self, modern: bool) -> None:
        """Find out how the body ends, and whether another answer may follow it."""
        length = _LENGTH.search(self.head)
        if _CHUNKED.search(self.head):
            self._length = -1
        elif self.status in (204, 304):
            self._length = 0
        else:
            self._length = int(length[1]) if length else -2
        self.keep = modern and self._length != -2 and not _CLOSE.search(self.head)

    def _read_body(self) -> bool:
        if self._length == -1:
            return self._read_chunks()
        if self._length < 0 or len(self._rest) < self._length:
            return False
        self.keep = self.keep and len(self._rest) == self._length  # bytes nobody asked for: do not trust what follows
        self.body = self._rest[: self._length]
        return True

    def _read_chunks(self) -> bool:
        """Move whole chunks from the rest to the body; the one of length 0, with its trailers, is the end."""
        while (line := self._rest.find(b"\r\n")) >= 0:
            try:
                size = int(self._rest[:line].split(b";")[0], 16)
            except ValueError:
                raise NotHttp from None
            if size < 0:
                raise NotHttp
            if size == 0:
                return self._read_trailers(line)
            start, end = line + 2, line + 2 + size
            if len(self._rest) < end + 2:
                return False
            self.body += self._rest[start:end]
            self._rest = self._rest[end + 2 :]
        return False

    def _read_trailers(self, line: int) -> bool:
        end = self._rest.find(b"\r\n\r\n", line)
        if end < 0:
            return False
        self.keep = self.keep and end == len(self._rest) - 4
        return True
