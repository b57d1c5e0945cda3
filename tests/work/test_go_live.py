"""A country goes live once, when everything is there; a bot that is live always starts again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.model.campaign import Campaign, Country, DutyToReport, Helpline, Source
from bot.model.ids import StaffId
from bot.store.open import open_store
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.work.checkup import checkup
from bot.work.desk.keys import DeskKeys
from bot.work.go_live import NotReady, admit, lacking
from tests.clocks import JumpClock
from tests.work.bot_room import HOUSE

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CONFIRMED = Source("the Act", date(2026, 2, 1), "Otieno")
LINES = tuple(
    Helpline(f"ke-{kind}", "KE", kind, kind, number="1", confirmed_on=date(2026, 2, 1))
    for kind in ("child_helpline", "emergency")
)
READY = replace(
    HOUSE.countries["KE"],
    name="Kenya",
    languages=("en", "sw"),
    live=True,
    approved_by="Lena",
    ages=CONFIRMED,
    duty=DutyToReport(("P1",), "the police", timedelta(hours=24), CONFIRMED),
)
MODERATOR = Staff(StaffId(0), "Max", ("moderator",), ("KE",), ("en", "sw"))


def campaign(country: Country = READY, lines: tuple[Helpline, ...] = LINES) -> Campaign:
    return replace(HOUSE, countries={"KE": country}, helplines=lines)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    await DeskKeys(store, JumpClock()).enrol(await store.save_staff(MODERATOR), "four kettles sing at dawn")
    yield store
    await store.close()


async def test_a_desk_without_a_key_keeps_its_country_from_going_live(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    await store.save_staff(MODERATOR)
    with pytest.raises(NotReady, match="nobody of its desk has a key"):
        await admit(store, campaign(), {}, NOW)
    await store.close()


async def test_a_country_that_has_everything_goes_live_once(store: Store) -> None:
    assert await admit(store, campaign(), {"sw": 0}, NOW) == ("KE",)
    assert await admit(store, campaign(), {"sw": 0}, NOW) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"approved_by": ""}, "not approved"),
        ({"ages": None}, "age of consent"),
        ({"ages": Source("the Act")}, "age of consent"),
        ({"duty": None}, "not written down"),
        ({"duty": replace(READY.duty, source=Source("the Act"))}, "to report to the police"),
        ({"languages": ("en", "sw", "ne")}, "no active moderator reads ne"),
    ],
)
async def test_it_does_not_start_while_something_is_missing_and_says_what(
    store: Store, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(NotReady, match=says) as refused:
        await admit(store, campaign(replace(READY, **changes)), {}, NOW)  # type: ignore[arg-type]  # a table of fields
    assert refused.value.exit_code == 1 and "Kenya cannot go live yet" in str(refused.value)


async def test_numbers_that_nobody_called_and_drafts_of_safety_texts_block_it(store: Store) -> None:
    never = (replace(LINES[0], confirmed_on=None), LINES[1])
    with pytest.raises(NotReady, match="nobody has called ke-child_helpline"):
        await admit(store, campaign(lines=never), {}, NOW)
    with pytest.raises(NotReady, match="reviewed 12 safety texts in sw"):
        await admit(store, campaign(), {"sw": 12}, NOW)
    withdrawn = (*LINES, replace(LINES[0], id="ke-old", confirmed_on=None, withdrawn=True))
    assert await admit(store, campaign(lines=withdrawn), {}, NOW) == ("KE",)


async def test_a_live_bot_starts_again_whatever_has_become_old(store: Store) -> None:
    await admit(store, campaign(), {}, NOW)
    worse = campaign(replace(READY, approved_by="", duty=None), lines=())

    assert await admit(store, worse, {"sw": 300}, NOW + timedelta(days=400)) == ()


async def test_a_country_that_is_not_live_asks_for_nothing(store: Store) -> None:
    assert await admit(store, campaign(replace(READY, live=False, approved_by="")), {}, NOW) == ()


def test_a_country_in_helplines_only_mode_needs_no_moderator() -> None:
    only_lines = replace(READY, helplines_only=True)

    assert list(lacking(only_lines, campaign(only_lines), [], {}, NOW.date())) == []


def test_the_checkup_lists_what_nobody_has_read_aloud() -> None:
    silent = next(f for f in checkup(campaign(), [], NOW.date()) if "no recording" in f.what)
    assert silent.level == "note" and "flows/voices/en/" in silent.cure

    names = {f"en/{f.id}.{s.id}.ogg": "x" for f in HOUSE.flows.values() for s in f.steps.values()}
    parts = {
        f"en/{f.id}.{s.id}.{part}.ogg": "x"
        for f in HOUSE.flows.values()
        for s in f.steps.values()
        for part in ("open", "closed")
    }
    recorded = replace(campaign(), media=names | parts, languages=("en",))
    assert not [f for f in checkup(recorded, [], NOW.date()) if "no recording" in f.what]
