"""A reviewer's sheet holds every sentence, and what comes back counts wholly or not at all."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flowfile.catalogues import read_domain
from bot.flowfile.folder import Folder
from bot.flowfile.paper import pages
from bot.flowfile.spreadsheet import BadSheet
from bot.flowfile.translating.review import NoCatalogue, read_back, write_sheet
from bot.flowfile.translating.review_sheet import SHEET, read_answers

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2026, 3, 2)
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def shipped() -> bytes:
    return write_sheet(ROOT, "sw")[0]


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    for folder in ("flows", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def rows(raw: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def filled(raw: bytes, at: str, **cells: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, SHEET)
    writer.writeheader()
    writer.writerows(row | (cells if row["where"] == at else {}) for row in rows(raw))
    return out.getvalue().encode()


def entry(root: Path, where: str) -> object:
    domain, key = ("bot", where[4:]) if where.startswith("bot/") else ("flows", where)
    book = read_domain(Folder(root), "sw", domain, [])
    assert book is not None
    return next(e for e in book.entries if (e.source if domain == "bot" else e.context) == key)


def test_safety_stands_first_and_every_row_has_english_length_and_state(shipped: bytes) -> None:
    found = rows(shipped)
    safety = [row["safety"] for row in found]

    assert safety == sorted(safety, reverse=True) and "yes" in safety and "" in safety
    assert all(row["english"] and row["state"] in ("draft", "reviewed", "stale", "missing") for row in found)


@pytest.mark.parametrize("where", ["help/what.ask", "bot/button.help"])
def test_what_is_accepted_is_no_draft_any_more_and_names_its_reviewer(
    campaign: Path, shipped: bytes, where: str
) -> None:
    assert read_back(campaign, "sw", filled(shipped, where, accept="yes"), "Achieng", DAY) == 1

    after = entry(campaign, where)
    assert not after.draft and "reviewed by Achieng 2026-03-02" in after.comments  # type: ignore[attr-defined]  # an entry
    again = filled(write_sheet(campaign, "sw")[0], where, accept="yes")
    assert read_back(campaign, "sw", again, "Achieng", DAY) == 0, "twice changes nothing more"


def test_a_correction_counts_and_a_refusal_stays_a_draft_with_its_reason(campaign: Path, shipped: bytes) -> None:
    sheet = filled(shipped, "help/what.buttons.home", accept="no", comment="nobody says it like this")
    sheet = filled(sheet, "bot/button.help", correct="Nisaidie")
    read_back(campaign, "sw", sheet, "Achieng", DAY)

    refused, corrected = entry(campaign, "help/what.buttons.home"), entry(campaign, "bot/button.help")
    assert refused.draft and any("nobody says it" in c for c in refused.comments)  # type: ignore[attr-defined]  # an entry
    assert corrected.forms == ("Nisaidie",) and not corrected.draft  # type: ignore[attr-defined]  # an entry


def test_what_was_approved_and_is_refused_later_is_a_draft_again(campaign: Path, shipped: bytes) -> None:
    read_back(campaign, "sw", filled(shipped, "help/what.ask", accept="yes"), "Achieng", DAY)
    refusal = filled(write_sheet(campaign, "sw")[0], "help/what.ask", accept="no", comment="too hard")

    assert read_back(campaign, "sw", refusal, "Zawadi", DAY) == 1

    assert entry(campaign, "help/what.ask").draft  # type: ignore[attr-defined]  # an entry


def test_a_quote_that_is_never_closed_is_said_plainly() -> None:
    with pytest.raises(BadSheet, match="quote"):
        read_answers(b"where,english\n" + b'"' + b"x" * 1_100_000)


@pytest.mark.parametrize(
    ("where", "cells", "says"),
    [
        ("help/what.ask", {"accept": "maybe"}, "yes or no"),
        ("help/what.ask", {"accept": "yes", "english": "Something else"}, "English has changed"),
        ("help/what.ask", {"accept": "yes", "translation": "Kitu kingine"}, "changed the translation"),
        ("help/what.ask", {"accept": "yes", "where": "help/gone.ask"}, "not there any more"),
        ("help/numbers.say", {"correct": "Piga simu."}, "must keep {helpline}"),
    ],
)
def test_one_mistake_and_nothing_of_the_sheet_counts(
    campaign: Path, shipped: bytes, where: str, cells: dict[str, str], says: str
) -> None:
    before = (campaign / "locales/sw/LC_MESSAGES/flows.po").read_bytes()
    with pytest.raises(BadSheet, match=says):
        read_back(
            campaign, "sw", filled(filled(shipped, "help/more.ask", accept="yes"), where, **cells), "Achieng", DAY
        )
    assert (campaign / "locales/sw/LC_MESSAGES/flows.po").read_bytes() == before


def test_a_language_without_translations_is_said_plainly() -> None:
    with pytest.raises(NoCatalogue, match="no translations to 'xx'"):
        write_sheet(ROOT, "xx")


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_no_file_of_a_stranger_makes_more_than_a_bad_sheet(raw: bytes) -> None:
    try:
        read_answers(raw)
    except BadSheet as error:
        assert str(error)


def test_stories_on_paper_have_their_pictures_and_the_words_of_the_language() -> None:
    made = pages(ROOT, "sw")

    assert {"index.html", "lesson_telegram.html", "phone.png"} <= made.keys()
    page = made["lesson_telegram.html"].decode()
    assert "Sielewi" in page and "<script" not in page and 'lang="sw"' in page
    assert pages(ROOT, "xx") == {}
