"""Whether she may have a learning profile: opted in, and at or above the age of consent of her country."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model.campaign import Campaign

YOUNGEST = {"under_13": 0, "13_15": 13, "16_17": 16, "18_plus": 18}


def may_keep_profile(campaign: Campaign, profile: Mapping[str, str]) -> bool:
    """Return whether answers may outlive a day. A band counts by its youngest age; an unknown country asks for 18."""
    country = campaign.countries.get(profile.get("country", ""))
    needed = country.age_of_consent if country else 18
    return profile.get("opted_in") == "yes" and YOUNGEST.get(profile.get("age_band", ""), 0) >= needed
