"""What she reads is true and gentle: her language, no time that cannot be kept, and a desk that hears a long wait."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from tests.scenarios.test_the_road import PLEA
from tests.scenarios.town import town

pytestmark = pytest.mark.scenario

CLOCK = re.compile(r"\b\d\d:\d\d\b")


async def test_a_first_plea_is_answered_in_the_language_it_was_written_in() -> None:
    async with town() as here:
        girl = here.girl("Ana")
        assert (await girl.says("nataka kufa"))[0].startswith("Asante")
        assert "MSAADA" in " ".join(girl.sees())


async def test_the_words_of_a_help_button_are_answered_in_their_language_even_as_a_first_message() -> None:
    async with town() as here:
        girl = here.girl("Ana")
        assert (await girl.says("Er is nu gevaar"))[0].startswith("Dank")


async def test_no_time_is_promised_before_the_clock_of_her_case() -> None:
    async with town() as here:
        girl = here.girl("Ana")
        await girl.arrives()
        told = " ".join(await girl.says("/talk"))
        (case,) = await here.cases()
        assert case.due_at is not None
        assert f"{case.due_at.astimezone(ZoneInfo('Africa/Nairobi')):%A %H:%M}" in told


async def test_where_her_clock_is_unknown_no_time_of_day_is_given() -> None:
    async with town() as here:
        girl = here.girl("Ana")
        assert not CLOCK.search(" ".join(await girl.says(PLEA)))
        assert not CLOCK.search(" ".join(await girl.says("/talk")))


async def test_a_long_wait_for_the_person_who_has_her_case_alerts_the_desk() -> None:
    async with town() as here:
        girl, max_ = here.girl("Ana"), await here.staff("Max")
        await girl.arrives()
        await girl.says(PLEA)
        (case,) = await here.cases()
        await here.ground.desk.claim(max_, case.id)
        await girl.says("are you there")
        told = await here.later("Ana", minutes=4)
        assert "116" in told[0]
        (waiting,) = await here.cases()
        assert waiting.alerts == 1


async def test_no_to_are_you_safe_raises_her_case() -> None:
    async with town() as here:
        girl = here.girl("Ana")
        await girl.arrives()
        await girl.says("he says if i dont send more photos he will show my mum")
        (told,) = await girl.says("no")
        assert "116" in told
        (case,) = await here.cases()
        assert case.level == "P1" and "answer.not_safe" in case.rules
