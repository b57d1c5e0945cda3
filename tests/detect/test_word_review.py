"""A native reviewer works in a spreadsheet: what she accepts or corrects goes into the word list, all of it or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.flowfile.spreadsheet import BadSheet
from bot.flowfile.word_apply import apply_file
from bot.flowfile.word_lines import WordText, written
from bot.flowfile.word_sheet import COLUMNS, read_sheet, sheet
from bot.flowfile.words import read_words
from bot.model.campaign import WordFile

WORDS = """\
# A head that stays.
language: en
reviewed: no

slots:
  who: uncle, father   # relatives
  hit:
    - hits
    - "*beats*"
  me: me
first_person: i, me, my

frames:
  violence_home.beats:  # the first
    level: P2
    says:
      - "{who} … {hit} … {me}"
    catches:
      - my uncle hits me     # a reviewer may change this
      - father beats me
    ignores:
      - we hit the road
  bullying.words:
    level: P3
    says:
      - they laugh at me
    catches:
      - they laugh at me
"""
ON = date(2026, 11, 22)
Apply = Callable[..., tuple[str, ...]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "flows" / "words"
    folder.mkdir(parents=True)
    (folder / "en.yaml").write_text(WORDS, "utf-8")
    return folder / "en.yaml"


@pytest.fixture
def apply(path: Path, tmp_path: Path) -> Apply:
    def apply(rows: str | bytes, lead: str = "", on: date = ON) -> tuple[str, ...]:
        sent = tmp_path / "sheet.csv"
        sent.write_bytes(rows if isinstance(rows, bytes) else (",".join(COLUMNS) + "\n" + rows).encode())
        return apply_file(tmp_path, sent, "en", "Achieng", on, lead)

    return apply


def words(text: str = WORDS) -> WordFile:
    import yaml

    return read_words(yaml.load(text, yaml.CBaseLoader), "en")[0]  # noqa: S506 — makes strings only


def test_a_sheet_has_a_line_for_every_frame_sentence_and_slot_and_opens_as_utf8() -> None:
    raw = sheet(words())
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    assert raw.startswith(b"\xef\xbb\xbf")
    assert [r["what"] for r in rows].count("frame") == 2
    assert {"what": "must hear", "name": "violence_home.beats", "now": "father beats me"}.items() <= rows[2].items()
    assert rows[0]["now"] == "[who: uncle, father] … [hit: hits, *beats*] … [me: me]"
    assert [r["now"] for r in rows if r["what"] == "words"] == ["uncle, father", "hits, *beats*", "me"]


@pytest.mark.parametrize("cell", ["=1+1", "+254", "-x", "@who", "\tx"])
def test_no_cell_is_taken_for_a_formula_and_comes_back_as_it_was(cell: str) -> None:
    text = WORDS.replace(
        "- they laugh at me\n    catches", f"- they laugh at me\n    ignores: [{written(cell)}]\n    catches"
    )
    raw = sheet(words(text)).decode("utf-8-sig")

    cells = [value for row in csv.DictReader(io.StringIO(raw)) for value in row.values()]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert cell.strip() in [row.now for row in read_sheet(raw.encode())]


def test_a_sheet_sent_back_unchanged_changes_nothing(apply: Apply, path: Path) -> None:
    assert apply(sheet(words())) == ()
    assert path.read_text("utf-8") == WORDS


def test_corrections_go_into_the_file_and_every_comment_stays(apply: Apply, path: Path) -> None:
    apply(
        'words,who,,,"uncle, father",,"uncle, father, stepdad",\n'
        "must hear,bullying.words,,,they laugh at me,,they laugh at me daily,\n"
        "must not hear,violence_home.beats,,,we hit the road,,,\n"
        "must not hear,violence_home.beats,,,,,hits the ball: nice,\n"
        "frame,bullying.words,,,,yes,,\n"
    )
    expected = (
        WORDS.replace("uncle, father ", "uncle, father, stepdad ")
        .replace("catches:\n      - they laugh at me\n", "catches:\n      - they laugh at me daily\n")
        .replace("- we hit the road\n", '- we hit the road\n      - "hits the ball: nice"\n')
        .replace("reviewed: no", "reviewed:\n  bullying.words: accepted, Achieng, 2026-11-22")
    )

    assert path.read_text("utf-8") == expected


def test_applying_a_sheet_twice_changes_nothing_more(apply: Apply, path: Path) -> None:
    rows = (
        'words,hit,,,"hits, *beats*",,"hits, *beats*, slaps",\n'
        "must hear,violence_home.beats,,,,,uncle slaps me,\n"
        "must not hear,violence_home.beats,,,we hit the road,no,,\n"
        "frame,violence_home.beats,,,,no,,too broad\n"
    )
    assert len(apply(rows)) == 4
    once = path.read_text("utf-8")

    assert apply(rows, on=date(2027, 1, 1)) == ()
    assert path.read_text("utf-8") == once
    assert "violence_home.beats: rejected, Achieng, 2026-11-22" in once


def test_a_sentence_that_no_pattern_hears_becomes_a_way_of_saying_it(apply: Apply, path: Path) -> None:
    apply("must hear,violence_home.beats,,,,,his belt is on my back,\n")

    assert words(path.read_text("utf-8")).frames[0].patterns[-1] == "his belt is on my back"


@pytest.mark.parametrize("row", ["father beats me,no,,", "father beats me,,dad is angry with me,"])
def test_a_sentence_of_a_serious_frame_is_given_up_only_with_the_lead(apply: Apply, path: Path, row: str) -> None:
    with pytest.raises(BadSheet, match="--lead"):
        apply(f"must hear,violence_home.beats,,,{row}\n")
    assert path.read_text("utf-8") == WORDS

    assert apply(f"must hear,violence_home.beats,,,{row}\n", lead="Wanjiru")
    assert "father beats me" not in path.read_text("utf-8")


def test_words_without_which_a_sentence_is_not_heard_are_not_taken_away(apply: Apply, path: Path) -> None:
    with pytest.raises(BadSheet, match="would not be heard any more"):
        apply('words,who,,,"uncle, father",,uncle,\n')
    assert path.read_text("utf-8") == WORDS


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("frame,no.such,,,,yes,,\n", "no frame 'no.such'"),
        ("frame,bullying.words,,,,perhaps,,\n", "yes or no"),
        ("poem,bullying.words,,,,,,\n", "'what' is"),
        ("words,nothing,,,,,a,\n", "no words 'nothing'"),
        ("must hear,bullying.words,,,they laughed,,they laugh more,\n", "was changed since"),
        ("must not hear,bullying.words,,,,,my uncle hits me,\n", "must not be"),
        ("words,who,,,\"uncle, father\",,\"uncle, father, {\",\n", "who"),
        (b"what;name\n", "lacks"),
        (b"", "no CSV"),
        (b"PK\x03\x04\x00\xff", "UTF-8"),
    ],
)  # fmt: skip
def test_a_bad_sheet_says_what_is_wrong_and_changes_nothing(
    apply: Apply, path: Path, rows: str | bytes, says: str
) -> None:
    with pytest.raises(BadSheet, match=says):
        apply(rows)
    assert path.read_text("utf-8") == WORDS


def test_a_sheet_with_semicolons_is_read_as_well(apply: Apply, path: Path) -> None:
    head = ";".join(COLUMNS)

    assert apply(f"\ufeff{head}\nframe;bullying.words;;;;yes;;\n".encode())


def test_a_list_is_reviewed_when_every_frame_was_accepted(apply: Apply, path: Path) -> None:
    assert apply("frame,bullying.words,,,,yes,,\n")
    assert not words(path.read_text("utf-8")).reviewed
    assert apply("frame,violence_home.beats,,,,yes,,\n")

    assert words(path.read_text("utf-8")).reviewed


def test_every_real_word_list_survives_a_review_of_all_its_frames(word_files: list[WordFile]) -> None:
    folder = Path(__file__).parents[2] / "flows" / "words"
    for file in word_files:
        text = (folder / f"{file.language}.yaml").read_text("utf-8")
        names = {frame.id.partition(".")[2]: "accepted, Ana, 2026-11-22" for frame in file.frames}
        after = WordText(text).with_reviews(names)

        assert after.reviews() == names
        assert [row.now for row in read_sheet(sheet(file)) if row.what == "words" and row.name == "who"]
        assert after.with_reviews({}).text.count("\n") <= text.count("\n") + 1
