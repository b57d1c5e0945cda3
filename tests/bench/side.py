"""One side of the bench: a bot in a process of its own, with a simulator of its own that feeds it and keeps the ledger."""

from __future__ import annotations

import json
import socket
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bot.vault.ring import KeyRing
from tests.bench.campaign import answer_to, write_campaign
from tests.bench.processes import Failed, cpu_seconds, running, wait_for_port

TOKEN = "1000001:bench-token-that-opens-nothing"
SECRET = "bench-secret-bench-secret-bench-secret"
PATH = "/telegram"
HOST = "127.0.0.1"
FIRST_PERSON = 5_000_000
AT_ONCE = 2_000
"""Acts in one request to the simulator."""

Script = Sequence[Sequence[str]]
"""What each person says, in order."""


@dataclass(slots=True)
class Side:
    """`play` lets every person say her lines, waits for every answer, checks each, and returns the CPU time it took."""

    name: str
    port: int
    bot: subprocess.Popen[bytes]
    answer: Callable[[str], str]
    ordered: bool
    _seen: int = 0
    _said: int = 0

    def play(self, script: Script) -> float:
        """Return the CPU seconds of the bot. Raises Failed for an answer that is wrong, missing or one too many."""
        before = cpu_seconds(self.bot.pid)
        acts = [
            {"do": "say", "user": FIRST_PERSON + person, "text": lines[turn]}
            for turn in range(len(script[0]))
            for person, lines in enumerate(script)
        ]
        for start in range(0, len(acts), AT_ONCE):
            self._ask("acts", {"acts": acts[start : start + AT_ONCE]})
        self._said += len(acts)
        self._wait()
        spent = cpu_seconds(self.bot.pid) - before
        self._check(script)
        return spent

    def _wait(self) -> None:
        wanted = {"confirmed": self._said, "sent": self._said, "seconds": 300}
        reached = self._ask("wait", wanted)
        if not reached["reached"]:
            counts = {name: reached[name] for name in ("updates", "confirmed", "sent", "refused")}
            raise Failed(f"{self.name}: {self._said} messages were said, but the ledger has {counts}")

    def _check(self, script: Script) -> None:
        got = self._answers()
        for person, lines in enumerate(script):
            wanted = [self.answer(line) for line in lines]
            found = got.pop(FIRST_PERSON + person, [])
            if found != wanted and (self.ordered or sorted(found) != sorted(wanted)):
                raise Failed(f"{self.name}: person {person} should read {wanted}, but reads {found}")
        if got:
            raise Failed(f"{self.name}: {len(got)} chats got answers that nobody asked for")

    def _answers(self) -> dict[int, list[str]]:
        """Return the new texts of the ledger by chat, in the order in which they were sent."""
        found: dict[int, list[str]] = defaultdict(list)
        while True:
            page = self._ask(f"sends?after={self._seen}")
            for sent in page["sends"]:
                found[sent["chat"]].append(sent["text"])
            if page["next"] == self._seen:
                return found
            self._seen = page["next"]

    def _ask(self, what: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        connection = HTTPConnection(HOST, self.port, timeout=600)
        data = None if body is None else json.dumps(body)
        connection.request("POST" if data else "GET", f"/_sim/{what}", data, {"Content-Type": "application/json"})
        with closing(connection):
            answer: dict[str, Any] = json.load(connection.getresponse())
        return answer


@contextmanager
def simulator() -> Iterator[str]:
    """Run a simulator without limits of its own; yield its address."""
    with running("-m", "bot.simulator", "--token", TOKEN, "--rates", "off") as process:
        line = process.stdout.readline() if process.stdout else b""
        yield json.loads(line)["url"]


@contextmanager
def ours(folder: Path) -> Iterator[Side]:
    """Run `safebot run` by webhook, as an operator would, on a fresh database with every word list."""
    port, console = free_port(), free_port()
    with simulator() as url:
        env = {
            "SAFEBOT_TOKEN": TOKEN,
            "SAFEBOT_API_URL": url,
            "SAFEBOT_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
            "SAFEBOT_CAMPAIGN": str(write_campaign(folder / "campaign")),
            "SAFEBOT_KEY": KeyRing.new().dump(),
            "SAFEBOT_WEBHOOK_URL": f"http://{HOST}:{port}{PATH}",
            "SAFEBOT_WEBHOOK_SECRET": SECRET,
            "SAFEBOT_WEBHOOK_PORT": str(port),
            "SAFEBOT_CONSOLE_PORT": str(console),
            "SAFEBOT_RATE_CHAT": "10000",
            "SAFEBOT_BURST_CHAT": "10000",
        }
        with running("-c", "from bot.cli import main; main()", "run", env=env) as bot:
            wait_for_port(port, bot)
            yield Side("ours", port_of(url), bot, answer_to, ordered=True)


@contextmanager
def stock() -> Iterator[Side]:
    """Run the stock bot. It answers 200 before it handles an update, so two answers of one chat may change places."""
    port = free_port()
    with simulator() as url, running("-m", "tests.bench.stock", url, str(port)) as bot:
        wait_for_port(port, bot)
        yield Side("stock aiogram", port_of(url), bot, lambda text: text, ordered=False)


def port_of(url: str) -> int:
    """Return the port of an address."""
    return int(url.rpartition(":")[2])


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
