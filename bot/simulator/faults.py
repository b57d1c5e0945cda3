"""Trouble on demand: which call goes wrong and how, by method, chat, probability (seeded) or the next N."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.simulator.dice import dice
from bot.simulator.errors import REFUSALS, Refusal, refusal, too_many

KINDS = {
    "too_many": "429 with `seconds` as retry_after; repeating earlier in that chat is a violation",
    "refuse": "the refusal named `text` (see errors.REFUSALS), or `code` with `text` as words",
    "html": "`code` (502) with an HTML page instead of JSON",
    "hang": "read the call, never answer (for `seconds`, then the connection is cut)",
    "slow": "answer after `seconds`",
    "reset": "cut the connection before the call is read: it did not happen",
    "cut": "do what was asked, then cut the connection: it did happen",
    "half": "do what was asked, answer half of the JSON body, cut the connection",
    "broken": "do what was asked, answer 200 with half of the JSON as a whole body",
    "lost_answer": "webhook only: the bot's 2xx is lost on its way, the update is delivered again",
    "twice": "webhook only: an update that was confirmed is delivered once more",
    "refused_connection": "webhook only: the update does not reach the bot",
}


@dataclass(slots=True)
class Fault:
    """One rule. `method` '' is any call of the bot, 'webhook' a delivery to it; `times` None means until cleared."""

    kind: str
    method: str = ""
    chat: int | None = None
    chance: float = 1.0
    times: int | None = None
    code: int = 0
    text: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault {self.kind!r}. Faults there are: {', '.join(KINDS)}.")
        self.method = self.method.lower()

    def refusal(self) -> Refusal:
        """Return what the bot is told."""
        if self.kind == "too_many":
            return too_many(max(1, round(self.seconds)))
        if self.text in REFUSALS:
            return refusal(self.text)
        return Refusal(self.code or 400, self.text or "Bad Request")


class Faults:
    """The rules that stand. The first one that fits is used."""

    def __init__(self, seed: int = 1) -> None:
        self.rules: list[Fault] = []
        self._random = dice(seed)

    def add(self, faults: Iterable[Fault], seed: int | None = None) -> None:
        """Add rules; a seed starts the dice anew."""
        if seed is not None:
            self._random.seed(seed)
        self.rules.extend(faults)

    def clear(self) -> None:
        """Have no trouble any more."""
        self.rules.clear()

    def pick(self, method: str, chat: int) -> Fault | None:
        """Return the fault that strikes this call, and use it up by one."""
        for rule in self.rules:
            if self._fits(rule, method, chat) and (rule.chance >= 1 or self._random.random() < rule.chance):
                return self._used(rule)
        return None

    def _fits(self, rule: Fault, method: str, chat: int) -> bool:
        if rule.method != method and (rule.method or method == "webhook"):
            return False
        return rule.chat is None or rule.chat == chat

    def _used(self, rule: Fault) -> Fault:
        if rule.times is not None:
            rule.times -= 1
            if rule.times <= 0:
                self.rules.remove(rule)
        return rule
