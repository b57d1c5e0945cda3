"""Yes, no, I am fine, I was joking: short words after help words never take help away by a misunderstanding."""

from __future__ import annotations

from datetime import timedelta

from bot.model.events import Said
from tests.engine.campaign import Ana, onboarded, worrying
from tests.engine.states import careful_p3, stranger


def yes() -> Said:
    return Said("yes", word_lists=frozenset({"yes_words"}))


def no() -> Said:
    return Said("no", word_lists=frozenset({"no_words"}))


def asked_for_consent() -> Ana:
    ana = stranger()
    ana.does(worrying("P2", "grooming"))
    return ana


def serious() -> Ana:
    ana = onboarded()
    ana.does(worrying("P2", "grooming"))
    return ana.case("P2")


def test_a_typed_yes_is_a_yes_to_a_person() -> None:
    ana = asked_for_consent()
    assert ana.does(yes())[0].startswith("read_yes")
    assert [(s.level, s.consented) for s in ana.signals] == [("P2", True)]
    hidden = careful_p3()
    assert hidden.does(yes())[0].startswith("read_yes")
    assert hidden.says == ["yes"]


def test_a_typed_no_may_mean_not_safe_so_only_a_tap_takes_the_offer_away() -> None:
    ana = asked_for_consent()
    assert ana.does(no()) == ["careful.sure / hit.p2.consent"]
    assert ana.buttons == ["!person", "!fine"]
    hidden = careful_p3()
    assert hidden.does(no()) == ["careful.sure / hit.p3.ask"]
    assert hidden.says == []


def test_no_to_are_you_safe_is_danger_now_and_gets_numbers_once() -> None:
    ana = serious()
    assert ana.does(no()) == ["not_safe / status.new"]
    assert [(s.level, s.rules) for s in ana.signals] == [("P1", ("answer.not_safe",))]
    assert ana.crisis
    assert ana.does(no()) == ["careful.here / status.new / careful.choose"]


def test_a_no_long_after_is_no_answer_to_that_question() -> None:
    ana = serious()
    ana.now += timedelta(hours=1)
    assert ana.does(no())[0].startswith("careful.here")


def test_joking_is_all_right_and_counts_like_i_am_fine() -> None:
    joke = Said("made up", word_lists=frozenset({"joke_words"}))
    told, hidden = serious(), careful_p3()
    assert told.does(joke) == ["fine.stays / joke"]
    assert hidden.does(joke) == ["fine.gone / joke"]
    assert told.says == hidden.says == ["no"]


def test_typed_i_am_fine_is_the_button() -> None:
    ana = serious()
    assert ana.does(Said("i am fine", word_lists=frozenset({"fine_words"})))[0].startswith("fine.stays")


def test_after_asking_for_a_person_her_words_are_never_not_understood() -> None:
    ana = onboarded()
    ana.does("/talk")
    assert ana.buttons == ["!rest", "!go_on", "!else"]
    assert ana.case("P4").does("it is about my friend")[0].startswith("careful.here / status.new")


def test_the_same_worry_much_later_gets_the_help_words_again() -> None:
    ana = serious()
    ana.now += timedelta(hours=1)
    assert ana.does(worrying("P2", "grooming"))[0] == "Thank you for writing. {helpline}"


def test_words_that_nobody_shall_read_are_not_kept_for_a_later_case() -> None:
    hidden = careful_p3()
    hidden.does("!fine")
    assert hidden.chat.recent == ()
    stays = serious()
    kept = stays.chat.recent
    stays.does("!fine")
    assert stays.chat.recent == kept != ()
