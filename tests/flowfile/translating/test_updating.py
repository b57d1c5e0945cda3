"""A campaign's sentences go to translators and come back, from the folder and from the command line."""

from __future__ import annotations

import json
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from click.testing import CliRunner

from bot.cli import main
from bot.flowfile import load
from bot.flowfile.translating.book import Book, Translation, read_book
from bot.flowfile.translating.status import Row, status
from bot.flowfile.translating.update import CannotUpdate, NothingStale, compile_all, update
from bot.flowfile.translating.write import render
from bot.model.words import Words
from bot.texts import say
from tests.flowfile.campaigns import CAMPAIGN, HELP, write

TWO = CAMPAIGN.replace("languages: [en]\ndoors", "languages: [en, sw]\ndoors")
SAY = "help/numbers.say"
FLOWS = "locales/sw/LC_MESSAGES/flows.po"
OWN = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgctxt "bot"\nmsgid "button.help"\nmsgstr "{}"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small campaign in English and Swahili, all of it translated and approved."""
    write(
        tmp_path,
        **{
            "flows/campaign.yaml": TWO,
            "flows/words/en.yaml": "lists:\n  help: [help]\n",
            "flows/words/sw.yaml": "lists:\n  help: [msaada]\n",
            "locales/en/LC_MESSAGES/bot.po": OWN.format("I need help"),
        },
    )
    update(tmp_path)
    for name in ("flows", "bot"):
        path = tmp_path / f"locales/sw/LC_MESSAGES/{name}.po"
        book = read_book(path.read_bytes())
        path.write_bytes(render(Book(book.header, tuple(map(translated, book.entries)))))
    return tmp_path


def translated(entry: Translation) -> Translation:
    keep = " {helpline}" if "{helpline}" in entry.source else ""
    fields = {name: getattr(entry, name) for name in ("context", "source", "plural", "notes", "places")}
    return Translation(**fields, forms=(f"Kiswahili{keep}",))


def catalogue(root: Path) -> Book:
    return read_book((root / FLOWS).read_bytes())


def entry(root: Path, context: str = SAY) -> Translation:
    return catalogue(root).by_context[context]


def reword(root: Path) -> None:
    (root / "flows/help.yaml").write_text(HELP.replace("Take your time.", "Take all your time."))


def row(root: Path, flow: str) -> Row:
    return next(row for row in status(root) if row.flow == flow)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["flows", *arguments])
    return result.exit_code, result.output


def test_every_sentence_is_in_the_template_with_its_place_length_and_limits(root: Path) -> None:
    told = {e.context: e for e in read_book((root / "locales/flows.pot").read_bytes()).entries}

    assert told[SAY].places == (("flows/help.yaml", 6),)
    assert "3 words." in told[SAY].notes[0]
    assert "first 40 characters" in told[SAY].notes[0]
    assert "Keep: {helpline}" in told[SAY].notes[0]
    assert "at most 40 characters" in told["help/offer.buttons.yes"].notes[0]


def test_updating_twice_writes_nothing_the_second_time(root: Path) -> None:
    update(root)

    assert not any(file.written for file in update(root))


def test_a_campaign_that_cannot_be_read_loses_no_translation(root: Path) -> None:
    before = (root / FLOWS).read_bytes()
    (root / "flows/help.yaml").write_text("flow: help\n\tsteps: {}")

    with pytest.raises(CannotUpdate, match="E010"):
        update(root)

    assert (root / FLOWS).read_bytes() == before


def test_reworded_help_words_keep_their_approved_translation_live_and_stop_a_release(root: Path) -> None:
    reword(root)
    update(root)

    loaded = load(root)

    assert [(p.code, p.step) for p in loaded.problems if p.severity == "error"] == [("E508", "numbers")]
    assert loaded.campaign is not None
    new = Words(SAY, "Take all your time. {helpline}")
    assert say(loaded.campaign.catalogues, "sw", new, {"helpline": "116"}) == "Kiswahili 116"
    assert say(loaded.campaign.catalogues, "en", new, {"helpline": "116"}) == "Take all your time. 116"


def test_a_change_that_leaves_the_meaning_needs_no_new_translation(root: Path) -> None:
    reword(root)
    update(root, same=[SAY])

    assert not entry(root).stale
    assert entry(root).forms == ("Kiswahili {helpline}",)
    assert "E508" not in {problem.code for problem in load(root).problems}


def test_naming_a_sentence_that_is_not_stale_is_told(root: Path) -> None:
    with pytest.raises(NothingStale, match="help/numbers"):
        update(root, same=["help/numbers.say"])


def test_a_reworded_story_is_told_in_english_until_it_is_translated_and_warns(root: Path) -> None:
    hello = (root / "flows/hello.yaml").read_text()
    (root / "flows/hello.yaml").write_text(hello.replace("Good that", "It is good that"))

    loaded = load(root)

    assert "W509" in {problem.code for problem in loaded.problems}
    assert loaded.campaign is not None
    words = Words("hello/hello.say", "Hello. It is good that you are here.")
    assert say(loaded.campaign.catalogues, "sw", words) == words.source


def test_own_words_whose_english_changed_are_stale_and_still_said(root: Path) -> None:
    (root / "locales/en/LC_MESSAGES/bot.po").write_text(OWN.format("I want help"))
    update(root)

    (own,) = read_book((root / "locales/sw/LC_MESSAGES/bot.po").read_bytes()).entries

    assert (own.stale, own.previous) == (True, ("I need help",))
    loaded = load(root)
    assert loaded.campaign is not None
    assert say(loaded.campaign.catalogues, "sw", Words("bot", "button.help")) == "Kiswahili"
    assert row(root, "bot").stale == 1


def test_status_counts_reviewed_draft_stale_and_missing(root: Path) -> None:
    before = row(root, "help")
    assert (before.reviewed, before.translated, before.unsafe) == (before.texts, before.texts, False)

    text = (root / FLOWS).read_text().replace('msgctxt "help.title"', '# draft: read it\nmsgctxt "help.title"', 1)
    (root / FLOWS).write_text(text)
    reword(root)
    update(root)

    now = row(root, "help")
    assert (now.reviewed, now.translated) == (before.texts - 2, before.texts - 1)
    assert (now.draft, now.stale, now.missing, now.open) == (1, 1, 0, (SAY,))
    assert now.unsafe


def test_status_ends_with_1_while_help_words_are_old_in_an_enabled_language(root: Path) -> None:
    assert run("status", str(root))[0] == 0
    reword(root)

    code, output = run("status", str(root), "--format", "json")

    assert code == 1
    assert json.loads(output)["safe"] is False
    assert run("status", str(root), "--lang", "sw")[1].splitlines()[-1] == "Not safe: help (sw)."


def test_the_commands_update_and_compile_tell_what_they_wrote(root: Path) -> None:
    reword(root)

    code, output = run("update", str(root))

    assert code == 0
    assert f"{FLOWS}: {len(catalogue(root).entries)} texts, 0 to translate, 1 stale, 0 obsolete" in output
    assert run("compile", str(root))[1].splitlines()[-1] == "locales/sw/LC_MESSAGES/flows.mo"
    assert run("compile", str(root))[1] == "nothing has changed\n"


def test_a_new_language_gets_its_files_with_its_own_plurals(root: Path) -> None:
    update(root, ["km"])

    raw = (root / "locales/km/LC_MESSAGES/flows.po").read_bytes()

    assert read_po(BytesIO(raw)).num_plurals == 1
    assert all(not e.begun for e in read_book(raw).entries)


def test_a_compiled_file_stands_beside_every_catalogue(root: Path) -> None:
    assert compile_all(root) == [
        p.replace(".po", ".mo") for p in ("locales/en/LC_MESSAGES/bot.po", "locales/sw/LC_MESSAGES/bot.po", FLOWS)
    ]


def test_babels_own_tools_find_the_sentences_of_a_flow(root: Path) -> None:
    method = "bot.flowfile.translating.extract:extract_flow"
    found = list(extract(method, (root / "flows/help.yaml").open("rb"), DEFAULT_KEYWORDS))
    nothing = list(extract(method, (root / "flows/campaign.yaml").open("rb"), DEFAULT_KEYWORDS))

    assert (6, "Take your time. {helpline}", SAY) in [(line, text, context) for line, text, _, context in found]
    assert nothing == []


def test_pybabel_knows_our_extractor_by_name() -> None:
    project = tomllib.loads((Path(__file__).resolve().parents[3] / "pyproject.toml").read_text())

    assert project["project"]["entry-points"]["babel.extractors"] == {
        "safebot_flows": "bot.flowfile.translating.extract:extract_flow"
    }
