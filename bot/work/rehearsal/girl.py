"""Who she is when a rehearsal starts: the usual girl of 13 to 15, but for what the test says."""

from __future__ import annotations

from bot.flowfile.conversation_model import Given
from bot.model.campaign import Campaign
from bot.work import codec
from bot.work.consent import may_keep_profile


def profile_of(campaign: Campaign, given: Given, language: str, *, usual: bool) -> dict[str, str]:
    """Return what is known of her; of somebody who has not begun (`usual` False) only what is given."""
    country = next(iter(campaign.countries), "unsaid")
    profile = {"language": language, "age_band": "13_15", "country": country, "opted_in": "yes"}
    told = {
        "age_band": given.age,
        "country": given.country,
        "opted_in": given.opted_in,
        "reminders": given.reminders,
        "language": given.language,
    }
    known = {**(profile if usual else {}), **{name: value for name, value in told.items() if value}}
    return {name: value for name, value in known.items() if value != "none"}


def remembered(campaign: Campaign, given: Given, profile: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is given as remembered: the part that may last, and the rest."""
    answers = dict(given.remembers)
    if not may_keep_profile(campaign, profile):
        return {}, answers
    declared = {name: v for flow in campaign.flows.values() for name, v in flow.remembers.items()}
    lasting = codec.lasting(answers, declared)
    return lasting, {name: value for name, value in answers.items() if name not in lasting}
