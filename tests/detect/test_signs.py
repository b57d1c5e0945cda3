"""Signs that add up over a day: a gift from somebody older, a secret, a meeting; each alone stays what it is."""

from __future__ import annotations

import pytest

from bot.detect import Hearing, assess
from bot.model.assessment import Assessment, Context

IN_ORDER = ["i met a guy on instagram", "he is 28 btw", "he wants to buy me a phone", "he says i shouldnt tell anyone"]


def talk(hearing: Hearing, *said: str, quiz: str | None = None) -> Assessment:
    """Return what is heard in the last message when the others were said before it, the same day."""
    return assess(hearing, said[-1], Context(recent=said[:-1][-5:], day=said[:-1], quiz=quiz))


def test_two_signs_are_worrying_and_three_are_serious(hearing: Hearing) -> None:
    assert [talk(hearing, *IN_ORDER[: n + 1]).level for n in range(4)] == [None, None, "P3", "P2"]


def test_signs_say_which_they_are_and_point_at_the_message_that_completed_them(hearing: Hearing) -> None:
    heard = talk(hearing, *IN_ORDER)

    assert heard.category == "grooming"
    assert {"signs.older", "signs.gift", "signs.secret"} <= set(heard.rules)
    assert all(0 <= e.start < e.end <= len(IN_ORDER[-1]) for e in heard.evidence)


@pytest.mark.parametrize(
    "said",
    [
        ["may nakilala ako sa fb", "mas matanda sya 30 na", "bibigyan daw nya ko ng cellphone", "wag ko daw sabihin"],
        ["kuna msee nimemeet kwa instagram", "ako na miaka 30", "ameniahidi simu mpya", "anasema nisiambie mtu"],
        ["ik heb iemand leren kennen op snap", "hij is 27", "hij koopt een ketting", "ik mag het niemand vertellen"],
    ],
)
def test_signs_add_up_in_other_languages(hearing: Hearing, said: list[str]) -> None:
    assert talk(hearing, *said).level == "P2"


@pytest.mark.parametrize(
    "said",
    [
        ["my mum bought me a phone", "she gave me a dress too", "dont tell my sister its a secret haha"],
        ["i like football", "we won", "my cousin is 25"],
        ["nobody ever asked me for photos", "i never go to his place"],
    ],
)
def test_what_happens_in_a_family_or_did_not_happen_adds_nothing(hearing: Hearing, said: list[str]) -> None:
    assert talk(hearing, *said).level is None


def test_an_answer_to_a_quiz_adds_nothing(hearing: Hearing) -> None:
    assert talk(hearing, *IN_ORDER[:3], quiz="gifts/q1").level != "P2"


def test_signs_never_lower_what_a_rule_heard(hearing: Hearing) -> None:
    plea = "i want to die"

    assert talk(hearing, *IN_ORDER[:3], plea) == assess(hearing, plea, Context())
