"""A recording is offered where there is one in her language, is never sent unasked, and still plays when she has moved on."""

from __future__ import annotations

import dataclasses

import pytest

from bot.model.conversation import Conversation
from bot.model.effects import Send
from tests.engine.campaign import CAMPAIGN, NOON, ONBOARDED, Ana

RECORDED = {
    "en/help.numbers.ogg": "/voices/en/help.numbers.ogg",
    "en/help.what.ogg": "/voices/en/help.what.ogg",
    "en/talk.line.open.ogg": "/voices/en/talk.line.open.ogg",
}


def ana(language: str = "en") -> Ana:
    profile = {**ONBOARDED, "language": language}
    campaign = dataclasses.replace(CAMPAIGN, media=RECORDED)
    return Ana(Conversation(profile=profile, last_at=NOON), campaign=campaign)


def offered(girl: Ana) -> list[str]:
    return [address for effect in girl.effects if isinstance(effect, Send) for address in effect.bubble.listen]


def heard(girl: Ana) -> list[str]:
    return [effect.bubble.voice for effect in girl.effects if isinstance(effect, Send) and effect.bubble.voice]


def test_words_that_were_recorded_are_offered_and_not_sent() -> None:
    girl = ana()
    girl.does("/help")
    assert offered(girl) == ["help/numbers", "help/what"] and heard(girl) == []
    girl.does("/talk")
    assert offered(girl) == ["talk/line.open"]


def test_a_language_without_recordings_has_no_button() -> None:
    girl = ana("sw")
    girl.does("/help")
    assert offered(girl) == []


def test_she_hears_it_also_after_she_has_moved_on_and_stands_where_she_stood() -> None:
    girl = ana()
    girl.does("/help")
    girl.does("/menu")
    before = girl.at
    girl.does("!listen_help/numbers,help/what")
    assert heard(girl) == ["en/help.numbers.ogg", "en/help.what.ogg"] and girl.at == before


@pytest.mark.parametrize("data", ["", "gone/gone", "help/gone", "help", "/", "help/numbers.x", ",,,", "lesson/hello"])
def test_a_recording_that_is_not_there_is_answered_kindly(data: str) -> None:
    girl = ana()
    assert girl.does(f"!listen_{data}") == ["passed"] and heard(girl) == []
