"""The stand-in without its network: everything one bot's Telegram consists of. Time is an argument, nothing waits."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from bot.simulator.body import Fields, integer
from bot.simulator.delivery import Delivery
from bot.simulator.errors import Json, too_many
from bot.simulator.faults import Fault, Faults
from bot.simulator.ledger import Ledger, Sent
from bot.simulator.limits import BULK_AFTER, Rates
from bot.simulator.shapes import for_page
from bot.simulator.world import Chat, Message, World

DEMO = "1:demo"
RATES = ("count", "enforce", "off")


@dataclass(slots=True)
class Tap:
    """A button was pressed; the bot should answer before it is too old."""

    id: str
    user: int
    chat: int
    message: int
    at: float


@dataclass(slots=True)
class Profile:
    """What the bot says of itself, per language ('' is for every other language)."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # (scope, language)


class Core:
    """World, delivery, ledger, limits and faults of one bot."""

    def __init__(self, token: str = DEMO, seed: int = 1, rates: str = "count", retry_scale: float = 1.0) -> None:
        self.token = token
        self.world = World(int(token.partition(":")[0]))
        self.ledger = Ledger()
        self.delivery = Delivery(self.ledger, seed, retry_scale)
        self.limits = Rates()
        self.faults = Faults(seed)
        self.rates = rates
        self.profile = Profile()
        self.taps: dict[str, Tap] = {}
        self.webhook_set_at = -10.0
        self.tap_ids = itertools.count(7_000_000_000_000_001)

    def keep_waiting(self, method: str, fields: Fields, now: float) -> None:
        """Refuse a call to a chat that was answered 429 and still has to wait."""
        if "chat_id" not in fields or method == "sendchataction":
            return
        chat = integer(fields, "chat_id")
        if left := self.limits.too_early(chat, now):
            self.broke("earlier_than_retry_after", method, chat, now)
            raise too_many(int(left) + 1)

    def strike(self, method: str, fields: Fields, now: float) -> Fault | None:
        """Return the fault planned for this call, if there is one."""
        if not self.faults.rules:
            return None
        chat = fields.get("chat_id", 0)
        chat = int(chat) if str(chat).lstrip("-").isdecimal() else 0
        fault = self.faults.pick(method, chat)
        if fault:
            self.ledger.struck(fault.kind)
        if fault and fault.kind == "too_many" and chat:
            self.limits.hold(chat, now, max(1.0, fault.seconds))
        return fault

    def broke(self, what: str, method: str, chat: int, now: float) -> None:
        """Note that the bot did not keep a limit."""
        self.ledger.broke(what, method, chat, now)

    def count_rate(self, method: str, chat: Chat, now: float) -> None:
        """Count one message of the bot against the soft limits; with rates 'enforce' too many are refused."""
        if self.rates == "off":
            return
        bulk = now - chat.last_heard > BULK_AFTER
        if found := self.limits.write(chat.id, not chat.private, bulk, now):
            name, seconds = found
            self.broke(name, method, chat.id, now)
            if self.rates == "enforce":
                raise too_many(seconds)

    def note(self, method: str, chat: Chat, message: Message, now: float) -> None:
        """Write an accepted send or edit into the ledger and show it to those who watch."""
        number = len(self.ledger.sends) + 1
        self.ledger.sent(
            Sent(
                number,
                now,
                method,
                chat.id,
                message.id,
                message.text,
                message.buttons,
                message.thread,
                message.silent,
                message.protected,
                message.kind,
                message.reply_to,
            )
        )
        if chat.id in self.world.listeners:
            kind = "edited" if method.startswith("edit") else "message"
            self.world.tell(chat.id, {"event": kind, "message": for_page(message)})
