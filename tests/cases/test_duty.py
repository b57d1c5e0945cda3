"""Who is on duty: shifts in local time, nights, time zones, the hour that comes twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.cases.duty import Duty, covered, duty, offers_persons, read_by
from bot.model.campaign import Clocks, Country, Shift
from bot.model.levels import Level


def country(*shifts: Shift, zone: str = "Africa/Nairobi", **more: object) -> Country:
    return Country("KE", "Kenya", zone, rota={"sw": shifts}, **more)  # type: ignore[arg-type]  # passed on as it came


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DAYS = tuple(Shift(day, time(8), time(22)) for day in range(7))
MONDAY_NIGHT = Shift(0, time(22), time(6))


@pytest.mark.parametrize(
    ("now", "on"),
    [
        ("2026-03-02T04:59", False),  # 07:59 in Nairobi
        ("2026-03-02T05:00", True),
        ("2026-03-02T18:59", True),
        ("2026-03-02T19:00", False),
    ],
)
def test_a_shift_counts_in_the_time_of_the_country(now: str, on: bool) -> None:
    assert duty(country(*DAYS), "sw", at(now)).on_duty is on


@pytest.mark.parametrize(
    ("now", "on"),
    [
        ("2026-03-02T18:00", False),  # Monday 21:00
        ("2026-03-02T19:00", True),
        ("2026-03-03T02:59", True),  # Tuesday 05:59
        ("2026-03-03T03:00", False),
        ("2026-03-02T00:00", False),  # Monday 03:00: that would be Sunday's night
    ],
)
def test_a_night_shift_belongs_to_the_day_on_which_it_starts(now: str, on: bool) -> None:
    assert duty(country(MONDAY_NIGHT), "sw", at(now)).on_duty is on


def test_a_sunday_night_ends_on_monday() -> None:
    sunday_night = country(Shift(6, time(22), time(6)))
    assert duty(sunday_night, "sw", at("2026-03-02T00:00")).on_duty


def test_when_the_desk_opens_next_is_told_also_a_week_ahead() -> None:
    monday = country(Shift(0, time(8), time(10)))
    assert duty(monday, "sw", at("2026-03-02T04:00")).opens_at == at("2026-03-02T05:00")
    assert duty(monday, "sw", at("2026-03-02T06:00")).opens_at == at("2026-03-09T05:00")


@pytest.mark.parametrize(("day", "opens"), [("2026-03-28", "07:00"), ("2026-03-29", "06:00"), ("2026-10-25", "07:00")])
def test_eight_o_clock_in_amsterdam_is_eight_o_clock_also_when_the_clocks_change(day: str, opens: str) -> None:
    desk = country(*DAYS, zone="Europe/Amsterdam")
    state = duty(desk, "sw", at(f"{day}T00:30"))
    assert (state.on_duty, state.opens_at) == (False, at(f"{day}T{opens}"))
    assert duty(desk, "sw", at(f"{day}T{opens}")).on_duty


def test_the_night_in_which_an_hour_comes_twice_is_covered_throughout() -> None:
    desk = country(Shift(5, time(22), time(6)), zone="Europe/Amsterdam")
    start = at("2026-10-24T20:00")
    assert all(duty(desk, "sw", start + timedelta(minutes=10 * n)).on_duty for n in range(6 * 9))
    assert not duty(desk, "sw", start + timedelta(hours=9)).on_duty


def test_another_language_has_nobody() -> None:
    assert duty(country(*DAYS), "ne", at("2026-03-02T09:00")) == Duty(False, None)


def test_somebody_who_stays_on_is_on_duty_beyond_the_rota() -> None:
    now = at("2026-03-02T23:00")
    assert duty(country(*DAYS), "sw", now, [now + timedelta(minutes=1)]).on_duty
    assert not duty(country(*DAYS), "sw", now, [now]).on_duty


def test_a_country_in_helplines_only_mode_offers_no_person() -> None:
    now = at("2026-03-02T09:00")
    assert duty(country(*DAYS, helplines_only=True), "sw", now, [now + timedelta(hours=1)]) == Duty(False, None, False)


def test_we_try_to_read_by_the_clock_of_the_level_from_when_the_desk_is_open() -> None:
    now, opens = at("2026-03-02T09:00"), at("2026-03-03T05:00")
    assert read_by(Level.P1, now, Duty(True, opens), Clocks()) == now + timedelta(minutes=5)
    assert read_by(Level.P2, now, Duty(False, opens), Clocks()) == opens + timedelta(minutes=30)
    assert read_by(Level.P2, now, Duty(False, None), Clocks()) is None


def test_several_shifts_cover_a_day_together() -> None:
    shifts = (Shift(0, time(15), time(18)), Shift(0, time(18), time(22)))
    assert all(covered(shifts, 0, time(hour)) for hour in range(15, 22))
    assert not covered(shifts, 0, time(14, 59))


CLOSED: tuple[Shift, ...] = ()


def test_a_holiday_closes_the_desk_and_the_next_opening_is_after_it() -> None:
    desk = country(*DAYS, holidays={date(2026, 3, 2): CLOSED, date(2026, 3, 3): CLOSED})
    assert duty(desk, "sw", at("2026-03-02T09:00")) == Duty(False, at("2026-03-04T05:00"))


def test_a_holiday_may_have_hours_of_its_own() -> None:
    desk = country(*DAYS, holidays={date(2026, 3, 2): (Shift(0, time(10), time(14)),)})
    assert duty(desk, "sw", at("2026-03-02T06:30")) == Duty(False, at("2026-03-02T07:00"))
    assert duty(desk, "sw", at("2026-03-02T08:00")).on_duty
    assert not duty(desk, "sw", at("2026-03-02T11:30")).on_duty


def test_a_holiday_gives_no_hours_to_a_language_that_has_none() -> None:
    desk = country(*DAYS, holidays={date(2026, 3, 2): (Shift(0, time(0), time(23)),)})
    assert duty(desk, "ne", at("2026-03-02T09:00")) == Duty(False, None)


def test_the_night_before_a_holiday_ends_when_it_would_have_ended() -> None:
    desk = country(MONDAY_NIGHT, holidays={date(2026, 3, 3): CLOSED})
    assert duty(desk, "sw", at("2026-03-03T02:59")).on_duty


@pytest.mark.parametrize(
    ("shifts", "offers"),
    [
        (DAYS, True),
        (DAYS[:5], False),  # no weekend
        (tuple(Shift(day, time(8), time(20, 30)) for day in range(7)), False),
        ((), False),
    ],
)
def test_a_country_offers_a_person_only_if_its_desk_covers_every_afternoon(
    shifts: tuple[Shift, ...], offers: bool
) -> None:
    assert offers_persons(country(*shifts)) is offers
    assert not offers_persons(country(*shifts, helplines_only=True))
