"""The Bot API over HTTP: reads a call, lets planned trouble strike, answers as Telegram does."""

from __future__ import annotations

import asyncio
import socket
import struct
from datetime import timedelta

import msgspec
from aiohttp import web

from bot.simulator.body import Fields, fields_of
from bot.simulator.core import Core
from bot.simulator.errors import Refusal, refusal
from bot.simulator.faults import Fault
from bot.simulator.methods import call
from bot.simulator.polling import Poller
from bot.work.ports import Clock

HTML = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n"
NEVER = 86_400.0


class Api:
    """The routes /bot<TOKEN>/<method>."""

    def __init__(self, core: Core, clock: Clock, poller: Poller) -> None:
        self._core, self._clock, self._poller = core, clock, poller

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Return the answer to one call of the bot."""
        try:
            method, fields = await self._read(request)
        except Refusal as refused:
            return _refused(refused)
        fault = self._core.strike(method, fields, self._now())
        if fault is None:
            return await self._do(method, fields)
        return await self._go_wrong(fault, request, method, fields)

    async def _read(self, request: web.BaseRequest) -> tuple[str, Fields]:
        token, _, method = request.path[4:].partition("/")
        if token != self._core.token:
            raise refusal("unauthorized" if ":" in token else "not_found")
        fields: Fields = dict(request.query) if request.query_string else {}
        body = await request.read() if request.can_read_body else b""
        fields.update(fields_of(request.headers.get("Content-Type", ""), body))
        return method.lower(), fields

    async def _do(self, method: str, fields: Fields) -> web.Response:
        try:
            if method == "getupdates":
                return await self._updates(fields)
            result = call(self._core, method, fields, self._now())
        except Refusal as refused:
            return _refused(refused)
        return _json(msgspec.json.encode({"ok": True, "result": result}))

    async def _updates(self, fields: Fields) -> web.Response:
        self._core.ledger.called("getupdates")
        updates = await self._poller.updates(fields)
        return _json(b'{"ok":true,"result":[' + b",".join(u.body for u in updates) + b"]}")

    async def _go_wrong(
        self, fault: Fault, request: web.BaseRequest, method: str, fields: Fields
    ) -> web.StreamResponse:
        kind = fault.kind
        if kind in {"too_many", "refuse"}:
            return _refused(fault.refusal())
        if kind == "html":
            return web.Response(status=fault.code or 502, body=HTML, content_type="text/html")
        if kind in {"hang", "reset"}:
            await self._wait(fault.seconds or NEVER) if kind == "hang" else None
            return _cut(request)
        if kind == "slow":
            await self._wait(fault.seconds)
        done = await self._do(method, fields)
        return _spoilt(kind, request, done)

    async def _wait(self, seconds: float) -> None:
        await self._clock.sleep_until(self._clock.now() + timedelta(seconds=seconds))

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _json(body: bytes, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="application/json")


def _refused(refused: Refusal) -> web.Response:
    response = _json(msgspec.json.encode(refused.body()), refused.code)
    if "retry_after" in (refused.parameters or {}):
        response.headers["Retry-After"] = str((refused.parameters or {})["retry_after"])
    return response


def _spoilt(kind: str, request: web.BaseRequest, done: web.Response) -> web.StreamResponse:
    body = done.body if isinstance(done.body, bytes) else b""
    if kind == "cut":
        return _cut(request)
    if kind == "half":
        return _cut(request, _head(len(body)) + body[: len(body) // 2])
    return _json(body[: len(body) // 2]) if kind == "broken" else done


def _head(length: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n".encode()


def _cut(request: web.BaseRequest, first: bytes = b"") -> web.Response:
    """End the connection, perhaps after a piece of an answer. What is returned reaches nobody."""
    transport = request.transport
    if isinstance(transport, asyncio.Transport) and first:
        transport.write(first)
        transport.close()
    elif transport is not None:
        _reset_on_close(transport.get_extra_info("socket"))
        transport.abort()
    return web.Response()


def _reset_on_close(sock: socket.socket | None) -> None:
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
