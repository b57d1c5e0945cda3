"""What hearing promises whatever the lists say: any spelling, any context, any input."""

from __future__ import annotations

import json
import unicodedata
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detect import Hearing, answer_line, assess, explain, hear
from bot.model.assessment import Context, Heard

NOTHING = Context()
PLEA = "there is a boy online who kept my video and wants money by friday"


def level(hearing: Hearing, text: str) -> str | None:
    return assess(hearing, text, NOTHING).level


def test_an_image_threat_with_a_deadline_is_danger_now(hearing: Hearing) -> None:
    heard = assess(hearing, PLEA, NOTHING)

    assert (heard.level, heard.category) == ("P1", "sextortion")


@pytest.mark.parametrize(
    "text",
    [
        "I WANT TO DIE",
        "i waaaant to dieeeee",
        "iwanttodie",
        "k1ll mys3lf",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i wa\u200bnt to d\u00adie",
        "i w\u0430nt to di\u0435",
        "k i l l m y s e l f",
        "i want to die 😭😭",
        "i wánt tö díe",
    ],
)
def test_a_plea_is_heard_however_it_is_spelled(hearing: Hearing, text: str) -> None:
    assert level(hearing, text) == "P1"


@pytest.mark.parametrize("text", ["my parents never hit me", "he didnt touch me", "nobody is bullying me"])
def test_a_denial_is_not_a_plea(hearing: Hearing, text: str) -> None:
    assert level(hearing, text) is None


def test_a_denial_that_is_the_plea_is_heard(hearing: Hearing) -> None:
    assert level(hearing, "sitaki kuishi") == "P1"
    assert level(hearing, "i dont want to live") == "P1"


def test_a_denial_elsewhere_in_the_message_hides_nothing(hearing: Hearing) -> None:
    assert level(hearing, "i never told anyone but my uncle touches me") is not None


@pytest.mark.parametrize(
    "text",
    [
        "mum hits me if i dont clean my room",
        "mum beats me in my room because of the laundry",
        "papa wil mama vermoorden en mijn 3 broertjes",
        "hij duwde mijn hand in het vuur",
        "baba anarudi usiku ananishika wakati tunapika",
        "bosi amenifungia na siruhusiwi kutumia simu",
        "ibinenta ako ni mama para sa gatas ng kapatid ko",
        "nagtago ako sa taguan kasi may baril si papa",
        "ik zei tegen de juf dat ik zwanger ben van mijn stiefvader",
        "ik sta op het dak en kijk naar de sterren voor ik spring",
        "mijn broertje wordt besneden en ik ook morgen in het buitenland",
        "អៀនគេ ចង់ស្លាប់",
        "hindi totoo yung sinabi ni mama, binubugbog talaga ako ni papa",
        "ukiona mama anapigwa na dad kila siku moyo unauma",
        "coach anatushika mikono na kifua tukivuka mto",
        "khelda hoina, buwa le kutera mero hat bhachiyo",
        "जिन्दगी bore भयो, म मर्छु",
    ],
)
def test_words_of_a_mask_beside_a_plea_do_not_hide_it(hearing: Hearing, text: str) -> None:
    assert level(hearing, text) in ("P1", "P2")


def test_a_quiz_answer_in_lesson_voice_is_left_in_peace(hearing: Hearing) -> None:
    assert level(hearing, "you should never send nudes") is None
    assert level(hearing, "he is threatening to post her nudes so it is a red flag") is None


def test_lesson_voice_never_lowers_danger_of_her_own(hearing: Hearing) -> None:
    assert assess(hearing, "should i tell the police that my uncle raped me", Context(quiz="q1")).level is not None


def test_evidence_points_into_the_text_as_typed(hearing: Hearing) -> None:
    text = "ok... \u200bso  my UNCLE   touches\u200b me"
    heard = assess(hearing, text, NOTHING)

    assert text[heard.evidence[0].start : heard.evidence[0].end] == "UNCLE   touches\u200b me"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("help", "help"),
        ("HELP ME please!!", "help"),
        ("nisaidie tafadhali", "help"),
        ("Stop.", "stop"),
        ("ndiyo 👍", "yes_words"),
    ],
)
def test_a_word_list_matches_the_whole_message(hearing: Hearing, text: str, name: str) -> None:
    heard: Heard = hear(hearing, text, NOTHING)

    assert name in heard.word_lists
    assert heard.assessment.level is None


def test_a_listed_word_inside_a_sentence_is_no_door(hearing: Hearing) -> None:
    assert hear(hearing, "can you help my brother stop eating my chips", NOTHING).word_lists == frozenset()


def test_a_filter_line_is_answered_with_level_and_rules(hearing: Hearing) -> None:
    answer = json.loads(answer_line(hearing, json.dumps({"id": 7, "text": PLEA, "lang": "en"})))

    assert answer["id"] == 7
    assert (answer["worrying"], answer["level"], answer["priority"]) == (True, "P1", "P1")
    assert answer["rules"]


@pytest.mark.parametrize("line", ["", "{", "[]", '"x"', '{"lang": "en"}', '{"text": 3}', "[" * 100_000])
def test_a_broken_line_is_answered_without_repeating_it(hearing: Hearing, line: str) -> None:
    assert list(json.loads(answer_line(hearing, line))) == ["error"]


def test_explain_names_rules_and_their_words(hearing: Hearing) -> None:
    assert "en.sextortion" in explain(hearing, PLEA)


HOSTILE = st.text(st.characters(), max_size=300) | st.text(
    "\u0300\u17d2\u17b6\u1780\u202e\ud800a .!?\u0915\u093f", max_size=300
)


@given(text=HOSTILE)
@settings(max_examples=400, deadline=None)
def test_no_text_can_break_the_ear(hearing: Hearing, text: str) -> None:
    heard = hear(hearing, text, NOTHING)

    assert all(0 <= e.start < e.end <= len(text) for e in heard.assessment.evidence)


@given(text=st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_composed_and_decomposed_text_are_heard_alike(hearing: Hearing, text: str) -> None:
    plea = f"{text} my uncle touches me"
    forms = {assess(hearing, unicodedata.normalize(form, plea), NOTHING).rules for form in ("NFC", "NFD")}

    assert len(forms) == 1


BENIGN = st.sampled_from(
    ["we had lunch.", "the weather is nice.", "leo kuna jua.", "i like football!", "ok.", "😀", "bye"]
)


@given(
    before=BENIGN, after=BENIGN, plea=st.sampled_from([PLEA, "i want to die", "mjomba hunigusa", "my father beats me"])
)
@settings(max_examples=60, deadline=None)
def test_small_talk_around_a_plea_does_not_hide_it(hearing: Hearing, before: str, after: str, plea: str) -> None:
    assert level(hearing, f"{before} {plea}. {after}") is not None


@pytest.mark.parametrize(
    "text",
    ["he beat me " * 10_000, "a" * 100_000, "\u0300" * 100_000, "ក្" * 50_000, "i want " * 15_000, "a!b@c$" * 20_000],
    ids=["pleas", "letters", "marks", "khmer", "halves", "signs"],
)
def test_a_hundred_kilobytes_are_heard_in_an_instant(hearing: Hearing, text: str) -> None:
    best = min(_seconds(hearing, text) for _ in range(3))

    assert best < 0.1  # 5 ms is the goal on a quiet machine; this catches growth without bound


def _seconds(hearing: Hearing, text: str) -> float:
    start = perf_counter()
    assess(hearing, text, NOTHING)
    return perf_counter() - start


def test_a_word_that_several_lists_share_is_judged_by_her_own_language(hearing: Hearing) -> None:
    lesson = "the girl in chapter 2 got blackmailed by her boyfriend"

    assert assess(hearing, lesson, Context(language="en")).level is None


def test_a_plea_in_another_language_than_the_chat_is_heard(hearing: Hearing) -> None:
    assert assess(hearing, "mjomba hunigusa usiku", Context(language="nl")).level is not None
    assert assess(hearing, "malai marna man lagyo", Context(language="en")).level is not None
