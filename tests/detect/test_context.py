"""What the same words mean in another place: behind a quiz, denied, as an idiom, of a friend, beside an urgent word."""

from __future__ import annotations

import pytest

from bot.detect import Hearing, assess, explain, hear
from bot.model.assessment import Context

QUIZ = Context(quiz="pressure/quiz_1")
NOTHING = Context()


@pytest.mark.parametrize(
    "text",
    [
        "when someone wants to post her nudes that is sextortion",
        "the uncle wants her to send nudes",
        "it is blackmail",
        "blackmail yun",
        "chantage",
        "sextortion",
    ],
)
def test_an_answer_that_quotes_the_lesson_raises_nothing_after_a_quiz(hearing: Hearing, text: str) -> None:
    assert assess(hearing, text, QUIZ).level in (None, "P3")


@pytest.mark.parametrize(
    "text",
    [
        "my uncle touches me at night",
        "mjomba hunigusa",
        "baba ananipiga kila siku",
        "malai marna man lagyo",
        "ขอ i want to die",
        "hinihipuan ako ni tito",
        "mijn vader slaat me",
        "pls he is going to post my nudes tonight",
    ],
)
def test_danger_of_her_own_is_heard_in_the_middle_of_a_quiz(hearing: Hearing, text: str) -> None:
    assert assess(hearing, text, QUIZ) == assess(hearing, text, NOTHING)
    assert assess(hearing, text, QUIZ).level in ("P1", "P2")


@pytest.mark.parametrize(
    "text",
    ["my parents never hit me", "hajawahi kunipiga", "mijn vader slaat me nooit", "hindi ako sinasaktan ng tatay ko"],
)
def test_a_denial_is_left_in_peace(hearing: Hearing, text: str) -> None:
    assert assess(hearing, text, NOTHING).level is None


@pytest.mark.parametrize(
    "text", ["sitaki kuishi", "ayoko nang mabuhay", "ik wil niet meer leven", "i dont want to live"]
)
def test_a_denial_that_is_the_plea_is_danger_now(hearing: Hearing, text: str) -> None:
    assert assess(hearing, text, NOTHING).level == "P1"


@pytest.mark.parametrize(
    "text", ["this homework is killing me", "nakufa kwa kicheko", "mitihani itaniua jamani", "ik lach me dood"]
)
def test_an_idiom_is_left_in_peace(hearing: Hearing, text: str) -> None:
    assert assess(hearing, text, NOTHING).level is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my friend wants to kill herself", "P1"),
        ("rafiki yangu anataka kujiua", "P1"),
        ("mijn vriendin wil dood", "P1"),
    ],
)
def test_a_friend_in_danger_is_a_case(hearing: Hearing, text: str, level: str) -> None:
    heard = assess(hearing, text, NOTHING)

    assert (heard.level, heard.category) == (level, "friend_danger")


@pytest.mark.parametrize("text", ["help", "tulong po", "nisaidie", "सहयोग", "ជួយ", "hulp"])
def test_a_bare_call_for_help_is_a_word_list_and_no_case(hearing: Hearing, text: str) -> None:
    heard = hear(hearing, text, NOTHING)

    assert heard.assessment.level is None
    assert "help" in heard.word_lists


def test_evidence_names_the_word_that_made_danger_now_and_where_it_stands(hearing: Hearing) -> None:
    text = "he has my nudes and wants money by friday"
    heard = assess(hearing, text, NOTHING)
    cue = next(e for e in heard.evidence if e.rule == "en.raises.deadline")

    assert heard.level == "P1"
    assert text[cue.start : cue.end] == "by friday"
    assert "raised by en.raises.deadline" in explain(hearing, text)


def test_a_rule_that_is_danger_now_by_itself_needs_no_word_that_raises_it(hearing: Hearing) -> None:
    assert not [r for r in assess(hearing, "i want to die now", NOTHING).rules if ".raises." in r]


def test_a_weapon_makes_danger_now_of_what_is_only_worrying(hearing: Hearing) -> None:
    followed = "he turns up wherever i go and smiles at me"

    assert [assess(hearing, f"{followed} {what}", Context(language="en")).level for what in ("", "with a knife")] == [
        "P3",
        "P1",
    ]
