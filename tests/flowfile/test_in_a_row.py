"""Four messages without a tap are told, also when another flow brings some of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flowfile.campaigns import problems_of

SAYS = "  s{n}:\n    say: Number {n}.\n"


def says(*numbers: int) -> str:
    return "".join(SAYS.format(n=number) for number in numbers)


def flow(name: str, *steps: str) -> str:
    return f"flow: {name}\ntitle: Title\nsteps:\n{''.join(steps)}    end: done\n"


RUN, ASK = "  r:\n    run: other\n", "  q:\n    ask: Go on?\n    buttons: {on: On, back: Back}\n"
VISIT = "  q:\n    ask: Go on?\n    buttons: {on: On -> @other}\n"


def told(root: Path, main: str, other: str, **more: str) -> list[tuple[str, str]]:
    """Return file and step of each warning."""
    files = {"flows/other.yaml": other, **more}
    return [(p.file, p.step) for p in problems_of(root, main, **files) if p.code == "W407"]


@pytest.mark.parametrize(
    ("main", "other", "step"),
    [
        ((says(1, 2), RUN), (says(1, 2),), "r"),
        ((says(1), RUN, says(2)), (says(1, 2),), "s2"),
        ((RUN, says(1, 2)), (ASK, says(1, 2)), "s2"),
        ((VISIT, says(1, 2)), (says(1, 2),), "s2"),
    ],
)
def test_messages_of_another_flow_are_counted(
    tmp_path: Path, main: tuple[str, ...], other: tuple[str, ...], step: str
) -> None:
    assert told(tmp_path, flow("test", *main), flow("other", *other)) == [("flows/test.yaml", step)]


@pytest.mark.parametrize(
    ("main", "other"),
    [
        ((says(1), RUN), (says(1, 2),)),
        ((says(1, 2), RUN, says(3)), (ASK, says(1))),
        ((VISIT, says(1)), (says(1, 2),)),
    ],
)
def test_up_to_three_are_fine(tmp_path: Path, main: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert told(tmp_path, flow("test", *main), flow("other", *other)) == []


def test_what_a_flow_brings_goes_through_others(tmp_path: Path) -> None:
    between = flow("other", "  r:\n    run: third\n")
    third = {"flows/third.yaml": flow("third", says(1, 2, 3))}

    assert told(tmp_path, flow("test", says(1), RUN), between, **third) == [("flows/test.yaml", "r")]


def test_flows_that_visit_each_other_are_walked_to_an_end(tmp_path: Path) -> None:
    back = flow("other", says(1), "  q:\n    ask: Back?\n    buttons: {on: On -> @test}\n")

    assert told(tmp_path, flow("test", VISIT, says(1)), back) == []


def test_the_words_of_a_quiz_are_counted_unless_it_comes_before_the_story(tmp_path: Path) -> None:
    quiz = "  q:\n    quiz: What?\n    answers: {a: A, b: B}\n    correct: a\n    feedback: {a: Yes, b: Hm}\n"
    before = f"{quiz}    counts: {{question: it, when: before}}\n"

    assert told(tmp_path, flow("test", quiz, says(1, 2, 3)), flow("other", says(1))) == [("flows/test.yaml", "s3")]
    assert told(tmp_path, flow("test", before, says(1, 2, 3)), flow("other", says(1))) == []
