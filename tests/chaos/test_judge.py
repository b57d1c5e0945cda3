"""The judge finds what went wrong, whatever the bot's own database says."""

from __future__ import annotations

from typing import Any

from tests.chaos.campaign import PLEA
from tests.chaos.judge import Verdict, judge
from tests.chaos.load import Girl
from tests.chaos.telegram import DESK_CHAT

KILLED_AT = 50.0


def an_echo(at: float, word: str, number: int) -> list[dict[str, Any]]:
    return [
        a_send(at + n / 10, 1, f"{part}: {word} has number {number}.") for n, part in enumerate(("First", "Second"))
    ]


def a_send(at: float, chat: int, text: str, *buttons: tuple[str, str]) -> dict[str, Any]:
    return {"at": at, "chat": chat, "text": text, "method": "sendMessage", "buttons": buttons}


def judged(sends: list[dict[str, Any]], *said: str, confirmed: bool = True) -> Verdict:
    girl = Girl(1, "steady", 0.0, said=[(text, n) for n, text in enumerate(("/start", *said))], pleaded=PLEA in said)
    updates = [{"id": n, "confirmed": 1.0 if confirmed else None, "attempts": [1]} for n in range(len(girl.said))]
    return judge([girl], updates, sends, [KILLED_AT])


FINE = [*an_echo(1, "", 0), *an_echo(2, "kite1", 1), *an_echo(60, "kite2", 2)]


def test_what_was_answered_once_each_is_good() -> None:
    assert judged(FINE, "kite1", "kite2").good


def test_a_confirmed_word_that_was_never_answered_is_lost() -> None:
    assert judged(FINE[:-1], "kite1", "kite2").lost == 1
    assert judged([*FINE[:4], *an_echo(60, "kite3", 2)], "kite1", "kite2", "kite3").lost == 1


def test_an_unconfirmed_word_is_not_lost_but_stuck() -> None:
    verdict = judged([], "kite1", confirmed=False)
    assert (verdict.lost, verdict.stuck) == (0, 2)


def test_a_word_with_two_numbers_acted_twice() -> None:
    assert judged([*FINE[:4], *an_echo(3, "kite1", 2)], "kite1").twice == 1


def test_a_word_whose_first_effect_nobody_saw_acted_twice_all_the_same() -> None:
    assert judged([*FINE[:2], *an_echo(2, "kite1", 2)], "kite1").twice == 1


def test_the_same_message_across_a_kill_is_a_repeat_and_without_one_it_is_odd() -> None:
    across = judged([*FINE[:4], {**FINE[3], "at": 60.0}], "kite1")
    without = judged([*FINE[:4], {**FINE[3], "at": 3.0}], "kite1")
    assert (across.good, across.repeats, across.most) == (True, 1, 1)
    assert (without.good, without.odd) == (False, 1)


def test_two_repeats_in_one_chat_after_one_kill_are_too_many() -> None:
    verdict = judged([*FINE[:4], {**FINE[2], "at": 60.0}, {**FINE[3], "at": 60.1}], "kite1")
    assert (verdict.good, verdict.most) == (False, 2)


def test_answers_out_of_order_are_found() -> None:
    assert judged([*FINE[:2], *an_echo(2, "kite2", 2), *an_echo(3, "kite1", 1)], "kite1", "kite2").disorder == 1


def test_a_plea_needs_help_words_and_one_case() -> None:
    helped = [*FINE[:2], a_send(2, 1, "Thank you for writing.")]
    card, other = (a_send(3, DESK_CHAT, f"P1\n{name}, since 12:00", ("Claim", "claim:1")) for name in ("Fox", "Owl"))
    assert judged([*helped, card], PLEA).good
    assert judged(helped, PLEA).lost == 1
    assert judged([*FINE[:2], card], PLEA).lost == 1
    assert judged([*helped, card, other], PLEA).twice == 1
