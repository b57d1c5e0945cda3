"""Every door works in every state: a command, a lasting button or a safe word is always answered by what it names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.model.effects import Wipe
from bot.model.events import Said
from tests.engine.campaign import Ana, worrying
from tests.engine.states import STATES, mid_quiz, plea_first, stranger, taken_over

ANSWERS = {
    "help": "Good that you are here. {helpline}",
    "real": "We write only here.",
    "mydata": "What is kept.",
    "language": "Language?",
    "wipe": "wipe.confirm",
    "stop": "stop.done / safe_word",
}
SAFE_WORDS = ("help", "stop")


def answer(ana: Ana, door: str) -> str:
    """What a door says first; 'nothing comes by itself' would not be true while her case is open."""
    return "stop.case / safe_word" if door == "stop" and ana.desk.case_open else ANSWERS[door]


every_state = pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)


@every_state
@pytest.mark.parametrize("door", ANSWERS)
def test_a_command_is_answered_in_every_state(state: Callable[[], Ana], door: str) -> None:
    ana = state()
    assert ana.does(f"/{door}")[0].startswith(answer(ana, door))


@every_state
@pytest.mark.parametrize("door", ANSWERS)
def test_a_lasting_button_is_answered_in_every_state(state: Callable[[], Ana], door: str) -> None:
    ana = state()
    assert ana.does(f"!{door}")[0].startswith(answer(ana, door))


@every_state
@pytest.mark.parametrize("word", SAFE_WORDS)
def test_the_safe_word_is_answered_in_every_state(state: Callable[[], Ana], word: str) -> None:
    said = Said(word, word_lists=frozenset({word}))
    ana = state()
    assert ana.does(said)[0].startswith(answer(ana, word))


@every_state
def test_talk_puts_her_in_line_in_every_state(state: Callable[[], Ana]) -> None:
    ana = state()
    if ana.desk.case_claimed:
        assert ana.does("/talk") == ["taken_over"], "a person has her message already"
        return
    assert ana.does("/talk")[0].startswith("In line.")
    assert len(ana.signals) == 1


@every_state
@pytest.mark.parametrize(
    "door", ["/start", "/menu", "!menu", "!go_on", "!else", "!rest", "!open", "!safe", "!status", "/oops"]
)
def test_every_other_door_answers_in_every_state(state: Callable[[], Ana], door: str) -> None:
    assert state().does(door)


@every_state
@pytest.mark.parametrize(
    "door", ["!fine", "!person", "!read_yes", "!withdraw", "!other_helper", "!not_safe", "!language_sw"]
)
def test_her_word_is_answered_in_every_state(state: Callable[[], Ana], door: str) -> None:
    assert state().does(door)


@every_state
def test_she_can_clear_the_chat_in_every_state(state: Callable[[], Ana]) -> None:
    ana = state()
    ana.does("/wipe")
    assert ana.buttons == ["!wipe_yes", "!wipe_no"]
    ana.does("!wipe_yes")
    assert [type(e) for e in ana.effects] == [Wipe]
    assert set(ana.chat.profile) <= {"language"}
    assert not (ana.chat.recent or ana.chat.answers or ana.chat.stack or ana.chat.waiting or ana.chat.careful)


@every_state
def test_a_plea_gets_help_words_first_and_is_signalled_in_every_state(state: Callable[[], Ana]) -> None:
    ana = state()
    said = ana.does(worrying("P1", "self_harm"))
    assert said[0] == "Thank you for writing. {helpline}"
    assert "hit.p1.after" in said[-1]
    assert ana.crisis
    assert [s.level for s in ana.signals] == ["P1"]


def test_after_a_door_she_is_back_at_her_question() -> None:
    for door in ("/real", "/mydata"):
        ana = mid_quiz()
        assert ana.does(door)[-1] == "Love or pressure?"
        assert ana.does(">pressure")[0] == "Yes!"


def test_a_door_in_a_door_still_leads_back() -> None:
    ana = mid_quiz()
    for what in ("/help", "/language"):
        ana.does(what)
    assert ana.does(">sw") == ["All right.", "Love or pressure?"]
    assert ana.chat.language == "sw"


def test_stop_is_quiet_and_go_on_finds_the_question_again() -> None:
    ana = mid_quiz()
    ana.does("/stop")
    assert ana.chat.prompt is None
    assert ana.does("!go_on") == ["Love or pressure?"]


def test_a_link_waits_until_a_stranger_has_begun() -> None:
    ana = stranger()
    assert ana.does("/start s7") == ["Which language?"]
    for tap in (">en", ">13_15", ">KE", ">yes"):
        ana.does(tap)
    assert ana.does(">later") == ["A story.", "Ready?"]


def test_a_stranger_gets_the_first_flow_whatever_she_writes() -> None:
    for what in ("hello", "/start", "/menu"):
        assert stranger().does(what) == ["Which language?"]


def test_the_whole_onboarding_fills_her_profile() -> None:
    ana = stranger()
    for what in ("hi", ">sw", ">13_15", ">KE", ">yes"):
        ana.does(what)
    assert dict(ana.chat.profile) == {"language": "sw", "age_band": "13_15", "country": "KE", "opted_in": "yes"}
    assert ana.at == ("menu", "pick")


def test_a_stranger_in_danger_who_wants_the_menu_begins_first() -> None:
    assert plea_first().does("/menu") == ["Which language?"]


def test_a_tap_under_a_voice_note_is_answered_also_while_a_person_has_the_case() -> None:
    assert taken_over().does("!media_hurt") == ["taken_over.noted"]
