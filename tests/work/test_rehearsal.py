"""Conversations are played as a running bot would hold them, and what is not as expected is told in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.flows import command
from bot.work.live import CampaignError
from bot.work.rehearsal.run import Outcome, run
from tests.flowfile.campaigns import CAMPAIGN, write

KITE = """
flow: kite
title: The red kite
remembers:
  stars: {number: 0..5, keep: 1 day}
steps:
  hello:
    say: Asha has a new kite.
  lucky:
    if: stars > 0
    say: You have a star already.
  wind:
    ask: There is no wind today. What could she do?
    remind: {after: 3 hours, say: The kite is still there.}
    buttons:
      wait: Wait for the wind -> color
      paint: Paint the kite -> painted
  painted:
    say: She paints two eyes on it.
  color:
    quiz: Which color is the kite?
    answers: {red: Red, blue: Blue}
    correct: red
    feedback: {red: Yes!, blue: It was red.}
    score: stars
  count:
    say: {count: stars, one: "You have {n} star.", other: "You have {n} stars."}
    end: done
"""
WORDS = """
lists:
  help: [help]
  yes_words: [yes]
slots:
  hurts: [hurts, beats]
frames:
  violence_home.hurts:
    level: P2
    says: "{hurts} me"
    catches: [he beats me]
    ignores: [the sun is out]
"""
PO = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

msgctxt "kite/hello.say"
msgid "Asha has a new kite."
msgstr "Asha ana kishada kipya."

msgctxt "kite/wind.buttons.wait"
msgid "Wait for the wind"
msgstr "Subiri upepo"

msgctxt "help.title"
msgid "Help"
msgstr "Msaada"

msgctxt "help/numbers.say"
msgid "Take your time. {helpline}"
msgstr "Chukua muda wako. {helpline}"

msgctxt "help/offer.ask"
msgid "Shall a person read this?"
msgstr "Je, mtu asome hii?"

msgctxt "help/offer.buttons.yes"
msgid "Yes, please"
msgstr "Ndiyo"

msgctxt "help/offer.buttons.no"
msgid "Not now"
msgstr "Si sasa"

msgctxt "help/person.open"
msgid "You are in line."
msgstr "Uko kwenye foleni."

msgctxt "help/person.closed"
msgid "Nobody is here now. {helpline}"
msgstr "Hakuna mtu sasa. {helpline}"
"""


def campaign(root: Path, test: str, **files: str) -> Path:
    """Write a campaign of two languages with one story and its test."""
    two = CAMPAIGN.replace("languages: [en]\ndoors", "languages: [en, sw]\ndoors")
    story = {"flows/kite.yaml": KITE, "flows/words/en.yaml": WORDS, "flows/campaign.yaml": two}
    story["flows/words/sw.yaml"] = "lists: {help: [msaada]}\n"
    catalogue = {"locales/sw/LC_MESSAGES/flows.po": PO}
    return write(root, **{**story, **catalogue, "flows/kite.test.yaml": f"conversations:\n{test}", **files})


def result(root: Path, *lines: str, given: str = "") -> Outcome:
    text = "".join(f"    - {line}\n" for line in (f"{{start: kite{given}}}", *lines))
    return run(campaign(root, f"  one:\n{text}"), "flows/kite.test.yaml")


def told(root: Path, *lines: str, given: str = "") -> list[str]:
    return [str(problem) for problem in result(root, *lines, given=given).problems]


WAIT = "tap: wait"


def test_a_conversation_is_played_in_every_language(tmp_path: Path) -> None:
    outcome = result(tmp_path, "expect: {step: wind, buttons: [wait, paint]}", "{tap: paint, expect: {step: color}}")

    assert (outcome.conversations, outcome.problems) == (2, ())


def test_english_words_and_labels_are_compared_through_their_translation(tmp_path: Path) -> None:
    lines = ("expect: {says: has a new kite, buttons: [Wait for the wind, Paint the kite]}", "tap: Wait for the wind")

    assert told(tmp_path, *lines, "expect: {step: color}") == []


def test_words_of_a_language_are_compared_as_they_are(tmp_path: Path) -> None:
    assert told(tmp_path, "expect: {says: {sw: kishada kipya, en: new kite}}") == []
    wrong = told(tmp_path, "expect: {says: {sw: mpira mpya, en: new kite}}")
    assert len(wrong) == 1
    assert "(sw)" in wrong[0]
    assert "kishada kipya" in wrong[0]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("expect: {step: color}",), "expected her at step 'color', but she is at 'wind'"),
        (("expect: {says: a dog}",), 'expected the words "a dog", but the bot said: "Asha has a new kite.'),
        (("expect: {buttons: [wait]}",), "expected the buttons wait, but there are: wait, paint"),
        (("expect: {stars: 3}",), "expected 3 stars, but she has 0"),
        (("expect: {case: {level: P2}}",), "expected a case P2, but there is none"),
        (("expect: {quiet: true}",), "expected the bot to be quiet, but it said:"),
        (("expect: {passed: painted}",), "expected step 'painted' on the way, but the way was: hello, wind"),
        (("tap: fly",), "she cannot tap 'fly': there are: paint, wait"),
        (("{after: 1 minute, expect: {quiet: false}}",), "expected the bot to say something, but it was quiet"),
        (("expect: {remembers: {stars: 2}}",), "expected 'stars' to be 2, but it is none"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_as_expected_is_told_in_plain_words(tmp_path: Path, lines: tuple[str, ...], sentence: str) -> None:
    wrong = told(tmp_path, *lines)

    assert len(wrong) == 1
    assert wrong[0].startswith("flows/kite.test.yaml:4: E703 in 'one' (en, sw): ")
    assert sentence in wrong[0]


def test_what_follows_a_failure_is_not_told_as_well(tmp_path: Path) -> None:
    assert len(told(tmp_path, "tap: fly", "expect: {step: color}", "expect: {stars: 9}")) == 1


def test_a_right_answer_brings_a_star(tmp_path: Path) -> None:
    lines = (WAIT, "{tap: red, expect: {stars: 1, says: [Yes!, 1 star], step: count}}")

    assert told(tmp_path, *lines) == []


def test_a_reminder_rings_for_who_asked_for_it(tmp_path: Path) -> None:
    asked = ", age: 18_plus, reminders: yes"
    reminded = "{after: 4 hours, expect: {says: still there}}"

    assert told(tmp_path, reminded, "{after: 4 hours, expect: {quiet: true}}", given=asked) == []
    assert len(told(tmp_path, reminded)) == 1


def test_a_reminder_waits_until_quiet_hours_are_over(tmp_path: Path) -> None:
    evening = ("after: 5 hours", "tap: go_on", "{after: 12 hours, expect: {quiet: true}}")
    morning = "{after: 4 hours, expect: {says: still there}}"

    assert told(tmp_path, *evening, morning, given=", age: 18_plus, reminders: yes") == []


def test_a_plea_opens_a_case_and_is_joined(tmp_path: Path) -> None:
    plea = "{type: he beats me, expect: {case: {level: P2, category: violence_home, shown: true}}}"

    assert told(tmp_path, "expect: {case: none}", plea) == []


def test_after_a_day_nothing_is_remembered_of_a_girl(tmp_path: Path) -> None:
    given = ", remembers: {stars: 3}"

    assert told(tmp_path, "{after: 23 hours, expect: {stars: 3}}", given=given) == []
    assert told(tmp_path, "after: 25 hours", "expect: {stars: 0, remembers: {age_band: none}}", given=given) == []


def test_the_button_that_leads_to_a_person_is_tapped_as_talk_and_may_be_left_out(tmp_path: Path) -> None:
    story = {"flows/kite.yaml": KITE.replace("title:", "talk: yes\ntitle:")}
    lines = ("{start: kite, expect: {buttons: [%s]}}", "{tap: talk, expect: {buttons: [help, menu]}}")
    for number, buttons in enumerate(("wait, paint", "wait, paint, talk")):
        test = "  a_way:\n" + "".join(f"    - {line}\n" for line in lines) % buttons
        assert [str(p) for p in run(campaign(tmp_path / str(number), test, **story)).problems] == []


def test_a_button_of_the_story_that_is_called_talk_comes_first(tmp_path: Path) -> None:
    story = {"flows/kite.yaml": KITE.replace("title:", "talk: yes\ntitle:").replace("paint: Paint", "talk: Paint")}
    test = "  a_way:\n    - start: kite\n    - {tap: talk, expect: {passed: painted, step: color}}\n"

    assert [str(p) for p in run(campaign(tmp_path, test, **story)).problems] == []


def test_a_step_that_is_left_out_is_not_reached(tmp_path: Path) -> None:
    outcome = result(tmp_path, WAIT)
    assert ("W707", "lucky") in {(p.code, p.step) for p in outcome.coverage[0].problems}

    outcome = result(tmp_path, WAIT, given=", remembers: {stars: 3}")
    assert ("W707", "lucky") not in {(p.code, p.step) for p in outcome.coverage[0].problems}


def test_coverage_names_the_line_of_what_was_never_reached(tmp_path: Path) -> None:
    covered = result(tmp_path, WAIT).coverage[0]

    assert (covered.steps, covered.reached, covered.buttons, covered.tapped) == (6, 3, 4, 1)
    lines = KITE.splitlines()
    named = {(p.code, lines[p.line - 1].split(":")[0].strip()) for p in covered.problems}
    assert named == {
        ("W707", "lucky"), ("W707", "painted"), ("W707", "count"), ("W708", "paint"), ("W708", "answers"),
    }  # fmt: skip


def test_examples_of_the_word_lists_are_heard(tmp_path: Path) -> None:
    wrong = WORDS.replace("he beats me", "he is mean").replace("the sun is out", "who beats me at chess")

    outcome = run(campaign(tmp_path, "  one: [{start: kite}]\n", **{"flows/words/en.yaml": wrong}))

    assert [(p.code, p.file) for p in outcome.problems] == [
        ("E704", "flows/words/en.yaml"),
        ("E705", "flows/words/en.yaml"),
    ]
    assert outcome.sentences == 2


def test_a_campaign_with_errors_is_not_played(tmp_path: Path) -> None:
    with pytest.raises(CampaignError):
        run(campaign(tmp_path, "", **{"flows/kite.yaml": "flow: kite\n"}))


def cli(*arguments: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(command, ["test", *arguments], input=typed)
    return done.exit_code, done.output


def test_the_command_says_by_its_exit_code_how_it_went(tmp_path: Path) -> None:
    good = campaign(tmp_path / "good", "  one: [{start: kite}]\n")
    bad = campaign(tmp_path / "bad", "  one: [{start: kite, expect: {step: count}}]\n")
    broken = campaign(tmp_path / "broken", "", **{"flows/kite.yaml": "flow: kite\n"})

    assert cli(str(good))[0] == 0
    assert cli(str(bad))[0] == 1
    assert cli(str(broken))[0] == 2
    assert cli(str(tmp_path / "nowhere"))[0] == 2


def test_json_says_the_same_for_programs(tmp_path: Path) -> None:
    bad = campaign(tmp_path, "  one: [{start: kite, expect: {step: count}}]\n")

    code, said = cli(str(bad / "flows" / "kite.yaml"), "--format", "json", "--coverage")

    found = json.loads(said)
    assert (code, found["failed"], found["problems"][0]["code"]) == (1, 1, "E703")
    assert found["coverage"][0]["flow"] == "kite"


def test_a_conversation_at_the_keyboard_becomes_a_test_that_passes(tmp_path: Path) -> None:
    root = campaign(tmp_path, "")
    file = root / "flows" / "kite.test.yaml"
    file.unlink()

    code, said = cli(str(file), "--record", "--lang", "sw", typed="1\n2\nhe beats me\nafter 2 days\n\n")

    assert code == 0
    assert "[1] Subiri upepo" in said
    assert "tap: wait" in file.read_text(encoding="utf-8")
    assert "case: {level: P2, category: violence_home}" in file.read_text(encoding="utf-8")
    assert cli(str(root), "--coverage")[0] == 0
