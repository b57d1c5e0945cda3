"""Pleas drawn by seed from the development messages, sent at random steps of a real conversation."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from bot.model.levels import Level
from tests.scenarios.town import ROOT, Girl, Town, town

pytestmark = pytest.mark.scenario

MESSAGES = ROOT.parent / "shared" / "data" / "detection" / "dev.jsonl"
SEED = 20261122
FIRM = ("P1", "P2", "P3")


def drawn(count: int, *, worrying: bool) -> list[dict[str, str]]:
    """Return messages in English and Swahili, the same ones at every run."""
    lines = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    fit = [m for m in lines if m["lang"] in {"en", "sw"} and m["worrying"] is worrying]
    fit = [m for m in fit if not worrying or m["priority"] in FIRM]
    return random.Random(SEED).sample(fit, count)


def needs_messages() -> None:
    if not MESSAGES.exists():
        pytest.skip(f"the development messages are not beside this checkout ({Path(*MESSAGES.parts[-4:])})")


async def test_each_plea_opens_exactly_one_case_and_help_words_come_first() -> None:
    needs_messages()
    dice = random.Random(SEED)
    async with town() as here:
        missed = [m["id"] for m in drawn(20, worrying=True) if not await heard(here, m, dice)]
    assert missed == []


async def heard(here: Town, message: dict[str, str], dice: random.Random) -> bool:
    """Return whether a plea got help words first, and exactly one case."""
    girl = here.girl(message["id"])
    if dice.random() < 0.8:
        await girl.arrives(language="English" if message["lang"] == "en" else "Kiswahili")
        await plain_steps(girl, dice)
    before = {case.id for case in await here.cases()}
    answered = await girl.says(message["text"])
    if not girl.arrived and message["priority"] == "P2":
        answered += await girl.taps(agreement(girl))  # before opt-in P2 and P3 ask first
    opened = [case for case in await here.cases() if case.id not in before]
    return bool(answered) and len(opened) == 1 and first_is_kind(answered[0]) and opened[0].level in set(Level)


def agreement(girl: Girl) -> str:
    """Return the button by which she says yes to a person."""
    return next(b for b in girl.buttons() if b.lower().startswith(("yes", "ndiyo", "ndio")))


async def plain_steps(girl: Girl, dice: random.Random) -> None:
    """Taps that tell nothing: those of the first story in the menu."""
    for _ in range(dice.randrange(0, 4)):
        buttons = girl.buttons()
        if buttons:
            await girl.taps(buttons[0])


def first_is_kind(text: str) -> bool:
    """The first bubble thanks or comforts; it asks nothing of the story."""
    return any(word in text.lower() for word in ("thank", "glad", "asante", "good", "vizuri", "pole", "sorry"))


async def test_benign_messages_open_no_case() -> None:
    needs_messages()
    dice = random.Random(SEED)
    async with town() as here:
        for message in drawn(10, worrying=False):
            girl = here.girl(message["id"])
            await girl.arrives(language="English" if message["lang"] == "en" else "Kiswahili")
            await plain_steps(girl, dice)
            await girl.says(message["text"])
        assert await here.cases() == []
