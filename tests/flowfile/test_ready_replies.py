"""Ready replies as staff write them: what is for a crisis, and the words that show a topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flowfile.load import load
from bot.flowfile.reader import read
from bot.flowfile.ready_replies import ReadyReplies, read_replies
from bot.work.desk.approved_words import approved
from bot.work.desk.reply_contacts import unlisted
from bot.work.desk.reply_topic import names_topic

OURS = load(Path(__file__).parents[2]).campaign
ONE = "replies:\n  - id: one\n    situation: She writes\n    meaning: A word.\n    words: {en: Hello}\n"


def made(text: str) -> tuple[ReadyReplies, list[str]]:
    document, _ = read("flows/replies/a.yaml", text.encode())
    assert document is not None
    found, problems = read_replies(document)
    return found, [problem.code for problem in problems]


def test_a_reply_says_whether_it_is_for_a_crisis() -> None:
    for word, crisis in (("", False), ("    crisis: yes\n", True), ("    crisis: no\n", False)):
        found, problems = made(ONE + word)
        assert ([reply.crisis for reply in found.replies], problems) == ([crisis], [])
    assert made(f"{ONE}    crisis: sometimes\n")[1] == ["E613"]


def test_topic_words_stand_beside_the_replies() -> None:
    found, problems = made(f"{ONE}topic_words:\n  en: photo, meet him\n  sw: [picha, polisi]\n")
    assert (found.topic_words, problems) == ({"en": ("photo", "meet him"), "sw": ("picha", "polisi")}, [])
    assert made(f"{ONE}topic_words:\n  en: ''\n")[1] == ["E613"]


def test_our_replies_for_danger_are_for_a_crisis() -> None:
    assert OURS is not None
    assert {"safe_now", "need_a_place", "stay_with_her", "get_a_doctor", "home_not_safe", "hurts_herself"} <= {
        reply.id for reply in OURS.replies if reply.crisis
    }


def test_our_topic_words_are_there_in_every_language_and_our_first_words_hold_none() -> None:
    assert OURS is not None
    assert set(OURS.topic_words) == set(OURS.languages)
    (hello,) = [reply for reply in OURS.replies if reply.id == "hello_person"]
    assert not [language for language, words in hello.words.items() if names_topic(words, OURS)]


@pytest.mark.parametrize("language", ["en", "sw", "km", "ne", "nl", "fil"])
def test_every_approved_wording_of_ours_is_recognised_and_holds_no_number_of_its_own(language: str) -> None:
    assert OURS is not None
    for reply in OURS.replies:
        found = approved(reply.words[language], OURS.replies)
        assert found is not None and found.reply.id == reply.id
        assert unlisted(reply.words[language], OURS) == ()
