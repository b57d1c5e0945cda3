"""What became of every update, from the simulator's ledger alone: its confirmations against the effects it saw."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from tests.chaos.campaign import ECHO, PLEA
from tests.chaos.load import Girl
from tests.chaos.telegram import DESK_CHAT

Sends = Sequence[dict[str, Any]]
ON_ITS_WAY = 0.1
"""What a bot handed to the network may reach Telegram when it is dead already. The next one needs longer to start."""


@dataclass(slots=True)
class Verdict:
    """The figures of a point, or of many added up.

    `lost`: confirmed, and no effect was ever seen. `twice`: effects of one update that are not one effect sent again.
    `stuck`: never confirmed though the bot lived. `repeats`: the same message sent again across a kill; `most` is the
    highest number of them in one chat after one kill. `odd`: repeats that no kill explains. `disorder`: chats whose answers
    came out of order.
    `late`: kills whose exact moment did not come, so that they came by the clock.
    """

    updates: int = 0
    confirmed: int = 0
    deliveries: int = 0
    cases: int = 0
    kills: int = 0
    late: int = 0
    lost: int = 0
    twice: int = 0
    stuck: int = 0
    odd: int = 0
    disorder: int = 0
    repeats: int = 0
    most: int = 0

    @property
    def good(self) -> bool:
        return not (self.lost or self.twice or self.stuck or self.odd or self.disorder) and self.most <= 1

    def add(self, other: Verdict) -> None:
        """Add another one's figures."""
        for name in (field.name for field in fields(self)):
            join = max if name == "most" else int.__add__
            setattr(self, name, join(getattr(self, name), getattr(other, name)))


def judge(girls: Iterable[Girl], updates: Sequence[dict[str, Any]], sends: Sends, deaths: Sequence[float]) -> Verdict:
    """Return what became of the updates of one point; `deaths` are the times at which the bot was found dead."""
    verdict = Verdict(
        updates=len(updates),
        confirmed=sum(row["confirmed"] is not None for row in updates),
        deliveries=sum(len(row["attempts"]) for row in updates),
        kills=len(deaths),
    )
    verdict.stuck = len(updates) - verdict.confirmed
    taken = {row["id"] for row in updates if row["confirmed"] is not None}
    by_chat: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for sent in sends:
        # Alarms of the health check are made by each process anew: only cards are answers to somebody's message.
        if sent["method"] == "sendMessage" and (sent["chat"] != DESK_CHAT or _is_card(sent)):
            by_chat[sent["chat"]].append(sent)
    pleas = 0
    for girl in girls:
        _count_words(verdict, girl, taken, by_chat[girl.id])
        pleas += any(text == PLEA and update in taken for text, update in girl.said)
    _count_cases(verdict, pleas, by_chat[DESK_CHAT])
    for heard in by_chat.values():
        _count_repeats(verdict, heard, deaths)
    return verdict


def _count_words(verdict: Verdict, girl: Girl, taken: set[int], heard: Sends) -> None:
    """Every word has a number: how many acted before it. More than it should be: one acted twice; fewer: one was lost."""
    numbers: dict[str, set[int]] = defaultdict(set)
    bubbles: dict[str, set[str]] = defaultdict(set)
    order: list[tuple[int, str]] = []
    for sent in heard:
        if match := ECHO.fullmatch(sent["text"]):
            bubble, word, number = match[1], match[2], int(match[3])
            if bubble not in bubbles[word]:
                order.append((number, bubble))
            bubbles[word].add(bubble)
            numbers[word].add(number)
    verdict.disorder += order != sorted(order)
    words = ["" if text == "/start" else text for text, update in girl.said if text != PLEA and update in taken]
    drift = [number - place for place, word in enumerate(words) for number in numbers[word]]
    verdict.twice += max(max(drift, default=0), sum(len(numbers[word]) > 1 for word in words), 0)
    unseen = sum(len(bubbles[word]) < 2 for word in words)
    if girl.manner == "hasty":  # later replies replaced the ones before: the last one must be there, and its number
        unseen = int(bool(words) and len(bubbles[words[-1]]) < 2)
    verdict.lost += max(unseen, -min(drift, default=0), 0)
    if girl.pleaded and girl.said[-1][1] in taken and all(ECHO.fullmatch(sent["text"]) for sent in heard):
        verdict.lost += 1


def _count_cases(verdict: Verdict, pleas: int, desk: Sends) -> None:
    """Each plea opens one case: a card of its own in the moderators' group, with a pseudonym of its own."""
    verdict.cases = len({sent["text"].splitlines()[1].partition(",")[0] for sent in desk})
    verdict.lost += max(0, pleas - verdict.cases)
    verdict.twice += max(0, verdict.cases - pleas)


def _is_card(sent: dict[str, Any]) -> bool:
    return any(data.startswith("claim:") for _, data in sent["buttons"])


def _count_repeats(verdict: Verdict, heard: Sends, deaths: Sequence[float]) -> None:
    """The same words again belong to a kill between the two; what no kill explains is odd."""
    last: dict[str, float] = {}
    after_kill: Counter[float] = Counter()
    for sent in heard:
        before = last.get(sent["text"])
        last[sent["text"]] = sent["at"]
        if before is None:
            continue
        kill = next((death for death in deaths if before <= death + ON_ITS_WAY and death <= sent["at"]), None)
        if kill is None:
            verdict.odd += 1
        else:
            after_kill[kill] += 1
    verdict.repeats += after_kill.total()
    verdict.most = max([verdict.most, *after_kill.values()])
