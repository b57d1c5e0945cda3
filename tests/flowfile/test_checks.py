"""Every mistake has its code, its line and its step."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flowfile import load
from bot.flowfile.checks.readability import hard_to_read
from bot.flowfile.codes import CODES
from tests.flowfile.campaigns import CAMPAIGN, HELPLINES, TODAY, WORDS, codes, problems_of, write

HEAD = "flow: test\ntitle: Test\n"
STEPS = HEAD + "steps:\n"
SAY = "  a:\n    say: Hello there.\n"
END = "    end: done\n"
ASK = "  a:\n    ask: Ready?\n    buttons: {yes: Yes -> done, no: No -> b}\n  b:\n    say: Bye.\n    end: done\n"
STARS = (
    HEAD + "remembers: {stars: {number: 0..5}, told: {one_of: [friend, teacher], private: true, keep: 1 day}}\nsteps:\n"
)
SENSITIVE = HEAD + "sensitive: true\nsteps:\n"
QUIZ = "  a:\n    quiz: What is it?\n    answers: {one: One, two: Two}\n    correct: one\n    end: done\n"
COUNTED = (
    "    quiz: What is it?\n    answers: {one: One, two: Two}\n    correct: one\n    counts: {question: it, when: "
)
BEFORE, AFTER = f"  first:\n{COUNTED}before}}\n", f"  last:\n{COUNTED}after}}\n"

MISTAKES = {
    "E101": STEPS + SAY + "    pcture: x.png\n" + END,
    "E102": "flow: test\nsteps:\n" + SAY + END,
    "E103": STEPS + SAY + "    go: nowhere\n",
    "E104": STEPS + "  a:\n    say: [one, two]\n" + END,
    "E105": STEPS + SAY + "    end: now\n",
    "E106": STEPS + "  a:\n    go: a\n",
    "E107": STEPS + SAY + "    ask: Ready?\n" + END,
    "E108": STEPS + "  Not A Name:\n    say: Hello there.\n" + END,
    "E109": "flow: hello\ntitle: Twice\nsteps:\n" + SAY + END,
    "E111": STEPS + "  a:\n    ask: Ready?\n    buttons: {yes: Yes -> not a step}\n",
    "E112": STEPS + "  a:\n    ask: Ready?\n    menu: nothing\n" + END,
    "E113": HEAD + "starts: {menu: m}\nsteps:\n  a:\n    ask: Ready?\n    menu: m\n    buttons: {test: Yes -> done}\n",
    "E114": STEPS + ASK.replace("  b:\n", "    signals: {maybe: {category: grooming, level: P2}}\n  b:\n"),
    "W115": STEPS + "  a:\n    ask: Ready?\n    buttons: {yes: Yes please thanks}\n  thanks:\n    say: Thanks.\n" + END,
    "E120": STEPS + "  a:\n    decide: [stars > -> b, else -> b]\n  b:\n    say: Bye.\n" + END,
    "E121": STEPS + "  a:\n    decide: [starz > 1 -> b, else -> b]\n  b:\n    say: Bye.\n" + END,
    "E122": STARS + "  a:\n    decide: ['told > 1 -> b', else -> b]\n  b:\n    say: Bye.\n" + END,
    "E123": STEPS + f"  a:\n    decide: ['{'(' * 40}1 -> b', else -> b]\n  b:\n    say: Bye.\n" + END,
    "E124": STARS + ASK.replace("Ready?\n", "Ready?\n    save_as: told\n"),
    "E125": STARS + QUIZ + "    score: told\n",
    "E201": STARS + "  a:\n    decide: [stars > 1 -> b]\n  b:\n    say: Bye.\n" + END,
    "E202": STEPS + "  a:\n    ask: Ready?\n" + END,
    "W203": STEPS + SAY + END + "  b:\n    say: Never.\n" + END,
    "E204": STEPS + SAY,
    "E205": STEPS + "  a:\n    run: test\n" + END,
    "E206": STEPS + "  a:\n    run: nowhere\n" + END,
    "E207": HEAD + "starts: {words: no_such_words}\nsteps:\n" + SAY + END,
    "E209": STEPS + SAY + "    photo: gone.png\n    photo_alt: A phone\n" + END,
    "E210": STEPS + SAY + "    photo: gone.png\n" + END,
    "E211": STEPS + QUIZ.replace("correct: one", "correct: three"),
    "E212": STEPS + QUIZ.replace("{one: One, two: Two}", "{one: One}"),
    "E213": STEPS + "  a:\n    handoff: {level: P2}\n    open: You are in line.\n" + END,
    "E214": STEPS + SAY + "  b:\n    say: Again.\n    go: a\n",
    "W215": STEPS + ASK.replace("  b:\n", "    typed: {yes: yes_words}\n  b:\n"),
    "E216": STEPS + ASK.replace("  b:\n", "    typed: {yes: yes_words, no: yes_words}\n  b:\n"),
    "E217": HEAD + "moved: {old: nowhere}\nsteps:\n" + SAY + END,
    "E301": SENSITIVE + "  a:\n    say: A story. {helpline}\n" + END,
    "E302": SENSITIVE
    + "  a:\n    ask: Ready?\n    buttons: {yes: Yes -> b}\n  b:\n    ask: More? {helpline}\n    buttons: {x: X -> done}\n",
    "E303": SENSITIVE + ASK,
    "E304": STARS + "  a:\n    say: You said {told}.\n" + END,
    "W305": HEAD + "remembers: {told: {one_of: [a, b], private: true}}\nsteps:\n" + SAY + END,
    "E306": STEPS + ASK.replace("  b:\n", "    signals: {yes: {category: groming, level: P2}}\n  b:\n"),
    "E307": STEPS + ASK.replace("  b:\n", "    signals: {yes: {category: grooming, level: P9}}\n  b:\n"),
    "E310": STEPS + "  a:\n    say: Blackmail is never your fault.\n" + END,
    "W311": HEAD + "starts: {hits: [grooming]}\nsteps:\n  a:\n    say: Somebody answers soon.\n" + END,
    "E319": STEPS
    + ASK.replace("  b:\n", "    signals: {yes: {category: grooming, about: nothing, level: P2}}\n  b:\n"),
    "E401": STEPS + f"  a:\n    say: {'a' * 4097}\n" + END,
    "E402": STEPS + f"  a:\n    say: {'a' * 1025}\n    photo: x.png\n    photo_alt: A phone\n" + END,
    "E403": STEPS + f"  a:\n    ask: Ready?\n    buttons: {{{'x' * 58}: Yes -> done}}\n",
    "W404": STEPS + f"  a:\n    ask: Ready?\n    buttons: {{yes: {'y' * 41} -> done}}\n",
    "W405": STEPS + "  a:\n    ask: Ready?\n    buttons: {" + ", ".join(f"b{i}: B -> done" for i in range(9)) + "}\n",
    "E406": STEPS + "  a:\n    say: Look at https://example.org/x\n" + END,
    "E504": STEPS + "  a:\n    say: Hello {name}.\n" + END,
    "E505": STEPS + "  a:\n    say: Hello {her name}.\n" + END,
    "W506": STARS.replace("private: true, ", "") + "  a:\n    say: You said {told}.\n" + END,
    "W126": HEAD + "remembers: {told: {text: true, keep: 1 day}}\nsteps:\n" + SAY + END,
    "E218": STEPS + ASK.replace("  b:\n", "    typed: {yes: yes_words, no: yes_too}\n  b:\n"),
    "W219": STEPS + ASK.replace("yes: Yes", "yes: Help!"),
    "E314": STEPS + "  a:\n    ask: Ready?\n    buttons: {yes: Yes -> a}\n",
    "E315": HEAD
    + "starts: {hits: [grooming]}\nremembers: {told: {text: true}}\nsteps:\n"
    + "  a:\n    ask: Tell me.\n    save_as: told\n  b:\n    say: 'Thank you, {told}.'\n"
    + END,
    "E317": HEAD + "starts: {hits: [violence_home]}\nsteps:\n  a:\n    say: Tell your aunt.\n" + END,
    "W318": STEPS + ASK.replace("yes: Yes", "yes: Someone hurts me"),
    "W407": STEPS + "".join(f"  a{i}:\n    say: Number {i}.\n" for i in range(4)) + END,
    "W222": STEPS + BEFORE + SAY + END,
    "W223": STEPS + BEFORE + SAY + AFTER.replace("two: Two", "three: Three") + END,
    "W224": STEPS + BEFORE + AFTER + SAY + END,
    "W225": STEPS + BEFORE + "    feedback: {one: Yes}\n" + SAY + AFTER + END,
    "W226": SENSITIVE
    + "  a:\n    ask: Is this a good time?\n    buttons: {yes: Yes -> b, no: No -> c}\n"
    + "    signals: {yes: {category: grooming, level: P2}}\n  b:\n    say: Thank you.\n"
    + "  c:\n    say: All right. {helpline}\n    end: done\n",
    "W408": STEPS + "  a:\n    say: This is <b>bold</b>.\n" + END,
    "W510": STEPS + "  a:\n    say: One two three four five six seven eight nine ten eleven twelve thirteen.\n" + END,
    "E605": STEPS + ASK.replace("  b:\n", "    remind: {after: a while, say: Hello.}\n  b:\n"),
    "E609": HEAD + "starts: {link: s1}\nsteps:\n" + SAY + END,
    "W018": STEPS + "  a:\n    say: Press # to go on\n" + END,
}


@pytest.mark.parametrize("code", MISTAKES)
def test_each_mistake_has_its_code(tmp_path: Path, code: str) -> None:
    linked = "flow: linked\ntitle: Linked\nstarts: {link: s1}\nsteps:\n" + SAY + END

    more = {"flows/linked.yaml": linked, "flows/words/en.yaml": WORDS + "  yes_too: [yes, sure]\n"}
    found = problems_of(tmp_path, MISTAKES[code], **more)

    assert code in codes(found)
    assert all(problem.line > 0 and problem.file for problem in found)


WRONG_CAMPAIGNS = {
    "E208": CAMPAIGN.replace("help: help", "help: helpp"),
    "E312": CAMPAIGN.replace(", help: help, hit: help", ""),
    "W313": CAMPAIGN.replace("help: help", "help: hello"),
    "E602": CAMPAIGN.replace("Africa/Nairobi", "Africa/Nirobi"),
    "E603": CAMPAIGN.replace("languages: [en]\ndoors", "languages: [en, sw]\ndoors"),
    "E604": CAMPAIGN.replace("mon-sun 08:00-22:00", "all day"),
    "E606": CAMPAIGN.replace("2026-01-31", "last year"),
    "W614": CAMPAIGN.replace("mon-sun", "mon-fri"),
    "W615": CAMPAIGN.replace("{by: Olga, on: 2026-01-31}", "{}"),
    "W617": CAMPAIGN.replace("  KE:", "  NP:"),
}


@pytest.mark.parametrize("code", WRONG_CAMPAIGNS)
def test_each_mistake_of_campaign_yaml_has_its_code(tmp_path: Path, code: str) -> None:
    found = load(write(tmp_path, **{"flows/campaign.yaml": WRONG_CAMPAIGNS[code]})).problems

    assert code in {problem.code for problem in found}


def test_the_small_campaign_itself_has_no_problem(tmp_path: Path) -> None:
    assert load(write(tmp_path)).problems == ()


def test_a_problem_reads_as_place_step_code_message_and_hint(tmp_path: Path) -> None:
    flow = STEPS + SAY + "    go: thank\n  thanks:\n    say: Thanks.\n" + END

    found = next(p for p in problems_of(tmp_path, flow) if p.code == "E103")

    assert str(found) == (
        "flows/test.yaml:6, step 'a': E103 goes to 'thank', which does not exist\n    hint: did you mean 'thanks'?"
    )


def test_a_mistake_in_an_expression_has_its_column(tmp_path: Path) -> None:
    flow = (
        STARS
        + "  a:\n    decide:\n      - stars > 1 and starz > 2 -> b\n      - else -> b\n  b:\n    say: Bye.\n"
        + END
    )

    found = next(p for p in problems_of(tmp_path, flow) if p.code == "E121")

    assert (found.line, found.column, found.hint) == (7, 9 + len("stars > 1 and "), "did you mean 'stars'?")


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    flow = STEPS + "  a:\n    sya: Hello\n  b:\n    say: Hello {name}.\n    go: nowhere\n"

    found = problems_of(tmp_path, flow, **{"flows/campaign.yaml": WRONG_CAMPAIGNS["E208"]})

    assert {"E101", "E106", "E103", "E504", "E208"} <= codes(found)


def test_errors_keep_the_campaign_back_and_warnings_do_not(tmp_path: Path) -> None:
    warned = load(write(tmp_path, **{"flows/test.yaml": MISTAKES["W203"]}))
    wrong = load(write(tmp_path, **{"flows/test.yaml": MISTAKES["E103"]}))

    assert warned.campaign is not None and warned.problems
    assert wrong.campaign is None


def test_every_code_is_told_by_somebody() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path("bot/flowfile").rglob("*.py") if path.name != "codes.py"
    )

    assert [code for code in CODES if f'"{code}"' not in source] == []


def test_help_is_heard_in_every_language(tmp_path: Path) -> None:
    deaf = load(write(tmp_path, **{"flows/words/en.yaml": WORDS.replace("help: [help]", "stop: [stop]")})).problems

    assert ("E312", "no word means help in 'en'") in {(p.code, p.message) for p in deaf}


def test_numbers_are_called_every_ninety_days(tmp_path: Path) -> None:
    def told(confirmed: str) -> set[str]:
        lines = HELPLINES.replace(TODAY, confirmed)
        return {p.message for p in load(write(tmp_path, **{"flows/helplines.yaml": lines})).problems}

    assert told(TODAY) == set()
    assert told("2024-01-02") == {"KE: 1 numbers were confirmed over 90 days ago (ke-116)"}
    assert told("") == {"KE: 1 numbers were never confirmed (ke-116)"}


def test_a_word_of_another_language_is_told_apart_from_ones_own(tmp_path: Path) -> None:
    flow = STEPS + ASK.replace(
        "  b:\n", "    typed: {yes: yes_words, no: no_words}\n    not_understood: {go: b}\n  b:\n"
    )
    nepali = {"flows/words/ne.yaml": "lists:\n  yes_words: [no]\n"}

    assert "W221" in codes(problems_of(tmp_path, flow, **nepali))
    assert "E218" in codes(
        problems_of(tmp_path, flow, **{"flows/words/en.yaml": WORDS.replace("no_words: [no]", "no_words: [no, yes]")})
    )


def test_a_private_value_is_shown_in_no_reminder(tmp_path: Path) -> None:
    flow = STARS + ASK.replace("  b:\n", "    remind: {after: 1 hour, say: 'You said {told}.'}\n  b:\n")

    assert any(p.code == "E304" and "in a reminder" in p.message for p in problems_of(tmp_path, flow))


@pytest.mark.parametrize(("language", "text"), [("en", "This is about responsibilities."), ("km", "ក" * 91)])
def test_long_words_and_sentences_are_hard_to_read_in_each_language_its_way(language: str, text: str) -> None:
    assert hard_to_read(language, text)
    assert not hard_to_read(language, text[:9])


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (BEFORE + SAY + AFTER, set()),
        (BEFORE + SAY + AFTER.replace("{one: One, two: Two}", "{two: Two, one: One}"), set()),
        (SAY + AFTER, {"W222"}),
        (BEFORE + SAY + AFTER.replace("correct: one", "correct: two"), {"W223"}),
        (SAY + AFTER + BEFORE, {"W224"}),
        (SAY + BEFORE + AFTER, {"W224"}),
        ("  z:\n    decide: [careful -> last, else -> first]\n" + BEFORE + SAY + AFTER, {"W224"}),
        (BEFORE + "    if: careful\n" + SAY + AFTER, set()),
    ],
)
def test_a_counted_question_is_asked_before_and_after_the_story(tmp_path: Path, steps: str, found: set[str]) -> None:
    counted = {
        code for code in codes(problems_of(tmp_path, STEPS + steps + END)) if code in CODES and code[1:3] == "22"
    }

    assert counted - {"W221"} == found


@pytest.mark.parametrize(
    ("head", "buttons", "warned"),
    [
        ("starts: {menu: topics}\n", 7, False),
        ("starts: {menu: topics}\n", 8, True),
        ("starts: {menu: topics}\ntalk: no\n", 8, False),
        ("", 8, False),
        ("talk: yes\n", 8, True),
    ],
)
def test_a_story_keeps_room_for_the_button_that_leads_to_a_person(
    tmp_path: Path, head: str, buttons: int, warned: bool
) -> None:
    many = ", ".join(f"b{number}: B{number} -> done" for number in range(buttons))
    found = problems_of(tmp_path, HEAD + head + f"steps:\n  a:\n    ask: Ready?\n    buttons: {{{many}}}\n")

    assert ("W405" in codes(found)) == warned


BEHIND = "  b:\n    say: Thank you.\n  c:\n    say: All right. {helpline}\n    end: done\n"
GATE = "  a:\n    ask: Is this a good time?\n    buttons: {yes: Yes -> b, no: No -> c%s}\n"
TAPPED = GATE + "    signals: {yes: {category: grooming, level: P2}}\n"


@pytest.mark.parametrize(
    ("flow", "hidden"),
    [
        (SENSITIVE + TAPPED % "" + BEHIND, True),
        (SENSITIVE + TAPPED % ", maybe: Maybe -> b" + BEHIND, False),
        (SENSITIVE + GATE % "" + BEHIND, False),
        (STEPS + TAPPED % "" + BEHIND, False),  # not about a danger: she may go on with it afterwards
        (HEAD + "starts: {hits: [grooming]}\nsteps:\n" + TAPPED % "" + BEHIND, False),  # these are the help words
        (HEAD + "starts: {hits: [bullying]}\nsteps:\n" + TAPPED % "" + BEHIND, True),
    ],
)
def test_words_behind_a_button_that_brings_help_words_are_told(tmp_path: Path, flow: str, hidden: bool) -> None:
    assert ("W226" in codes(problems_of(tmp_path, flow))) == hidden


@pytest.mark.parametrize(("closed", "told"), [("Nobody is here.", True), ('"Nobody is here. {helpline}"', False)])
def test_who_finds_nobody_there_finds_a_number(tmp_path: Path, closed: str, told: bool) -> None:
    handoff = f"  a:\n    handoff: {{level: P2}}\n    open: You are in line.\n    closed: {closed}\n{END}"

    assert ("E213" in codes(problems_of(tmp_path, STEPS + handoff))) == told


@pytest.mark.parametrize(("menu", "told"), [("topics_life", False), ("topics_lif", True)])
def test_a_story_in_a_menu_that_nobody_is_shown_is_told(tmp_path: Path, menu: str, told: bool) -> None:
    shown = "flow: pick\ntitle: Pick\nsteps:\n  a:\n    ask: Which?\n    menu: topics_life\n    go: a\n"
    other = HEAD.replace("test", "other") + "starts: {menu: topics_life}\nsteps:\n" + SAY + END
    story = HEAD + f"starts: {{menu: {menu}}}\nsteps:\n" + SAY + END
    found = problems_of(tmp_path, story, **{"flows/pick.yaml": shown, "flows/other.yaml": other})

    assert ("W227" in codes(found)) == told


SAY_ONLY = STEPS + "  a:\n    say: Look at {}\n" + END


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example#.takeitdown.ncmec.org",
        "https://evil.example\\.takeitdown.ncmec.org",
        "https://takeitdown.ncmec.org@evil.example/x",
        "https://takeitdown.ncmec.org:x@evil.example",
        "evil.com",
        "free-gifts.evil.xyz/you",
    ],
)
def test_a_link_that_only_looks_like_one_on_the_list_is_not_on_it(tmp_path: Path, link: str) -> None:
    campaign = {"flows/campaign.yaml": CAMPAIGN + "\nlinks: [takeitdown.ncmec.org]\n"}

    problems = load(write(tmp_path, **{"flows/test.yaml": SAY_ONLY.format(link)}, **campaign)).problems

    assert "E406" in {problem.code for problem in problems}
