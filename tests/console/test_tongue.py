"""In which language a page speaks, and that words stay words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.console.tongue import Tongue, own_name
from bot.console.words import MOST_SIGNS, folded, marked
from bot.texts import parse_po
from tests.console.house import CAMPAIGN, House, a_house

LOCALES = Path(__file__).resolve().parents[2] / "locales"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CATALOGUES = {
    code: {"console": parse_po((LOCALES / code / "LC_MESSAGES" / "console.po").read_bytes())} for code in ("sw", "km")
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path, campaign=replace(CAMPAIGN, catalogues=CATALOGUES)) as made:
        yield made


def test_times_numbers_and_names_are_said_in_the_readers_language() -> None:
    swahili = Tongue("sw", CATALOGUES)

    assert swahili.waited(NOON - timedelta(hours=3, minutes=5), NOON) == "saa 3 dak 5"
    assert swahili.clock(NOON, UTC, NOON) == "12:00"
    assert swahili.clock(NOON - timedelta(days=2), UTC, NOON) == "18 Nov 12:00"
    assert swahili.language_name("ne") == "Kinepali"
    assert swahili.country_name("NL", "Netherlands") == "Uholanzi"
    assert swahili.count("{n} girl waits in the queue.", "{n} girls wait in the queue.", 1).startswith("Msichana 1")
    assert swahili.count("{n} girl waits in the queue.", "{n} girls wait in the queue.", 4).startswith("Wasichana 4")


def test_what_is_not_translated_is_said_in_english_and_filled_only_once() -> None:
    tongue = Tongue("km", CATALOGUES)

    assert tongue.say("{name} brings {what}", name="{what}", what="tea") == "{what} brings tea"
    assert own_name("km") == "ខ្មែរ"


def test_marks_become_bold_and_keys_and_nothing_else_becomes_markup() -> None:
    assert marked("**Send** [[Esc]] <i>x</i>") == "<b>Send</b> <kbd>Esc</kbd> &lt;i&gt;x&lt;/i&gt;"


@pytest.mark.parametrize("text", ["short", "word " * 900, "W" * 4096, "\n" * 3000, "﷽" * 900, ""])
def test_a_wall_of_signs_is_folded_and_no_sign_is_lost(text: str) -> None:
    shown, rest = folded(text)

    assert shown + rest == text
    assert len(shown) <= MOST_SIGNS and shown.count("\n") <= 25


async def test_before_she_signs_in_the_browsers_language_is_spoken(house: House) -> None:
    sam = house.stranger()
    for header, language in (("km-KH,km;q=0.9,en;q=0.8", "km"), ("de,sw;q=0.5", "sw"), ("de", "en"), ("", "en")):
        async with sam.http.get(house.root + "/sign-in", headers={"Accept-Language": header}) as answer:
            assert f'<html lang="{language}">' in await answer.text()
    await sam.get("/sign-in?language=sw")
    assert '<html lang="sw">' in (await sam.get("/sign-in"))[1]


async def test_a_moderator_keeps_her_language_and_goes_back_where_she_was(house: House) -> None:
    max_ = await house.browser("Max")

    assert await max_.send("/language?back=/shift%3Fx%3D1", language="sw") == (303, "/shift?x=1")
    for elsewhere in ("https://evil.invalid/", "//evil.invalid/x", "/%5Cevil.invalid", "/x%0D%0ASet-Cookie:a=b", ""):
        status, where = await max_.send(f"/language?back={elsewhere}", language="xx")
        assert status == 303 and where.startswith("/") and "evil" not in where and "\n" not in where

    assert '<html lang="sw"' in (await max_.get("/queue"))[1]
    assert '<html lang="sw"' in (await (await house.browser("Max")).get("/queue"))[1]


async def test_a_refusal_is_said_in_her_language(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")
    await max_.send("/language", language="sw")
    await max_.send("/cases/ana1/claim")

    status, page = await max_.send("/cases/ana1/close", how="resolve")

    assert status == 409 and "Tafadhali chagua iliishaje." in page
