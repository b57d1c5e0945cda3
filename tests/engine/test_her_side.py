"""Her side of a case: where it stands in truth, when it is safe to write to her, what goes unopened, and did it help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.model.case import HELPED, SAFE_HOURS
from bot.model.effects import ClearTimer, SheSays, Unopened
from bot.model.events import Answered, CaseClaimed, CaseClosed, TimerRang
from bot.model.levels import Level
from tests.engine.campaign import NOBODY, Ana, worrying
from tests.engine.states import STATES, careful_p3, careful_question_open, mid_quiz, reply_waiting, taken_over


def read(ana: Ana, *, state: str = "claimed") -> Ana:
    ana.desk = replace(ana.desk, case_state=state, case_claimed=True, case_read=True)
    return ana


def said_of(ana: Ana) -> str:
    return ana.does("!status")[0].removeprefix("status.")


def test_the_status_is_sent_then_read_then_answered_then_closed() -> None:
    ana = careful_question_open()
    seen = [said_of(ana)]
    seen.append(said_of(ana.case("P2", claimed=True)))
    seen.append(said_of(read(ana)))
    ana.does(Answered("r1", "made up"))
    seen.append(said_of(read(ana, state="waiting")))
    ana.does("!safe")
    seen.append(said_of(ana))
    ana.does("thank you")
    ana.desk = replace(ana.desk, case_read=False)
    seen.append(said_of(ana))
    ana.desk = replace(ana.desk, case_open=False, case_claimed=False, case_level=None, case_state="")
    ana.does(CaseClosed("real"))
    seen.append(said_of(ana))

    assert seen == ["new", "taken", "claimed", "unopened", "waiting", "taken", "closed"]


def test_a_reply_that_is_still_on_its_way_is_not_called_an_answer() -> None:
    assert said_of(read(taken_over(), state="waiting")) == "claimed"


def test_while_nobody_is_there_the_status_names_when_somebody_is() -> None:
    ana = careful_question_open()
    ana.desk = replace(ana.desk, on_duty=False, opens_at=NOBODY.opens_at)
    assert said_of(ana) == "new_closed"
    ana.desk = replace(ana.desk, opens_at=None)
    assert said_of(ana) == "new_no_time"


def test_a_case_that_nobody_sees_yet_is_not_called_in_line() -> None:
    assert said_of(careful_p3()) == "hidden"


def test_a_case_given_back_is_in_line_again_and_no_longer_answered() -> None:
    ana = read(taken_over(), state="waiting")
    ana.does(Answered("r1", "made up"))
    ana.does("!safe")
    ana.case("P2").does(CaseClaimed(claimed=False))
    assert said_of(ana) == "new"


def test_talk_tells_where_it_stands_as_a_person_has_it() -> None:
    assert taken_over().does("/talk") == ["taken_over"]


@pytest.mark.parametrize("code", SAFE_HOURS)
def test_she_says_by_a_button_when_it_is_good_to_write_to_her(code: str) -> None:
    ana = taken_over()
    assert ana.does("!hours") == ["hours.ask"]
    assert ana.buttons == [f"!hours_{one}" for one in SAFE_HOURS]
    assert ana.does(f"!hours_{code}") == [f"hours.{code} / hours.danger"]
    assert [(e.what, e.code) for e in ana.effects if isinstance(e, SheSays)] == [("hours", code)]


def test_she_can_say_it_as_soon_as_there_is_a_case() -> None:
    ana = mid_quiz()
    ana.does(worrying("P1"))
    assert "!hours" in ana.buttons
    ana = careful_question_open()
    assert "!hours" in (ana.does("!read_yes") and ana.buttons)


def test_without_a_case_nobody_will_write_so_nobody_asks() -> None:
    for tap in ("!hours", "!hours_morning"):
        assert mid_quiz().does(tap) == ["no_case"]


def test_a_moderator_can_ask_it_with_a_reply() -> None:
    ana = taken_over()
    assert ana.does(Answered("r1", "made up", card="hours")) == ["reply.neutral"]
    assert ana.does("!safe") == ["reply.person / made up", "reply.answer", "hours.ask"]


def test_a_reply_waits_a_day_and_then_goes_with_its_neutral_line_and_without_a_word() -> None:
    ana = taken_over()
    ana.does(Answered("r1", "made up"))
    assert ana.timers["unopened:r1"] == ana.now + timedelta(hours=24)
    (neutral,) = ana.sent
    assert neutral.bubble.mark == "r1"

    assert ana.does(TimerRang("unopened:r1")) == []
    assert Unopened("r1") in ana.effects
    assert ana.does("!open") == ["reply.gone"]


def test_a_reply_she_opened_stays() -> None:
    ana = reply_waiting()
    ana.does("!safe")
    assert ClearTimer("unopened:r1") in ana.effects


def test_what_waits_unopened_goes_when_she_wants_no_more_of_it() -> None:
    ana = reply_waiting()
    ana.does("!withdraw")
    assert Unopened("r1") in ana.effects
    assert ana.does("!open") == ["reply.gone"]


def test_at_the_end_she_is_asked_whether_it_helped_and_not_now_is_an_answer() -> None:
    for code in HELPED:
        ana = taken_over()
        ana.desk = replace(ana.desk, case_open=False, case_claimed=False, case_level=None, case_state="")
        assert ana.does(CaseClosed("real")) == ["helped.ask"]
        assert ana.buttons == [f"!helped_{one}" for one in HELPED]
        assert ana.does(f"!helped_{code}") == [f"helped.{code}"]
        assert [(e.what, e.code) for e in ana.effects if isinstance(e, SheSays)] == [("helped", code)]
        assert ana.buttons[-3:] == ["!rest", "!go_on", "!else"]


def test_nobody_asks_a_joker_whether_it_helped() -> None:
    for outcome in ("prank", "test", "mistaken"):
        assert "helped.ask" not in " ".join(mid_quiz().does(CaseClosed(outcome)))


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_a_take_over_is_silent_and_not_deaf(state: Callable[[], Ana]) -> None:
    ana = state().case("P3", claimed=True)
    ana.does("hello")  # she is told once
    assert ana.does("made up words") == [], "flows are silent"
    assert ana.does("/help"), "help always answers"
    assert ana.crisis
    told = ana.does(worrying(Level.P1, "self_harm"))
    assert told and ana.crisis, "danger gets help words at once"
    assert [s.level for s in ana.signals] == [Level.P1], "and an alarm"


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_a_reply_shows_nothing_until_she_is_alone_and_safe(state: Callable[[], Ana]) -> None:
    ana = state().case("P2", claimed=True)
    ana.does(Answered("r7", "purple words"))
    before = ana.sent
    ana.does("!open")
    assert not any("purple" in str(send.bubble.words) for send in (*before, *ana.sent))
    assert "purple" in str([send.bubble.words for send in (ana.does("!safe") and ana.sent)])
