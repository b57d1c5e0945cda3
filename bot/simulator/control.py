"""The JSON routes under /_sim/: move people, read the ledger, plan faults, wait, start over. For the page, and for a
benchmark or chaos run that has the simulator in a process of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from bot.simulator.acts import act
from bot.simulator.errors import Json
from bot.simulator.faults import Fault
from bot.simulator.people import NotPossible
from bot.simulator.shapes import for_page

if TYPE_CHECKING:
    from bot.simulator.server import Simulator

PAGE = 1_000
LONGEST_WAIT = 600.0


class Control:
    """One method a route; each takes the body's fields and returns what is answered as JSON."""

    def __init__(self, simulator: Simulator) -> None:
        self._sim = simulator
        self._routes: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "POST /_sim/acts": self._acts,
            "POST /_sim/people": self._people,
            "POST /_sim/faults": self._faults,
            "POST /_sim/wait": self._wait,
            "POST /_sim/reset": self._reset,
            "GET /_sim/ledger": self._ledger,
            "GET /_sim/updates": self._updates,
            "GET /_sim/sends": self._sends,
            "GET /_sim/chat": self._chat,
        }

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Return the answer to a control call."""
        found = self._routes.get(f"{request.method} {request.path}")
        if found is None:
            return _json({"error": f"no such route. There are: {', '.join(self._routes)}"}, 404)
        if request.method == "POST" and not request.headers.get("Content-Type", "").startswith("application/json"):
            # A form of another site cannot say application/json without asking first.
            return _json({"error": "send JSON, with Content-Type: application/json"}, 415)
        try:
            body = msgspec.json.decode(await request.read() or b"{}") if request.method == "POST" else {}
            return _json(await found({**request.query, **body}))
        except (NotPossible, LookupError, TypeError, ValueError) as error:
            return _json({"error": f"{type(error).__name__}: {error}"}, 400)

    async def _acts(self, fields: Json) -> Any:
        """`{"acts": [{"do": "say", "user": "Ana", "text": "…"}, …]}`; answers one object per act, in order."""
        return {"done": [act(self._sim, each) for each in fields["acts"]]}

    async def _people(self, fields: Json) -> Any:
        """`{"count": 1000, "first": 1000, "language": "en"}` makes people with ids in a row."""
        first, language = int(fields.get("first", 1000)), str(fields.get("language", "en"))
        ids = range(first, first + int(fields["count"]))
        for user_id in ids:
            user = self._sim.core.world.find(user_id)
            user.language, user.started = language, bool(fields.get("started", user.started))
        return {"first": first, "count": len(ids)}

    async def _faults(self, fields: Json) -> Any:
        """`{"faults": [{"kind": "too_many", "method": "sendMessage", "times": 3, "seconds": 2}], "seed": 5}`;
        `{"clear": true}` ends all trouble first."""
        if fields.get("clear"):
            self._sim.core.faults.clear()
        self._sim.core.faults.add([Fault(**rule) for rule in fields.get("faults", [])], fields.get("seed"))
        return {"standing": len(self._sim.core.faults.rules)}

    async def _wait(self, fields: Json) -> Any:
        """`{"confirmed": 100, "sent": 300, "seconds": 30}`: waits until both are reached; `reached` says whether."""
        ledger = self._sim.ledger
        confirmed, sent = int(fields.get("confirmed", 0)), int(fields.get("sent", 0))

        def reached() -> bool:
            return ledger.confirmed >= confirmed and ledger.messages >= sent

        seconds = min(LONGEST_WAIT, float(fields.get("seconds", 30)))
        return {"reached": await self._sim.watch.until(reached, seconds), **ledger.counts()}

    async def _reset(self, _fields: Json) -> Any:
        """Forget everything that happened."""
        await self._sim.reset()
        return {"ok": True}

    async def _ledger(self, _fields: Json) -> Any:
        return {**self._sim.ledger.counts(), "waiting": len(self._sim.core.delivery.pending)}

    async def _updates(self, fields: Json) -> Any:
        """`?after=N` (a position): every update with its deliveries and confirmation, a thousand at a time."""
        start = int(fields.get("after", 0))
        rows = self._sim.ledger.all_updates[start : start + PAGE]
        return {"next": start + len(rows), "updates": [_update(row) for row in rows]}

    async def _sends(self, fields: Json) -> Any:
        """`?after=N`: every accepted send, edit and deletion, a thousand at a time."""
        start = int(fields.get("after", 0))
        rows = self._sim.ledger.sends[start : start + PAGE]
        return {"next": start + len(rows), "sends": rows}

    async def _chat(self, fields: Json) -> Any:
        """`?user=Ana` or `?id=-100…`: the messages that stand in a chat now."""
        world = self._sim.core.world
        who = fields.get("user", "")
        chat_id = int(fields["id"]) if "id" in fields else world.find(int(who) if who.isdecimal() else who).id
        return {"messages": [for_page(m) for m in world.chats[chat_id].messages.values()]}


def _update(row: Any) -> Json:
    names = ("id", "kind", "chat", "user", "created", "attempts", "confirmed", "confirmations", "gone")
    return {name: getattr(row, name) for name in names}


def _json(answer: Any, status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(answer), status=status, content_type="application/json")
