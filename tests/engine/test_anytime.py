"""Media, edits, a changed campaign, reminders, a backlog, coming back: what may happen at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.effects import StaffCode
from bot.model.events import Blocked, Said, SentMedia, TimerRang
from bot.model.flow import Flow
from tests.engine.campaign import CAMPAIGN, NOON, ONBOARDED, Ana, in_lesson, onboarded, pick, worrying
from tests.engine.states import careful_question_open, mid_quiz, reminder_waiting, stranger, wiping


@pytest.mark.parametrize("kind", ["photo", "video", "sticker", "contact", "location", "document", "other", "new_kind"])
def test_what_is_not_text_is_answered_in_words_and_the_question_stays(kind: str) -> None:
    said = mid_quiz().does(SentMedia(kind))
    assert said[0].startswith("media.")
    assert said[-1] == "Love or pressure?"


@pytest.mark.parametrize("kind", ["voice", "video_note", "audio"])
def test_a_voice_note_gets_buttons_to_say_what_it_is_about(kind: str) -> None:
    ana = mid_quiz()
    assert ana.does(SentMedia(kind)) == ["media.voice"]
    assert ana.does(ana.buttons[0])[0] == "Thank you for writing. {helpline}"
    assert [(s.level, s.source) for s in ana.signals] == [("P2", "media")]


def test_text_that_fits_nothing_gets_a_menu_with_help() -> None:
    ana = onboarded()
    assert ana.does("blue elephants") == ["fits_nothing"]
    assert "!help" in ana.buttons


def test_a_word_may_begin_a_flow() -> None:
    assert onboarded().does(Said("story", word_lists=frozenset({"story_words"}))) == ["A story.", "Ready?"]


def test_a_harmless_edit_never_answers_the_next_question() -> None:
    ana = in_lesson(">yes", ">pressure", "b")
    assert ana.does(Said("7", edited=True)) == ["How many apps?"]
    assert ana.chat.answers.get("apps") is None


def test_coming_back_after_half_an_hour_asks_neutrally() -> None:
    ana = mid_quiz()
    ana.now += timedelta(minutes=31)
    assert ana.does("hi again") == ["back"]
    assert ana.does("!go_on") == ["Love or pressure?"]


def changed(ana: Ana, lesson: Flow) -> Ana:
    ana.campaign = replace(CAMPAIGN, flows={**CAMPAIGN.flows, "lesson": lesson})
    return ana


def without(step: str, **more: object) -> Flow:
    lesson = CAMPAIGN.flows["lesson"]
    steps = {k: v for k, v in lesson.steps.items() if k != step}
    return replace(lesson, steps=steps, **more)  # type: ignore[arg-type]  # passed on as it came


def test_a_reworded_question_with_the_same_buttons_takes_her_answer() -> None:
    lesson = CAMPAIGN.flows["lesson"]
    reworded = replace(lesson.steps["quiz"], hash="new")
    assert changed(mid_quiz(), replace(lesson, steps={**lesson.steps, "quiz": reworded})).does(">pressure")[0] == "Yes!"


def test_a_question_with_other_buttons_is_asked_again() -> None:
    lesson = CAMPAIGN.flows["lesson"]
    other = replace(lesson.steps["quiz"], choices=(pick("pressure"), pick("new")))  # type: ignore[call-arg]  # a step with choices
    ana = changed(mid_quiz(), replace(lesson, steps={**lesson.steps, "quiz": other}))
    assert ana.does(">pressure") == ["moved", "Love or pressure?"]
    assert ana.does(">new")[-1] == "A friend's first letter?"


def test_a_renamed_question_takes_her_answer() -> None:
    quiz = CAMPAIGN.flows["lesson"].steps["quiz"]
    gone = without("quiz", moved={"quiz": "question"})
    renamed = replace(gone, steps={"question": replace(quiz, id="question"), **gone.steps})
    assert changed(mid_quiz(), renamed).does(">pressure")[0] == "Yes!"


def test_a_removed_question_leads_to_the_checkpoint() -> None:
    lesson = without("quiz")
    marked = replace(lesson.steps["friend"], checkpoint=True)
    ana = changed(mid_quiz(), replace(lesson, steps={**lesson.steps, "friend": marked}))
    assert ana.does("anything") == ["moved", "A friend's first letter?"]
    assert changed(mid_quiz(), lesson).does(">pressure") == ["moved", "A story.", "Ready?"]


def test_a_removed_flow_is_never_silence() -> None:
    ana = mid_quiz()
    ana.campaign = replace(CAMPAIGN, flows={k: v for k, v in CAMPAIGN.flows.items() if k != "lesson"})
    assert ana.does(">pressure") == ["moved"]
    assert ana.buttons == ["!menu", "!help"]


@pytest.mark.parametrize("missing", sorted(set(CAMPAIGN.doors)))
def test_a_campaign_without_a_door_still_answers(missing: str) -> None:
    doors = {k: v for k, v in CAMPAIGN.doors.items() if k != missing}
    ana = onboarded(campaign=replace(CAMPAIGN, doors=doors))
    assert ana.does(f"/{missing}")
    assert ana.does(worrying("P1", "health"))


def test_a_reminder_comes_only_to_her_who_asked_and_never_in_quiet_hours() -> None:
    ana = reminder_waiting()
    assert ana.timers == {"remind": ana.now + timedelta(hours=2)}
    assert in_lesson().timers == {}
    assert in_lesson(profile={**ONBOARDED, "reminders": "yes"}).timers == {}
    ana.now = NOON.replace(hour=20)
    assert ana.does(TimerRang("remind", "lesson/ready")) == []
    assert ana.timers["remind"] == (NOON + timedelta(days=1)).replace(hour=7)
    ana.now = NOON + timedelta(days=1)
    assert ana.does(TimerRang("remind", "lesson/ready")) == ["Still there?"]


def test_a_reminder_is_forgotten_when_she_writes_or_worries() -> None:
    ana = reminder_waiting()
    ana.does(worrying("P3"))
    assert "remind" in [getattr(e, "name", "") for e in ana.effects]
    assert ana.does(TimerRang("remind", "lesson/ready")) == []


def test_a_backlog_is_heard_but_only_the_newest_gets_a_flow_reply() -> None:
    ana = mid_quiz()
    before = ana.chat
    assert ana.does("hm", quiet_reply=True) == []
    assert ana.does(">pressure", quiet_reply=True) == []
    assert ana.does(SentMedia("photo"), quiet_reply=True) == []
    assert ana.chat.prompt == before.prompt
    assert ana.does("/help", quiet_reply=True)
    assert "hit.p1.after" in ana.does(worrying("P1"), quiet_reply=True)[-1]


def test_her_last_messages_are_twenty_and_a_day_at_most() -> None:
    ana = onboarded()
    for number in range(30):
        ana.does(f"message {number}")
    assert len(ana.chat.recent) == 20
    ana.now += timedelta(hours=25)
    ana.does("new day")
    assert [r.text for r in ana.chat.recent] == ["new day"]


def test_any_other_word_ends_a_wipe_that_was_not_confirmed() -> None:
    ana = wiping()
    assert ana.chat.wiping
    ana.does(">pressure")
    assert not ana.chat.wiping
    cancelled = wiping()
    assert cancelled.does("!wipe_no") == ["wipe.cancelled", "Love or pressure?"]


def test_a_staff_code_is_handed_on_and_blocking_changes_nothing() -> None:
    ana = stranger()
    ana.does("/start staff-ABC")
    assert ana.effects == (StaffCode("ABC"),)
    chat = ana.chat
    assert ana.does(Blocked(blocked=True)) == []
    assert ana.chat == chat


def test_no_reminder_and_no_quiz_while_careful() -> None:
    ana = careful_question_open()
    ana.does("/start s7")
    assert ana.does(TimerRang("remind", "lesson/ready")) == []


def test_a_photo_when_nothing_waits_is_answered_with_the_menu_once() -> None:
    assert onboarded().does(SentMedia("photo")) == ["media.photo"]
