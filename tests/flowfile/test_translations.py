"""Translations are there, keep their placeholders, and stay within the limits in every language."""

from __future__ import annotations

from pathlib import Path

from bot.flowfile import load
from bot.flowfile.problem import stopping
from tests.flowfile.campaigns import CAMPAIGN, codes, write

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
FLOW = "flow: test\ntitle: Test\nHITS\nsteps:\n  a:\n    say: 'Take your time. {helpline}'\n    end: done\n"


def problem_codes(root: Path, *, translation: str = "", safety: bool = False, story: bool = False) -> set[str]:
    entry = f'msgctxt "test/a.say"\nmsgid "Take your time. {{helpline}}"\nmsgstr "{translation}"\n'
    hits = "starts: {hits: [grooming]}" if safety else "sensitive: true\nstarts: {menu: topics}" if story else ""
    write(
        root,
        **{
            "flows/campaign.yaml": CAMPAIGN.replace("languages: [en]\ndoors", "languages: [en, sw]\ndoors"),
            "flows/test.yaml": FLOW.replace("HITS", hits),
            "locales/sw/LC_MESSAGES/flows.po": HEADER + entry,
        },
    )
    return codes([problem for problem in load(root).problems if problem.file == "flows/test.yaml" and problem.line > 2])


def test_a_missing_translation_warns_in_a_story_and_is_an_error_where_safety_hangs_on_it(tmp_path: Path) -> None:
    assert problem_codes(tmp_path) == {"W503"}
    assert "E502" in problem_codes(tmp_path, safety=True)


def test_a_story_that_asks_first_runs_in_english_until_it_is_translated(tmp_path: Path) -> None:
    assert "E511" in problem_codes(tmp_path, story=True)
    assert "E511" not in {problem.code for problem in stopping(load(tmp_path).problems)}


def test_a_translation_keeps_the_placeholders_of_its_text(tmp_path: Path) -> None:
    assert problem_codes(tmp_path, translation="Usiwe na haraka. {helpline}") == set()
    assert problem_codes(tmp_path, translation="Usiwe na haraka. {helplines}") == {"E501"}
    assert problem_codes(tmp_path, translation="Usiwe na haraka.") == {"E501"}


def test_a_translation_is_held_to_the_same_limits(tmp_path: Path) -> None:
    assert problem_codes(tmp_path, translation="Pole sana. " * 400 + "{helpline}") == {"E401"}
    assert problem_codes(tmp_path, translation="Ngono na picha. {helpline}") == {"E310"}


def test_a_plural_has_all_forms_of_the_language(tmp_path: Path) -> None:
    flow = (
        "flow: test\ntitle: T\nremembers: {stars: {number: 0..5}}\nsteps:\n"
        "  a:\n    say: {count: stars, one: '{n} star', other: '{n} stars'}\n    end: done\n"
    )
    one = HEADER + 'msgctxt "test/a.say"\nmsgid "{n} star"\nmsgid_plural "{n} stars"\nmsgstr[0] "nyota {n}"\n'
    write(
        tmp_path,
        **{
            "flows/campaign.yaml": CAMPAIGN.replace("languages: [en]\ndoors", "languages: [en, sw]\ndoors"),
            "flows/test.yaml": flow,
            "locales/sw/LC_MESSAGES/flows.po": one,
        },
    )

    found = [p.code for p in load(tmp_path).problems if p.step == "a"]

    assert found in (["E507"], ["W503"])


def test_a_catalogue_that_is_none_is_told(tmp_path: Path) -> None:
    languages = CAMPAIGN.replace("languages: [en]\ndoors", "languages: [en, sw]\ndoors")
    write(tmp_path, **{"flows/campaign.yaml": languages, "locales/sw/LC_MESSAGES/flows.po": "this is no catalogue"})

    assert "E608" in {problem.code for problem in load(tmp_path).problems}
