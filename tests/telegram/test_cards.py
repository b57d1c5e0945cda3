"""Cards of the moderators' group: coded facts, and what a change needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.model.outbox import Alarm, Card
from bot.work.cards import alarm_text, card_keys, card_rows, card_text, claimed_case

AT = datetime(2026, 3, 1, 11, 5, tzinfo=UTC)
MAX = StaffId(3)
CASE = Case(
    id=CaseId("abc123def4"),
    chat=ChatToken("t" * 26),
    desk="KE",
    language="sw",
    pseudonym="Blue Heron",
    level=Level.P2,
    category="image_shared",
    rules=("sw.x.1",),
    source="text",
    state=CaseState.NEW,
    opened_at=AT,
    shown_at=AT,
)


def changed(**facts: Any) -> Case:
    return replace(CASE, **facts)


def test_a_card_has_pseudonym_level_category_language_and_time_at_the_desk() -> None:
    assert card_text(CASE, {}, ZoneInfo("Africa/Nairobi")).splitlines() == [
        "🟠 P2 · image shared · sw · KE",
        "Blue Heron, since 14:05",
        "nobody has it yet",
    ]
    assert "since 11:05 UTC" in card_text(CASE, {})


def test_a_claimed_card_names_who_has_it_and_offers_no_claim() -> None:
    claimed = changed(state=CaseState.CLAIMED, claimed_by=MAX, blocked=True)
    assert card_text(claimed, {MAX: "Max"}).splitlines()[2:] == ["with Max", "the bot cannot reach her"]
    assert card_keys(claimed, "https://desk.example.org/") == (
        (("Open in console", "", "https://desk.example.org/cases/abc123def4"),),
    )


def test_a_new_card_offers_claim_and_links_only_where_telegram_allows_it() -> None:
    assert card_keys(CASE, "http://127.0.0.1:8080") == ((("Claim", "claim:abc123def4", ""),),)
    assert len(card_keys(CASE, "https://desk.example.org")[0]) == 2
    assert card_keys(changed(state=CaseState.RESOLVED), "") == ()


@pytest.mark.parametrize(("data", "case"), [("claim:abc", "abc"), ("claim:", None), ("abc", None), ("claim:a b", None)])
def test_a_tap_on_claim_names_its_case(data: str, case: str | None) -> None:
    assert claimed_case(data) == case


def test_a_case_not_yet_shown_has_no_card() -> None:
    assert card_rows(None, changed(shown_at=None)) == ()
    assert card_rows(changed(shown_at=None), CASE) == (Card("abc123def4"),)


def test_a_change_that_nobody_sees_needs_nothing() -> None:
    assert card_rows(CASE, changed(version=5, last_hers_at=AT)) == ()


def test_a_claim_edits_the_card_without_a_sound() -> None:
    assert card_rows(CASE, changed(state=CaseState.CLAIMED, claimed_by=MAX)) == (Card("abc123def4"),)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {"level": Level.P1}, "Raised to P1"),
        ({}, {"alerts": 1}, "Still waiting"),
        ({"state": CaseState.RESOLVED}, {}, "Open again"),
        ({}, {"another_helper": True}, "another helper"),
        ({}, {"blocked": True}, "cannot reach"),
    ],
)
def test_what_must_be_heard_is_a_new_line(before: dict[str, Any], after: dict[str, Any], words: str) -> None:
    rows = card_rows(changed(**before), changed(**after))
    assert rows[0] == Card("abc123def4")
    assert isinstance(rows[1], Alarm)
    assert words in rows[1].text
    assert rows[1].case == "abc123def4"


def test_an_alarm_for_no_answer_is_ready_made() -> None:
    assert alarm_text(CASE, "no_answer").startswith("🟠 She wrote and has no answer yet: P2 · image shared")
