"""Looking for a case on the pages: coded fields for what she may know of, words only in her own cases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model.ids import CaseId, ChatToken
from tests.console.house import House, a_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as made:
        for name in ("hers", "line", "lenas", "nepal", "shut"):
            desk = "NP" if name == "nepal" else "KE"
            await made.room.opens(name, chat=ChatToken(f"girl{name}"), pseudonym=f"Canary {name}", desk=desk)
            await made.room.ana_writes(name, f"He wrote ABOUT a lake near {name}, call 0700123456")
        await made.room.desk.claim(made.room.max, CaseId("hers"))
        await made.room.desk.claim(made.room.lena, CaseId("lenas"))
        await made.room.desk.claim(made.room.max, CaseId("shut"))
        await made.room.desk.resolve(made.room.max, CaseId("shut"), "prank")
        yield made


async def found(house: House, who: str, query: str) -> set[str]:
    browser = await house.browser(who)
    status, page = await browser.get(f"/search?{query}")
    assert status == 200
    return {name for name in ("hers", "line", "lenas", "nepal", "shut") if f"Canary {name}" in page}


async def test_coded_fields_find_what_she_may_know_of_and_nothing_else(house: House) -> None:
    assert await found(house, "Max", "name=canary") == {"hers", "line", "lenas", "shut"}
    assert await found(house, "Lena", "outcome=prank") == {"shut"}
    assert await found(house, "Olga", "name=canary") == set()
    assert await found(house, "Max", f"holder={house.room.lena.id}&level=P2") == {"lenas"}
    assert await found(house, "Max", "since=2027-01-01") == set()
    assert await found(house, "Max", "since=nonsense&holder=x&level=P9") == set()


async def test_words_are_found_in_her_own_open_cases_masked_and_each_case_is_in_the_audit_first(house: House) -> None:
    max_ = await house.browser("Max")
    status, page = await max_.send("/search/words", text="about a LAKE")

    assert status == 200 and "Canary hers" in page and "number hidden" in page and "0700123456" not in page
    assert not any(f"Canary {name}" in page for name in ("line", "lenas", "nepal", "shut"))
    lines = [line for line in await house.room.store.audit_lines(0, 1000) if line.action == "search_words"]
    assert [(line.staff, line.case, line.detail) for line in lines] == [(house.room.max.id, "hers", "")]


async def test_a_number_is_not_found_by_trying_and_two_letters_are_too_few(house: House) -> None:
    max_ = await house.browser("Max")

    assert "stand in none" in (await max_.send("/search/words", text="0700123456"))[1]
    assert (await max_.send("/search/words", text="ab"))[0] == 409
