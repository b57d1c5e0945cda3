"""Our own words, lasting buttons, and how many bubbles a turn may send."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from bot.model.effects import Effect, Lane, Send
from bot.model.words import Button, Words

Rows = tuple[tuple[Button, ...], ...]

MOST_BUBBLES = 3
"""How many bubbles one turn sends at most, crisis words excepted; more are folded together."""


@cache
def own(key: str) -> Words:
    """Return one of the bot's own sentences (bot.po)."""
    return Words("bot", key)


@cache
def lasting(name: str) -> Button:
    """Return a button that works in every state: `!name`."""
    return Button(own(f"button.{name}"), f"!{name}")


@cache
def to_a_person(*, persons: bool) -> Rows:
    """Return the last row of a story's questions: to a person, or to help where this country offers no person."""
    return ((Button(own("button.someone"), "!talk"),),) if persons else column("help")


@cache
def column(*names: str) -> Rows:
    """Return lasting buttons, one a row."""
    return tuple((lasting(name),) for name in names)


def folded(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Return the effects with ordinary bubbles folded together until there are at most three."""
    kept = list(effects)
    while len(spots := _ordinary(kept)) > MOST_BUBBLES:
        pair = next((p for p in pairwise(spots) if _may_join(kept, *p)), None)
        if pair is None:
            break
        _join(kept, *pair)
    return tuple(kept)


def _ordinary(effects: list[Effect]) -> list[int]:
    return [i for i, e in enumerate(effects) if isinstance(e, Send) and e.lane is Lane.REPLY]


def _may_join(effects: list[Effect], first: int, second: int) -> bool:
    """Buttons end a bubble, and a picture begins one."""
    one, two = effects[first], effects[second]
    if not isinstance(one, Send) or not isinstance(two, Send):
        return False
    return not (one.bubble.rows or two.bubble.photo or two.bubble.voice)


def _join(effects: list[Effect], first: int, second: int) -> None:
    one, two = effects[first], effects[second]
    if isinstance(one, Send) and isinstance(two, Send):
        both = replace(one.bubble, words=one.bubble.words + two.bubble.words, rows=two.bubble.rows)
        both = replace(both, listen=one.bubble.listen + two.bubble.listen)
        effects[first] = replace(one, bubble=both)
        del effects[second]
