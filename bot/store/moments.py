"""Moments as the database keeps them: whole microseconds since 1970, UTC, so that equal moments are equal numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1) // MICROSECOND


def to_number(moment: datetime) -> int:
    """Return a moment as the database keeps it."""
    return (moment - EPOCH) // MICROSECOND


def to_moment(number: int) -> datetime:
    """Return the moment a number stands for."""
    return EPOCH + timedelta(microseconds=number)


def maybe_number(moment: datetime | None) -> int | None:
    """Return a moment as the database keeps it, None for none."""
    return None if moment is None else (moment - EPOCH) // MICROSECOND


def maybe_moment(number: int | None) -> datetime | None:
    """Return the moment a number stands for, None for none."""
    return None if number is None else EPOCH + timedelta(microseconds=number)
