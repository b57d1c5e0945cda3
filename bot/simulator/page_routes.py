"""The chat page: its files, what it shows at first, its live view (server-sent events) and the files the bot sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from aiohttp import web

from bot.simulator.errors import Json
from bot.simulator.shapes import for_page
from bot.simulator.world import Chat, User

if TYPE_CHECKING:
    from bot.simulator.server import Simulator

FOLDER = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/wav")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
HEARTBEAT = 15.0
FIRST_PEOPLE = ("Ana", "Olga")


@cache
def _labels() -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = msgspec.json.decode((FOLDER / "labels.json").read_bytes())
    return labels


class PageRoutes:
    """Everything under / that is neither the Bot API nor /_sim/."""

    def __init__(self, simulator: Simulator) -> None:
        self._sim = simulator
        self._streams: set[asyncio.Queue[Json | None]] = set()
        self._routes: dict[str, Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]] = {
            "/": self._index,
            "/state": self._state,
            "/live": self._live,
        }

    def close(self) -> None:
        """End every live view."""
        for queue in self._streams:
            queue.put_nowait(None)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Return a page, a file or the live view."""
        if request.method != "GET":
            return web.Response(status=405)
        if found := self._routes.get(request.path):
            return await found(request)
        if request.path.startswith("/file/"):
            return self._sent_file(request.path.removeprefix("/file/"))
        return _own_file(request.path.removeprefix("/"))

    async def _index(self, _request: web.BaseRequest) -> web.Response:
        return _own_file("index.html")

    async def _state(self, request: web.BaseRequest) -> web.Response:
        """Everything the page shows at first."""
        user, chat = self._whose(request)
        language = user.language
        state = {
            "user": {"id": user.id, "name": user.name, "language": language, "blocked": user.blocked},
            "chat": _chat(chat),
            "bot": self._bot(language),
            "people": self._people(chat),
            "desk": None if self._sim.desk is None else {"id": self._sim.desk.id, "title": self._sim.desk.title},
            "console": self._sim.console_url,
            "staff": self._sim.preview is not None and chat.private,
            "labels": _labels().get(language) or _labels()["en"],
            "languages": {code: words["language_name"] for code, words in _labels().items()},
        }
        return _answer(msgspec.json.encode(state), "application/json")

    def _whose(self, request: web.BaseRequest) -> tuple[User, Chat]:
        world, desk = self._sim.core.world, self._sim.desk
        name = request.query.get("user", "")[:40].strip()
        if request.query.get("chat") == "desk" and desk is not None:
            members = sorted(desk.members)
            return world.find(name or (members[0] if members else "Max")), desk
        user = world.find(name or FIRST_PEOPLE[0])
        return user, world.chats[user.id]

    def _people(self, chat: Chat) -> list[str]:
        users, desk = self._sim.core.world.users, self._sim.desk
        if not chat.private:
            return [users[i].name for i in sorted(chat.members)]
        staff = desk.members if desk else set()
        there = [u.name for u in users.values() if u.id not in staff][:50]
        return list(dict.fromkeys([*FIRST_PEOPLE, *there]))

    def _bot(self, language: str) -> Json:
        profile = self._sim.core.profile
        name = profile.names.get(language) or profile.names.get("") or self._sim.core.world.bot["first_name"]
        text = profile.descriptions.get(language) or profile.descriptions.get("") or ""
        commands = profile.commands.get(("default", language)) or profile.commands.get(("default", "")) or []
        return {"name": name, "description": text, "commands": commands}

    async def _live(self, request: web.BaseRequest) -> web.StreamResponse:
        """Server-sent events of one chat, until the browser goes."""
        chat_id = int(request.query.get("chat", "0"))
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        listeners = self._sim.core.world.listeners
        listeners.setdefault(chat_id, []).append(queue.put_nowait)
        self._streams.add(queue)
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")  # who reads this is already listening: nothing is missed
            await _pass_on(queue, response)
        finally:
            self._streams.discard(queue)
            listeners[chat_id].remove(queue.put_nowait)
            if not listeners[chat_id]:
                del listeners[chat_id]
        return response

    def _sent_file(self, file_id: str) -> web.Response:
        found = self._sim.core.world.files.get(file_id)
        if found is None:
            return web.Response(status=404)
        return _answer(found.content, found.content_type if found.content_type in SHOWN else _guess(found.content))


async def _pass_on(queue: asyncio.Queue[Json | None], response: web.StreamResponse) -> None:
    while True:
        try:
            event = await asyncio.wait_for(queue.get(), HEARTBEAT)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if event is None:
            return
        await response.write(b"data: " + msgspec.json.encode(event) + b"\n\n")


def _chat(chat: Chat) -> Json:
    return {
        "id": chat.id,
        "private": chat.private,
        "title": chat.title,
        "topics": [{"id": t.id, "name": t.name, "closed": t.closed} for t in chat.topics.values()],
        "messages": [for_page(m) for m in chat.messages.values()],
    }


def _guess(content: bytes) -> str:
    """Multipart uploads often come without a type: the first bytes tell."""
    known = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"OggS": "audio/ogg"}
    return next((kind for first, kind in known.items() if content.startswith(first)), "application/octet-stream")


def _own_file(name: str) -> web.Response:
    path = FOLDER / name
    if path.parent != FOLDER or path.suffix not in TYPES or not path.is_file():
        return web.Response(status=404)
    return _answer(path.read_bytes(), TYPES[path.suffix])


def _answer(body: bytes, content_type: str) -> web.Response:
    charset = "utf-8" if content_type.startswith("text/") else None
    return web.Response(body=body, content_type=content_type, charset=charset, headers=HEADERS)
