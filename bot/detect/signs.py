"""Signs that add up over a day: somebody older, a gift, a secret, a photo, a meeting, told in different messages.

Each alone may be harmless. Two together are worrying (P3), three or more are being built (P2), as rules.md 1 says of
gifts without a demand and of what "has happened or is being built, no clock ticking".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from bot.detect.likeness import concepts
from bot.detect.verdict import Hearer
from bot.model.assessment import Assessment, Evidence
from bot.model.levels import Level

Heard = frozenset[str]
"""The slots of the word lists that were heard in a message."""

SIGNS: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "older": (frozenset({"older"}),),
    "gift": (frozenset({"gift"}), frozenset({"give", "giveme", "promise"})),
    "secret": (frozenset({"secret"}),),
    "photo": (frozenset({"photo", "privatephoto", "nude", "cam"}), frozenset({"demand", "give", "force", "undress"})),
    "meeting": (frozenset({"meet"}),),
}
"""For each sign the slots of `flows/words/` that must be heard in one message: one of each group."""
SOMEBODY: Final = frozenset({"online", "stranger", "older"})
"""Whom she speaks of, in any of the messages: gifts, photos and meetings within a family or a class are no signs."""
_DENIED: Final = frozenset({"denies", "denies_after"})
_AT_HOME: Final = frozenset({"relative", "lesson", "sport"})
_RAISED: Final = frozenset({"none", "grooming", "gifts_money", "wants_to_talk", "account"})
"""What signs may raise: nothing heard, or a milder word about the same. Other worries keep their own level."""


def spoken_of(hearers: list[Hearer]) -> Heard:
    """Return what a message speaks of, or nothing of lesson voice, a question or a story."""
    return frozenset() if hearers[0].is_aside() else concepts(hearers)


def signs_in(spoken: Heard) -> frozenset[str]:
    """Return the signs of one message, by what is spoken of in it."""
    found = {name for name, groups in SIGNS.items() if all(group & spoken for group in groups)}
    if spoken & _DENIED:  # "nobody asked me for photos"; but "tell nobody" is a secret
        found &= {"secret"}
    # What her mother gave her is no sign; that her mother must not know is one.
    return frozenset(found & {"secret", "meeting"} if spoken & _AT_HOME else found)


def added_up(alone: Assessment, length: int, here: Heard, before: Iterable[Heard]) -> Assessment:
    """Return the assessment as the signs of the day make it: higher or the same."""
    signs, said = signs_in(here), [here, *before]
    day = signs.union(*map(signs_in, said))
    somebody = any(each & SOMEBODY and not each & _AT_HOME for each in said)
    level = Level.P2 if len(day) > 2 else Level.P3
    quiet = alone.level is None or (alone.category in _RAISED and level < alone.level)
    if not signs or day == signs or len(day) < 2 or not somebody or not quiet:
        return alone
    evidence = tuple(Evidence(f"signs.{name}", 0, length) for name in sorted(day))
    return replace(alone, level=level, category="grooming", evidence=(*evidence, *alone.evidence))
