"""The bot's own sentences are checked like help words: each language has them all, up to date, with the same placeholders."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flowfile import Problem, load
from bot.flowfile.problem import stopping
from bot.flowfile.translating.status import status
from tests.flowfile.campaigns import CAMPAIGN, write

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
TWO = CAMPAIGN.replace("languages: [en]\ndoors", "languages: [en, sw]\ndoors")
OURS = {
    "button.help": "I need help",
    "hit.closed": "Nobody is here now. {helpline}",
}
GOOD = {"button.help": "Nahitaji msaada", "hit.closed": "Hakuna mtu sasa. {helpline}"}


def po(sentences: dict[str, str], above: dict[str, str] | None = None) -> str:
    """Return a catalogue; `above`: a line of comment for some keys."""
    lines = (above or {}).items()
    comments = {key: f"{line}\n" for key, line in lines}
    return HEAD + "".join(
        f'{comments.get(key, "")}msgctxt "bot"\nmsgid "{key}"\nmsgstr "{text}"\n\n' for key, text in sentences.items()
    )


def own_problems(root: Path, swahili: str | None) -> list[Problem]:
    files = {"flows/campaign.yaml": TWO, "locales/en/LC_MESSAGES/bot.po": po(OURS)}
    if swahili is not None:
        files["locales/sw/LC_MESSAGES/bot.po"] = swahili
    return [p for p in load(write(root, **files)).problems if p.file == "locales/sw/LC_MESSAGES/bot.po"]


def test_a_whole_catalogue_has_no_problem(tmp_path: Path) -> None:
    assert own_problems(tmp_path, po(GOOD)) == []


@pytest.mark.parametrize(
    ("code", "swahili", "line"),
    [
        ("E512", po({"button.help": GOOD["button.help"]}), 1),
        ("E512", po({**GOOD, "hit.closed": ""}), 8),
        ("E508", po(GOOD, {"hit.closed": "#, fuzzy"}), 9),
        ("E508", po(GOOD, {"hit.closed": "#. English: Everybody sleeps. {helpline}"}), 9),
        ("E501", po({**GOOD, "hit.closed": "Hakuna mtu sasa."}), 8),
        ("E501", po({**GOOD, "hit.closed": "Hakuna mtu sasa. {helplines}"}), 8),
    ],
)
def test_each_mistake_has_its_code_and_its_line(tmp_path: Path, code: str, swahili: str, line: int) -> None:
    (found,) = own_problems(tmp_path, swahili)

    assert found.code == code and "hit.closed" in found.message
    assert abs(found.line - line) <= 1


def test_a_language_without_a_catalogue_lacks_every_sentence(tmp_path: Path) -> None:
    assert [p.code for p in own_problems(tmp_path, None)] == ["E512", "E512"]


def test_a_plural_lacks_a_form(tmp_path: Path) -> None:
    def plural(*forms: str) -> str:
        said = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
        return f'{HEAD}msgctxt "bot"\nmsgid "stars"\nmsgid_plural "stars"\n{said}'

    files = {"flows/campaign.yaml": TWO, "locales/en/LC_MESSAGES/bot.po": plural("{n} star", "{n} stars")}
    whole = {**files, "locales/sw/LC_MESSAGES/bot.po": plural("Nyota moja", "Nyota {n}")}
    half = {**files, "locales/sw/LC_MESSAGES/bot.po": plural("Nyota {n}", "")}

    assert "E507" not in {p.code for p in load(write(tmp_path / "a", **whole)).problems}
    assert "E507" in {p.code for p in load(write(tmp_path / "b", **half)).problems}


def test_what_is_missing_stops_a_release_and_no_running_bot(tmp_path: Path) -> None:
    files = {
        "flows/campaign.yaml": TWO,
        "locales/en/LC_MESSAGES/bot.po": po(OURS),
        "locales/sw/LC_MESSAGES/bot.po": po({}),
        "flows/words/sw.yaml": "lists: {help: [msaada]}\n",
    }
    loaded = load(write(tmp_path, **files))
    ours = [p for p in loaded.problems if p.code == "E512"]

    assert len(ours) == 2 and all(p.severity == "error" for p in ours)
    assert stopping(ours) == ()


def test_status_counts_a_sentence_whose_english_changed_as_stale(tmp_path: Path) -> None:
    own_problems(tmp_path, po(GOOD, {"hit.closed": "#. English: Everybody sleeps. {helpline}"}))
    (row,) = (row for row in status(tmp_path, ["sw"]) if row.flow == "bot")

    assert (row.stale, row.missing, row.unsafe) == (1, 0, True)
