"""The time zone a girl lives in: her safe hours are hours of her clock, not of the desk's."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo

from bot.model.campaign import Campaign
from bot.model.case import Case


def zone_of_hers(case: Case, campaign: Campaign) -> tzinfo | None:
    """Return the time zone of her country, None when nobody knows it."""
    country = campaign.countries.get(case.country)
    return ZoneInfo(country.timezone) if country is not None else None
