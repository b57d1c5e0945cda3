"""`make bench`: CPU time of our whole turn against a stock aiogram 3 webhook echo bot.

Ours does everything (de-duplication, detection with all word lists, flow, sealed state, durable commit with
`synchronous=FULL`, outbox, send, message id kept for a wipe); the other one repeats what it hears. Both run on uvloop, in
processes of their own, fed by the same kind of simulator over 40 connections. Counted is user and system time of all
threads and children. Every answer is compared with what it must be. Rounds alternate; the ratio of each pair counts.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.campaign import OPENING
from tests.bench.processes import Failed
from tests.bench.side import Script, Side, ours, stock
from tests.bench.texts import sentences

GOAL = 0.5
WARM_UP = 12
"""Messages of each person before the rounds: then her conversation holds about as much as it ever will."""


def main() -> None:
    """Read the options, run the rounds, print; end with 1 when an answer was wrong or missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--chats", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=5, help="of each chat in a round")
    asked = parser.parse_args()
    try:
        pairs = compare(asked.rounds, asked.chats, asked.messages)
    except Failed as error:
        sys.exit(f"bench: {error}")
    report(pairs)


def compare(rounds: int, chats: int, messages: int) -> list[tuple[float, float]]:
    """Return the CPU microseconds a message of ours and of stock aiogram, a pair a round."""
    pairs = []
    with tempfile.TemporaryDirectory(prefix="safebot-bench-") as folder, ours(Path(folder)) as we, stock() as they:
        for side in (we, they):
            side.play([[*OPENING, *lines] for lines in script(0, chats, WARM_UP)])
        for number in range(1, rounds + 1):
            lines = script(number, chats, messages)
            pair = (cost(we, lines), cost(they, lines))
            pairs.append(pair)
            print(
                f"round {number}: ours {pair[0]:6.0f} µs, stock {pair[1]:6.0f} µs, ratio {pair[0] / pair[1]:.3f}",
                flush=True,
            )
    return pairs


def script(number: int, chats: int, messages: int) -> Script:
    """Return what everybody says in a round; no two lines are alike."""
    lines = sentences(number, chats * messages)
    return [lines[start : start + messages] for start in range(0, len(lines), messages)]


def cost(side: Side, lines: Script) -> float:
    """Return the CPU microseconds of one message."""
    return side.play(lines) / sum(map(len, lines)) * 1e6


def report(pairs: Sequence[tuple[float, float]]) -> None:
    """Print medians, the median ratio with its range, and whether the goal is reached."""
    ratios = [one / two for one, two in pairs]
    for name, costs in zip(("ours", "stock aiogram"), zip(*pairs, strict=True), strict=True):
        print(f"{name:14} median {statistics.median(costs):6.0f} µs a message   {min(costs):.0f}–{max(costs):.0f}")
    ratio = statistics.median(ratios)
    print(f"{'ratio':14} median {ratio:6.3f}                {min(ratios):.3f}–{max(ratios):.3f}")
    print(f"The goal of {GOAL} is {'reached' if ratio <= GOAL else 'NOT reached'}. Every answer was right.")


if __name__ == "__main__":
    main()
