"""Sexual harm under thirteen is danger now (safeguarding rules, section 1), in typed words and in taps alike.

Only ever upwards, and only what is serious already: unwanted contact without more stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from bot.engine.play import Play
from bot.model.assessment import Assessment, Evidence
from bot.model.effects import Signal
from bot.model.levels import Level

UNDER_13 = "age.under_13"
SEXUAL = frozenset({"sexual_abuse", "sextortion", "image_shared", "grooming", "gifts_money"})
"""What is sexual from P2 on: requests for images, threats with them, things of value for pictures or visits. The same
that the detector raises when a text itself tells that she is so young."""


def _rises(profile: Mapping[str, str], level: Level | None, category: str) -> bool:
    return profile.get("age_band") == "under_13" and level is Level.P2 and category in SEXUAL


def heard_so_young(profile: Mapping[str, str], heard: Assessment) -> Assessment:
    """Return what was heard as danger now, where her age makes it that."""
    if not _rises(profile, heard.level, heard.category):
        return heard
    return replace(heard, level=Level.P1, evidence=(*heard.evidence, Evidence(UNDER_13, 0, 0)))


def signal_so_young(profile: Mapping[str, str], sign: Signal) -> Signal:
    """Return a signal as danger now, where her age makes it that."""
    if not _rises(profile, sign.level, sign.category):
        return sign
    return replace(sign, level=Level.P1, rules=(*sign.rules, UNDER_13))


def now_known(play: Play) -> Assessment | None:
    """Return what was heard before she told her age, if her age makes it danger now. A plea comes before the question."""
    before = play.chat.careful or play.chat.offered
    if before is not None:
        earlier = Assessment(before.level, before.category, tuple(Evidence(rule, 0, 0) for rule in before.rules))
    else:
        earlier = Assessment(play.desk.case_level, play.desk.case_category)
    found = heard_so_young(play.chat.profile, earlier)
    return None if found is earlier else found
