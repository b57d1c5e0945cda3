"""One turn without storage: desk, language, profile and words come out as the rules want."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from bot.cases.duty import Duty
from bot.model.conversation import Conversation
from bot.model.events import Said
from bot.model.ids import ChatToken
from bot.store.chat_records import ChatRow
from bot.work.codec import Unreadable, fresh, lasting, pack, stale, unpack, unpack_parcel, unpack_profile
from bot.work.consent import may_keep_profile
from bot.work.job import Draft, Job
from bot.work.turn import take_turn
from tests.engine.campaign import GROWN, NOON, ONBOARDED
from tests.work.bot_room import DANGER, HOUSE, WORRYING, House

CHAT = ChatToken("ana")


def turn(text: str, profile: dict[str, str], hint: str = "en", **row: Any) -> Draft:
    job = Job(CHAT, Said(text), NOON, None, language_hint=hint, chat_id=1)
    before = Conversation(profile=profile, last_at=NOON)
    return take_turn(House(), job, ChatRow(CHAT, 1, **row), before, Duty(True, None), NOON)


@pytest.mark.parametrize(
    ("country", "desk"), [("KE", "KE"), ("NL", "NL"), ("", "ZZ"), ("other", "ZZ"), ("unsaid", "ZZ"), ("PH", "ZZ")]
)
def test_a_case_goes_to_the_desk_of_her_country_or_to_every_desk(country: str, desk: str) -> None:
    made = turn(DANGER, {**ONBOARDED, "country": country}).decision
    assert made is not None and made.case.desk == desk and made.case.country == country


@pytest.mark.parametrize(("hint", "language"), [("sw-KE", "sw"), ("xx", "en"), ("", "en")])
def test_before_she_chose_telegrams_hint_is_her_language(hint: str, language: str) -> None:
    made = turn(DANGER, {}, hint).decision
    assert made is not None and made.case.language == language


def test_the_third_worrying_case_in_two_weeks_is_serious_and_shown_at_once() -> None:
    made = turn(WORRYING, ONBOARDED, p3_recent=2).decision
    assert made is not None and made.case.level == "P2" and made.case.shown_at is not None
    assert "count.three_p3" in made.case.rules


@pytest.mark.parametrize(
    ("profile", "kept"),
    [
        (GROWN, True),
        ({**GROWN, "opted_in": "no"}, False),
        ({**GROWN, "age_band": "13_15"}, False),
        ({**GROWN, "country": "KE"}, False),
        ({**GROWN, "country": "KE", "age_band": "18_plus"}, True),
        ({**GROWN, "country": "other"}, False),
        ({}, False),
    ],
)
def test_a_profile_outlives_a_day_only_with_her_yes_at_the_age_of_consent(profile: dict[str, str], kept: bool) -> None:
    assert may_keep_profile(HOUSE, profile) is kept


def test_only_declared_answers_are_in_it() -> None:
    declared = {name: v for flow in HOUSE.flows.values() for name, v in flow.remembers.items()}
    assert lasting({**GROWN, "stars": "3", "letter": "A"}, declared) == {**GROWN, "stars": "3"}


def test_after_a_day_of_silence_a_conversation_is_forgotten_and_old_words_earlier() -> None:
    draft = turn("hello", ONBOARDED)
    chat = unpack(pack(draft.after))
    assert chat == draft.after and not stale(chat, NOON + timedelta(hours=24))
    assert stale(chat, NOON + timedelta(hours=24, seconds=1))
    awake = structs.replace(chat, last_at=NOON + timedelta(hours=23))
    assert fresh(awake, NOON + timedelta(hours=25)).recent == ()


@pytest.mark.parametrize("read", [unpack, unpack_profile, unpack_parcel])
@pytest.mark.parametrize("data", [b"", b"\xff", b"\x93\x01\x02\x03"])
def test_bytes_of_another_version_are_unreadable_and_no_crash(read: Any, data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)
