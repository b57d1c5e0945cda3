"""What training promises: exact arithmetic, whatever the machine's library does, and classes that say what a message is."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from bot.detect.rows import Lanes, Rows
from bot.flowfile.ear.corpus import Sentence
from bot.flowfile.ear.hurried import hurried
from bot.flowfile.ear.learning import Example, _down, _exp, _total, learn, model_of
from bot.flowfile.ear.training import trained
from bot.model.campaign import WordFile

SAID = [
    Example("he keeps my pictures and wants money", "sextortion", "P2"),
    Example("he is at the door with a knife", "violence_home", "P1"),
    Example("we had rice and beans for lunch", "none", "everyday"),
    Example("the story tells of a girl who says no", "none", "quiz_answer"),
] * 12


def test_what_is_learnt_tells_a_plea_from_lunch_what_about_and_whether_it_is_danger_now() -> None:
    model = model_of(learn(SAID), {"en": 0.0}, {"en": 0.0})
    plea, now, lunch = (model.sound(example.text, ()) for example in SAID[:3])

    assert plea.score > 0 > lunch.score
    assert (plea.category, now.category) == ("sextortion", "violence_home")
    assert plea.danger < 0.5 < now.danger


def test_an_example_belongs_to_a_category_to_danger_now_of_it_or_to_a_kind_of_harmless_talk() -> None:
    assert [example.belongs for example in SAID[:4]] == [
        "sextortion",
        "violence_home.now",
        "none.everyday",
        "none.quiz_answer",
    ]


@pytest.mark.parametrize("power", [-20.0, -3.5, 0.0, 1.0, 20.0])
def test_the_power_that_is_the_same_everywhere_is_nearly_the_true_one(power: float) -> None:
    assert float(_exp(np.float32(power))) == pytest.approx(exp(power), rel=1e-2)


def test_sums_are_those_of_adding_one_number_after_another() -> None:
    numbers = np.random.RandomState(3).random_sample(1000).astype(np.float32) * np.float32(1e3)
    one_by_one = np.float32(0)
    for number in numbers:
        one_by_one += number

    assert _total(numbers) == one_by_one
    assert _down(numbers, np.ones((1000, 5), np.float32))[0] == one_by_one


def test_rows_add_up_in_one_number_as_they_would_one_by_one_also_below_nothing() -> None:
    weights = np.array([[-128, 127, 0], [-1, -127, 5], [100, 100, -100]], np.int8)
    rows = Rows([3, 8, 11], weights.tobytes(), 3)

    assert rows.apart(rows.added([3, 3, 8, 11, 99])) == (2 * weights[0].astype(int) + weights[1] + weights[2]).tolist()


def test_lanes_add_up_rows_as_loud_as_told_also_below_nothing() -> None:
    lanes = Lanes([(3, -7, 30_000), (-1, 4, -30_000), (5, 5, 5)], 3)

    assert lanes.added([1 << 20, 2, 0]) == [3 * (1 << 20) - 2, -7 * (1 << 20) + 8, 30_000 * ((1 << 20) - 2)]


@pytest.mark.parametrize(
    "text",
    ["nobody at home listens to me when i talk", "म घर जान चाहन्न", "ខ្ញុំមិនចង់ទៅផ្ទះទេ", "ok", "", "\udcff\udcff x"],
)
def test_a_sentence_typed_in_a_hurry_always_comes_out_the_same(text: str) -> None:
    assert hurried(text) == hurried(text)
    assert abs(len(hurried(text)) - len(text)) <= len(text)


def test_most_sentences_get_a_slip_and_stay_readable() -> None:
    said = [
        f"{who} at school never listens to {whom}" for who in ("nobody", "teacher", "mother") for whom in "abcdefgh"
    ]
    typed = [hurried(text) for text in said]

    assert len(said) / 3 < sum(one != other for one, other in zip(said, typed, strict=True)) < len(said)
    assert all(set(other.replace(" ", "")) <= set(one) for one, other in zip(said, typed, strict=True))


def test_what_a_hurried_thumb_typed_teaches_and_does_not_measure(word_files: list[WordFile]) -> None:
    written = [Sentence(f"he touches me {n}", "en", "sexual_abuse", "P1", author) for n in range(4) for author in "ab"]
    typed = [replace(each, text=each.text[1:], hurried=True) for each in written]

    _, tried = trained(word_files[:1], [*written, *typed], "tiny")

    assert sorted(t.sentence.text for t in tried) == sorted(each.text for each in written)
