"""A plea in pieces is heard across her last short messages, once, and only where both are needed."""

from __future__ import annotations

from bot.detect import Hearing, assess
from bot.model.assessment import Context
from bot.model.levels import Level


def test_what_two_short_messages_say_together_is_heard_at_the_second(hearing: Hearing) -> None:
    first, second = "i want", "to die"
    assert assess(hearing, first, Context()).level is None
    assert assess(hearing, second, Context()).level is None
    heard = assess(hearing, second, Context(recent=(first,)))
    assert heard.level is Level.P1
    assert all(0 <= e.start <= e.end <= len(second) for e in heard.evidence)


def test_what_was_worrying_before_is_not_heard_again_with_a_harmless_message(hearing: Hearing) -> None:
    assert assess(hearing, "ok thank you", Context(recent=("i want to die",))).level is None


def test_two_harmless_messages_stay_harmless_together(hearing: Hearing) -> None:
    assert assess(hearing, "it was killing me lol", Context(recent=("i like football", "we won"))).level is None
