"""From an update to its turn: staff, groups, taps, quarantine and its replay, and not a word of hers in any log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import engine
from bot.model.campaign import Shift
from bot.model.events import Tapped
from bot.model.ids import BotId, StaffId
from bot.store.errors import StoreError
from bot.store.staff_records import Staff
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work.calling.page_taps import PageTaps
from bot.work.checkup import checkup
from bot.work.desk.core import no_cards
from bot.work.desk.desk import Desk
from bot.work.desk.taps import ANONYMOUS, NOT_LINKED, YOURS, DeskTaps
from bot.work.dispatch import desk_chat_now
from bot.work.duty_now import DutyNow
from bot.work.incoming import Incoming, Kind
from bot.work.intake import Intake
from bot.work.live import CampaignError, Live
from bot.work.rewrap import rewrap
from bot.work.staff.accounts import StaffAccounts
from tests.work.bot_room import ANA, DANGER, HEARING, HOUSE, SERIOUS, WORRYING, BotRoom, _what, bot_room

GROUP = -500


@dataclass
class Door:
    """The intake, and updates to put into it."""

    room: BotRoom
    intake: Intake
    accounts: StaffAccounts
    number: int = 100

    def update(self, what: Any = None, kind: Kind = Kind.EVENT, girl: int | None = ANA, **more: Any) -> Incoming:
        self.number += 1
        given = {
            "update_id": self.number, "kind": kind, "at": self.room.clock.now(), "chat_id": girl, "user_id": girl,
            "message_id": self.number, "language_code": "en", "what": _what(what) if what else None,
        }  # fmt: skip
        return Incoming(**{**given, **more})

    async def takes(self, what: Any = None, **more: Any) -> list[str]:
        before = len(self.room.outbox.rows)
        update = self.update(what, **more)
        assert await self.intake.take(update, {"update_id": update.update_id, "message": {"text": repr(what)}})
        return [await self.room.text(row) for row in self.room.outbox.rows[before:]]


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with bot_room(tmp_path, desk=True) as room:
        accounts = StaffAccounts(room.store, room.clock)
        await room.store.save_staff(Staff(StaffId(0), "Max", ("moderator",), ("KE", "ZZ"), ("en",)))
        desk = Desk(room.store, room.vault, room.clock, lambda: HOUSE.clocks, no_cards)
        taps = DeskTaps(desk, accounts, room.vault, room.telegram)
        intake = Intake(
            BotId(7), room.turns, room.store, room.vault, room.telegram, accounts, room.clock, taps,
            PageTaps(room.store, accounts, room.vault, room.clock, room.telegram), room.dispatch.desk_moved,
        )  # fmt: skip
        yield Door(room, intake, accounts)


async def link(door: Door, girl: int) -> None:
    code = await door.accounts.telegram_code("Max")
    assert await door.takes(f"/start staff-{code}", girl=girl) == ["staff.linked"]


async def test_a_deep_link_binds_a_staff_member_once(door: Door) -> None:
    code = await door.accounts.telegram_code("Max")
    assert await door.takes(f"/start staff-{code}", girl=9) == ["staff.linked"]
    assert await door.takes(DANGER, girl=9) == ["staff.private"]
    assert await door.takes(f"/start staff-{code}", girl=10) == ["staff.unknown"]
    assert await door.room.cases() == []


async def test_a_tap_stops_spinning_at_once_and_acts(door: Door) -> None:
    await door.takes("!menu", tap_id="t1")
    await asyncio.sleep(0)
    assert door.room.telegram.tapped == [""]


async def test_a_strange_group_is_told_one_sentence_and_left_once(door: Door) -> None:
    assert await door.takes(kind=Kind.GROUP, girl=GROUP) == ["group.leave"]
    assert await door.takes(kind=Kind.GROUP, girl=GROUP) == []
    door.room.clock.jump(minutes=2)
    assert await door.takes(kind=Kind.GROUP, girl=GROUP) == ["group.leave"]


async def test_a_group_whose_leaving_could_not_be_written_is_left_when_it_comes_again(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: Any) -> Any:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(door.room.store, "commit_turns", full)
        with pytest.raises(StoreError):
            await door.takes(kind=Kind.GROUP, girl=GROUP)
    assert await door.takes(kind=Kind.GROUP, girl=GROUP) == ["group.leave"]


async def test_the_desk_is_followed_the_moment_it_moves(door: Door) -> None:
    taking = asyncio.ensure_future(door.takes(kind=Kind.MOVED, girl=-100, moved_to=-200))
    await asyncio.sleep(0)
    assert door.room.dispatch.desk_chat == -200, "before anything else of the new group is read"
    await taking
    assert await desk_chat_now(door.room.store, -100) == -200


async def test_only_a_linked_staff_member_may_claim_in_the_group(door: Door) -> None:
    await door.takes(DANGER)
    (case,) = await door.room.cases()
    tap = {"kind": Kind.DESK, "girl": -100, "tap_id": "t"}
    await door.takes(Tapped(f"claim:{case.id}"), user_id=9, **tap)
    await link(door, 9)
    await door.takes(Tapped(f"claim:{case.id}"), user_id=9, **tap)
    await door.takes(Tapped("claim:nonsense!"), user_id=9, **tap)
    await door.takes(Tapped(f"claim:{case.id}"), user_id=None, **tap)
    assert door.room.telegram.tapped == [NOT_LINKED, YOURS, NOT_LINKED, ANONYMOUS]
    assert (await door.room.cases())[0].claimed_by is not None


async def test_an_unreadable_update_is_heard_and_waits_sealed(door: Door) -> None:
    assert await door.takes(kind=Kind.UNREADABLE, text=DANGER)
    assert len(await door.room.cases()) == 1
    await door.takes(kind=Kind.UNREADABLE, girl=None)
    waits = await door.room.store.quarantined(10)
    assert [q.code for q in waits] == ["unreadable", "unreadable"]


async def test_a_bug_of_ours_puts_the_update_aside_instead_of_asking_for_it_all_day(door: Door) -> None:
    async def bug(*_: Any) -> Any:
        raise ValueError("a bug")

    door.intake.desk_tap = bug
    assert await door.takes(Tapped("claim:abc"), kind=Kind.DESK, girl=-100) == []
    assert [q.code for q in await door.room.store.quarantined(10)] == ["intake_failed"]


async def test_a_quarantined_update_acts_when_it_is_run_again(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    update = door.update(WORRYING)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "step", lambda *_: 1 / 0)
        assert await door.intake.take(update, {"update_id": update.update_id})
    assert await door.intake.take(update, {"update_id": update.update_id}), "its id has acted"
    assert await door.intake.again(update, {"update_id": update.update_id})
    assert len(await door.room.cases()) == 1


async def test_no_word_number_or_name_of_hers_is_in_any_log(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    girl = 987654321
    caplog.set_level(logging.DEBUG)

    def fails(_campaign: Any, _chat: Any, event: Any, _now: Any) -> Any:
        raise KeyError(f"{girl} {event.what}")

    async def full(*_: Any) -> Any:
        raise StoreError("the disk is full")

    for what in ("/start", "my name is Wanjiku", DANGER, SERIOUS, "/help", "!fine", "/wipe", "!wipe_yes"):
        await door.takes(what, girl=girl)
    await door.takes(kind=Kind.UNREADABLE, girl=girl, text="Wanjiku lives there")
    with monkeypatch.context() as patch:
        patch.setattr(engine, "step", fails)
        await door.takes("Wanjiku again", girl=girl)
        await door.takes(DANGER, girl=girl)
    with monkeypatch.context() as patch:
        patch.setattr("bot.detect.hear", fails)
        await door.takes("Wanjiku once more", girl=girl)
    with monkeypatch.context() as patch:
        patch.setattr(door.room.store, "commit_turns", full)
        with pytest.raises(StoreError):
            await door.takes(f"Wanjiku {DANGER}", girl=girl)
    logged = caplog.text + "".join(str(r.exc_info) for r in caplog.records)
    assert "turn failed" in logged and "disk is full" in logged
    for secret in ("Wanjiku", "wolf", "fox", str(girl)):
        assert secret not in logged


async def test_after_a_rotation_old_keys_may_leave_the_ring_and_every_chat_is_still_reached(tmp_path: Path) -> None:
    ring = KeyRing.new()
    async with bot_room(tmp_path, ring=ring) as room:
        await room.does(DANGER)
        both = ring.rotated()
        assert await rewrap(room.store, Vault(both, room.keys)) >= 3
        assert await rewrap(room.store, Vault(both, room.keys)) == 0
    newest = KeyRing(ring.pepper, {2: both.keys[2]})
    async with bot_room(tmp_path, ring=newest) as room:
        assert await room.dispatch._address(room.chat()) == ANA
        (case,) = await room.cases()
        assert await room.words_of(case) == [DANGER]


# -- who is on duty, what the operator is told, what runs


def somebody(**changes: Any) -> Staff:
    given = {"id": StaffId(1), "name": "Max", "roles": ("moderator",), "desks": ("KE",), "languages": ("en",)}
    return Staff(**{**given, **changes})


@pytest.mark.parametrize(
    ("person", "profile", "on"),
    [
        (somebody(), {"country": "KE", "language": "en"}, True),
        (somebody(), {"language": "en"}, True),  # no country yet: every desk that reads her
        (somebody(), {"country": "other", "language": "en"}, True),
        (somebody(), {"country": "NL", "language": "en"}, False),
        (somebody(), {"country": "KE", "language": "sw"}, False),
        (somebody(active=False), {"country": "KE", "language": "en"}, False),
        (somebody(roles=("editor", "operator")), {"country": "KE", "language": "en"}, False),
    ],
)
def test_somebody_is_on_duty_only_if_an_active_reader_serves_her_desk(
    person: Staff, profile: dict[str, str], on: bool
) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert DutyNow(None, (person,)).of(HOUSE, profile, "en", now).on_duty is on  # type: ignore[arg-type]  # no store is asked


def test_somebody_who_stays_on_counts_for_a_girl_without_a_country() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    stays = somebody(desks=("ZZ",), on_shift_until=now + timedelta(hours=1))
    assert DutyNow(None, (stays,)).of(HOUSE, {}, "en", now).on_duty  # type: ignore[arg-type]  # no store is asked
    assert not DutyNow(None, (stays,)).of(HOUSE, {}, "en", now + timedelta(hours=2)).on_duty  # type: ignore[arg-type]  # no store is asked


def findings(**changes: Any) -> str:
    kenya = replace(HOUSE.countries["KE"], languages=("en",), **changes)
    campaign = replace(HOUSE, countries={"KE": kenya})
    return "\n".join(f"{f.level} {f.what}" for f in checkup(campaign, [somebody()], date(2026, 3, 2)))


def test_the_checkup_names_what_is_missing_gravest_first() -> None:
    said = findings()
    assert said.startswith("stop") and "nobody has called" in said and "not approved" in said
    assert "does not cover" not in said and "reads en" not in said
    assert "not approved" not in findings(approved_by="Lena")
    assert "helplines-only" in findings(helplines_only=True)


def test_two_shifts_together_cover_a_day() -> None:
    two = tuple(Shift(day, *hours) for day in range(7) for hours in ((time(8), time(17)), (time(17), time(0))))
    assert "does not cover" not in findings(rota={"en": two})
    assert "does not cover" in findings(rota={"en": two[:-2]})


def test_a_campaign_with_errors_does_not_start_and_never_replaces_a_good_one(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match=r"flows/campaign\.yaml"):
        Live.start(tmp_path)
    live, told = Live(tmp_path, HOUSE, HEARING), []
    live.on_change.append(lambda: told.append(1))
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "campaign.yaml").write_text("name: [")
    assert live.refresh() is False and live.problems and live.campaign is HOUSE and told == []
    assert live.refresh() is False, "a file that has not changed is not read again"
