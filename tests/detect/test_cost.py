"""No text breaks the ear or makes it slow, however strange, and more phrases do not make it slower.

The whole run of a hundred thousand strings: SAFEBOT_HYPOTHESIS=100000 pytest tests/detect/test_cost.py -s
"""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from itertools import product
from time import process_time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.detect import Hearing, compile_hearing, hear
from bot.model.assessment import Context
from bot.model.campaign import RiskFrame, WordFile
from bot.model.levels import Level

EXAMPLES = int(os.environ.get("SAFEBOT_HYPOTHESIS", "300"))
SLOWEST = 0.005
GRACE = 2 if EXAMPLES > 10_000 else 6
"""Others share the machine: the long run leaves them half the time, the everyday run only looks for growth."""

SCRIPTS = "aké ñ0 \n.!?'@$🙂कि\u094dमा\u093c ខ្ញុំ\u17d2\u200bмиrα אב \u202e\u200f عر ไท 中文 한 \ud800\udfff\u0300\u0301\u0489\u200d\ufe0f\U0001f1f0"
WORDS = [
    "i want to die ",
    "mjomba hunigusa ",
    "he has my pics ",
    "iwanttodie",
    "मर्न मन लाग्यो ",
    "ពូប៉ះខ្ញុំ",
    "k1ll ",
    "aaaaaaa",
]
HOSTILE = (
    st.text(st.characters(), max_size=400)
    | st.text(SCRIPTS, max_size=800)
    | st.lists(st.sampled_from(WORDS) | st.text(SCRIPTS, max_size=12), max_size=80).map("".join)
    | st.builds(lambda piece, times: piece * times, st.text(SCRIPTS, min_size=1, max_size=9), st.integers(1, 100_000 // 9))
)  # fmt: skip
slowest = [0.0]


@given(text=HOSTILE, before=st.lists(st.text(SCRIPTS, max_size=30) | st.sampled_from(WORDS), max_size=3))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],  # shrinking and explaining trace every line: what they time is not the ear
)
def test_no_text_breaks_the_ear_and_none_is_slow(hearing: Hearing, text: str, before: list[str]) -> None:
    context = Context(recent=tuple(before))
    taken = _seconds(hearing, text, context)
    for _ in range(9):  # somebody else's moment on the processor is not ours: the best of a few counts
        if taken > slowest[0]:
            taken = min(taken, _seconds(hearing, text, context))
    slowest[0] = max(slowest[0], taken)

    assert taken < SLOWEST * GRACE


def test_the_slowest_is_told() -> None:
    print(f"\n{EXAMPLES} strings: the slowest took {1000 * slowest[0]:.2f} ms")


def _seconds(hearing: Hearing, text: str, context: Context) -> float:
    gc.disable()  # Hypothesis makes the rubbish that would be collected here
    start = process_time()
    heard = hear(hearing, text, context).assessment
    taken = process_time() - start
    gc.enable()
    assert all(0 <= e.start <= e.end <= len(text) for e in heard.evidence)
    return taken


SAID = [
    "hello bot how are you today",
    "my uncle touches me when mum is at work",
    "leo tulikuwa na mtihani wa hesabu",
    "he says he will post my pictures if i dont send more by friday",
    "kumain na ako ng almusal kanina",
    "आज विद्यालयमा धेरै रमाइलो भयो",
]


def more(word_files: list[WordFile], times: int) -> list[WordFile]:
    """Return the lists with so many times their phrases, in frames of made-up words."""
    syllables = ("ba", "ko", "ri", "tu", "ze", "mi", "xo", "va", "ny", "pe", "ghu", "lo", "se", "wa")
    words = ["".join(each) for each in product(syllables, repeat=4)]
    count = len(compile_hearing(word_files).automaton) * (times - 1) // 9
    frames = tuple(
        RiskFrame(f"en.bullying.made{n}", "en", (f"({' | '.join(words[n : n + 8])}) … {words[-n]}",), "bullying", Level.P3)
        for n in range(min(count, len(words) - 8))
    )  # fmt: skip
    return [replace(f, frames=(*f.frames, *frames)) if f.language == "en" else f for f in word_files]


def test_more_phrases_do_not_make_a_message_slower(word_files: list[WordFile]) -> None:
    costs = {times: _cost(compile_hearing(more(word_files, times))) for times in (1, 5, 20)}
    print("\n" + ", ".join(f"{times}x phrases: {1e6 * cost:.0f} us a message" for times, cost in costs.items()))

    assert costs[20] < 2 * costs[1]


def _cost(ear: Hearing) -> float:
    def once() -> float:
        start = process_time()
        for _ in range(20):
            for text in SAID:
                hear(ear, text, Context())
        return (process_time() - start) / 20 / len(SAID)

    return min(once() for _ in range(5))


@pytest.mark.parametrize("text", ["\ud800", "\u202e" * 3, "\u0300" * 9, "ខ" + "្" * 40, "़" * 20, "\0", "﷽" * 50])
def test_texts_that_broke_other_programs_are_heard(hearing: Hearing, text: str) -> None:
    assert hear(hearing, text, Context()).assessment.level is None
