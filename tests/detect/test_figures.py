"""How well the real lists hear: printed by language (pytest -s), with floors below which a change is a step back."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from bot.detect import Hearing, assess
from bot.model.assessment import Context
from tests.detect.conftest import LANGUAGES

HERE = Path(__file__).parent
DEVELOPMENT = HERE.parents[2] / "shared" / "data" / "detection" / "dev.jsonl"
HELD_OUT = HERE / "heldout.jsonl"
BLIND = HERE / "blind.jsonl"
FROZEN = "d19e27f406f1f7a2b3231a4dc1e270315082243ce1a72e5ac387f315aebce42d"


def count(hearing: Hearing, path: Path) -> dict[str, Counter[str]]:
    """Return per language how many worrying were heard and how many others were not left in peace."""
    counts: dict[str, Counter[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        message = json.loads(line)
        level = assess(hearing, message["text"], Context()).level
        tally = counts.setdefault(message["lang"], Counter())
        tally["worrying" if message["worrying"] else "benign"] += 1
        tally["heard" if message["worrying"] else "false"] += level is not None
        tally["P1"] += message["priority"] == "P1"
        tally["P1 as P1"] += message["priority"] == "P1" and level == "P1"
    return counts


def show(counts: dict[str, Counter[str]]) -> None:
    for language, c in counts.items():
        p1 = f"P1 as P1 {c['P1 as P1']}/{c['P1']}"
        print(f"{language}: heard {c['heard']}/{c['worrying']}, {p1}, false alarms {c['false']}/{c['benign']}")


@pytest.mark.parametrize("path", [DEVELOPMENT, HELD_OUT], ids=["development", "heldout"])
def test_worrying_messages_are_heard_and_others_left_in_peace(hearing: Hearing, path: Path) -> None:
    if not path.exists():
        pytest.skip("the development messages lie beside the checkout, and not here")
    counts = count(hearing, path)
    show(counts)

    for tally in (counts[language] for language in LANGUAGES if language in counts):
        assert tally["heard"] >= 0.92 * tally["worrying"]
        assert tally["P1 as P1"] >= 0.9 * tally["P1"]
        assert tally["false"] <= 0.05 * tally["benign"]


def test_the_blind_set_is_as_it_was_before_anything_was_tuned() -> None:
    found = hashlib.sha256(BLIND.read_bytes()).hexdigest()

    assert found == FROZEN, (
        "a set that was looked into is for tuning: write a new one, freeze it, and say so in the README"
    )
