"""While a person has the case the flows are silent but not deaf, and her reply comes the safe way."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from bot.model.events import Answered, CaseClaimed, CaseClosed, SentMedia, TimerRang
from tests.engine.campaign import Ana, worrying
from tests.engine.states import careful_question_open, mid_quiz, reply_waiting, taken_over


def claimed() -> Ana:
    return careful_question_open().case("P2", claimed=True)


def test_she_is_told_once_that_a_person_has_taken_over() -> None:
    ana = claimed()
    assert ana.does("hello") == ["taken_over"]
    assert ana.does("are you there") == []


def test_a_question_of_a_flow_is_not_played_on_while_a_person_has_the_case() -> None:
    ana = mid_quiz().case("P3", claimed=True)
    assert ana.does(">pressure") == ["taken_over"]
    assert ana.at == ("lesson", "quiz")


def test_a_door_she_opens_keeps_working_while_a_person_has_the_case() -> None:
    ana = claimed()
    ana.does("/language")
    assert ana.does(">sw")[0] == "All right."


def test_a_rise_gets_help_words_at_once_and_less_only_joins() -> None:
    ana = taken_over()
    assert ana.does(worrying("P2")) == []
    assert [s.level for s in ana.signals] == ["P2"]
    assert "hit.p1.after" in ana.does(worrying("P1", "self_harm"))[-1]
    assert ana.crisis


def test_a_danger_of_another_kind_gets_its_own_help_words_once() -> None:
    ana = careful_question_open().case("P1", claimed=True)
    assert ana.does(worrying("P1", "self_harm"))[0] == "Thank you for writing. {helpline}"
    assert ana.does(worrying("P1", "self_harm")) == ["taken_over"]
    assert ana.does(worrying("P1", "self_harm")) == []
    assert [s.category for s in ana.signals] == ["self_harm"]


def test_a_story_is_not_offered_while_a_person_has_the_case() -> None:
    for door in ("/menu", "!menu", "/talk"):
        ana = taken_over()
        assert ana.does(door) == ["taken_over"]
        assert ana.buttons == ["!hours", "!help", "!other_helper", "!withdraw"]


def test_the_clock_runs_from_her_first_message_without_an_answer() -> None:
    ana = claimed()
    ana.does("one")
    assert ana.timers == {"no_answer": ana.now + timedelta(minutes=10)}
    ana.does("two")
    assert ana.timers == {}
    assert ana.does(TimerRang("no_answer")) == ["no_answer"]
    assert ana.crisis
    assert ana.says == ["no_answer"]
    ana.does("three")
    assert "no_answer" in ana.timers


def test_for_danger_now_the_clock_is_shorter() -> None:
    ana = claimed().case("P1", claimed=True)
    ana.does("one")
    assert ana.timers == {"no_answer": ana.now + timedelta(minutes=3)}


def test_an_answer_stops_the_clock() -> None:
    ana = taken_over()
    ana.does(Answered("r1", "made up"))
    assert "no_answer" in [getattr(e, "name", "") for e in ana.effects]
    assert ana.does(TimerRang("no_answer")) == []


def test_after_the_case_goes_back_to_the_line_the_flows_speak_again() -> None:
    ana = taken_over()
    ana.does(CaseClaimed(claimed=False))
    assert ana.case("P2").does("hm") == ["careful.here / status.new / careful.choose"]
    assert ana.case("P2", claimed=True).does("hm") == ["taken_over"]


def test_a_reply_waits_behind_a_neutral_line_and_two_taps() -> None:
    ana = taken_over()
    assert ana.does(Answered("r1", "secret words")) == ["reply.neutral"]
    assert ana.does("!open") == ["reply.ask_safe"]
    assert ana.does("!not_safe") == ["reply.later"]
    ana.does("!open")
    assert ana.does("!safe") == ["reply.person / secret words", "reply.answer"]
    assert [(e.what, e.reply) for e in ana.effects if hasattr(e, "reply")] == [("opened", "r1")]
    assert ana.does("!safe") == ["reply.gone"]


def test_a_reply_delivered_twice_waits_once() -> None:
    ana = reply_waiting()
    ana.does(Answered("r1", "made up reply"))
    ana.does(Answered("r2", "another"))
    assert ana.does("!safe") == ["reply.person / made up reply", "reply.person / another", "reply.answer"]


def test_words_of_a_reply_are_never_expanded() -> None:
    ana = taken_over()
    ana.does(Answered("r9", "{helpline} {n}"))
    assert ana.does("!safe") == ["reply.person / {helpline} {n}", "reply.answer"]


def test_after_a_test_or_a_joke_she_reads_that_it_is_fine_and_that_she_may_write_when_it_is_real() -> None:
    for outcome in ("test", "prank"):
        assert mid_quiz().does(TimerRang("case_closed", outcome)) == ["joke / case.closed"]


def test_a_closed_case_asks_rest_go_on_or_something_else() -> None:
    ana = reply_waiting()
    ana.desk = replace(ana.desk, case_open=False, case_claimed=False)
    assert ana.does(CaseClosed("mistaken")) == ["case.closed"]
    assert ana.buttons == ["!open", "!rest", "!go_on", "!else"], "what was written for her stays within reach"
    assert ana.does("!go_on") == ["Love or pressure?"]
    assert mid_quiz().does(TimerRang("case_closed", "")) == ["case.closed"]


def test_her_word_reaches_the_case() -> None:
    for tap, what in [("!withdraw", "withdraw"), ("!other_helper", "another_helper")]:
        ana = taken_over()
        assert ana.does(tap)
        assert ana.says == [what]
        assert mid_quiz().does(tap) == ["no_case"]


def test_status_is_said_when_she_asks() -> None:
    assert mid_quiz().does("!status") == ["status.none"]
    assert taken_over().does("!status") == ["status.taken"]
    assert careful_question_open().does("!status") == ["status.new"]


def test_media_is_answered_in_words_also_then() -> None:
    assert taken_over().does(SentMedia("photo")) == ["media.photo"]


def test_after_no_more_messages_she_can_want_a_person_again() -> None:
    ana = taken_over()
    ana.desk = replace(ana.desk, case_state="withdrawn")
    assert ana.does("/menu") == ["status.withdrawn"]
    assert ana.buttons == ["!person", "!help"]
    assert ana.does("!person") == ["person.again"]
    assert [(s.level, s.consented) for s in ana.signals] == [("P2", True)]


def test_stories_wait_whatever_she_taps_while_a_person_has_the_case() -> None:
    for tap in ("!go_on", "!else", "!menu"):
        assert taken_over().does(tap) == ["taken_over"]
    assert taken_over().does("/stop") == ["stop.case / safe_word"]
