"""Small JSON posts to one server over kept connections: what is left of an HTTP client when calls are all alike.

aiohttp's client takes three times as long for each call, and every word to a girl is one. Uploads go through aiohttp.
"""

from __future__ import annotations

import asyncio
import ssl
from socket import AF_UNSPEC, SOCK_STREAM
from typing import cast

from aiohappyeyeballs import start_connection
from yarl import URL

from bot.telegram.http_answer import HttpAnswer, NotHttp

KEEP_OPEN = 50.0
"""Seconds an unused connection is kept: servers of Telegram close them after a little more than a minute."""

TO_CONNECT = 10.0


class Line(asyncio.Protocol):
    """One connection: one question at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.WriteTransport | None = None
        self.free_since = 0.0
        self._waiter: asyncio.Future[HttpAnswer] | None = None
        self._answer = HttpAnswer()

    @property
    def open(self) -> bool:
        """Return whether the other side still holds it."""
        return self.transport is not None and not self.transport.is_closing()

    async def ask(self, request: bytes, patience: float) -> HttpAnswer:
        """Return the answer to a whole request. Raises ConnectionError, or TimeoutError after so many seconds; after any
        exception the line is of no use."""
        if self.transport is None:
            raise ConnectionResetError
        loop = asyncio.get_running_loop()
        self._answer = HttpAnswer()
        self._waiter = loop.create_future()
        # A timer of the loop's own: asyncio.timeout() costs as much as the rest of this function.
        late = loop.call_later(patience, self._give_up)
        self.transport.write(request)
        try:
            return await self._waiter
        finally:
            late.cancel()
            self._waiter = None

    def _give_up(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(TimeoutError())

    def close(self) -> None:
        """End it at once."""
        if self.transport is not None:
            self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        if self._waiter is None or self._waiter.done():
            return self.close()  # nobody asked
        try:
            if self._answer.feed(data):
                self._waiter.set_result(self._answer)
        except NotHttp as error:
            self._waiter.set_exception(error)
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self._waiter is not None and not self._waiter.done():
            if exc is None and self._answer.end():
                self._waiter.set_result(self._answer)
            else:
                self._waiter.set_exception(ConnectionResetError())


class Wire:
    """Kept connections to one server, at most `limit` at a time; who comes later waits for a free one."""

    def __init__(self, server: str, context: ssl.SSLContext, limit: int) -> None:
        url = URL(server)
        self._host, self._port = url.host or "", url.port or 443
        self._ssl = context if url.scheme == "https" else None
        self._head = (
            f" HTTP/1.1\r\nHost: {url.authority}\r\nContent-Type: application/json\r\nContent-Length: ".encode()
        )
        self._free: list[Line] = []
        self._slots = asyncio.Semaphore(limit)

    async def post(self, path: bytes, body: bytes, patience: float) -> HttpAnswer:
        """Return the server's answer. Raises TimeoutError after `patience` seconds without one, or OSError."""
        request = b"POST %b%b%d\r\n\r\n%b" % (path, self._head, len(body), body)
        async with self._slots:
            line = self._kept() or await self._connect(patience)
            try:
                answer = await line.ask(request, patience)
            except BaseException:
                line.close()  # an answer to this question must never be taken for one to the next
                raise
        self._keep(line) if answer.keep else line.close()
        return answer

    def close(self) -> None:
        """Let the connections go."""
        while self._free:
            self._free.pop().close()

    def _kept(self) -> Line | None:
        """Return the connection used last, if it still stands: older ones grow too old and go."""
        too_old = asyncio.get_running_loop().time() - KEEP_OPEN
        while self._free:
            line = self._free.pop()
            if line.open and line.free_since > too_old:
                return line
            line.close()
        return None

    def _keep(self, line: Line) -> None:
        line.free_since = asyncio.get_running_loop().time()
        self._free.append(line)

    async def _connect(self, patience: float) -> Line:
        """Return a new connection, by IPv6 or IPv4, whichever answers first."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(min(patience, TO_CONNECT)):
            found = await loop.getaddrinfo(self._host, self._port, family=AF_UNSPEC, type=SOCK_STREAM)
            sock = await start_connection(found, happy_eyeballs_delay=0.25, interleave=1)
            name = self._host if self._ssl else None
            _, line = await loop.create_connection(Line, sock=sock, ssl=self._ssl, server_hostname=name)
        return line
