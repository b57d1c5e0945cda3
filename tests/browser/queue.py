"""A queue of many girls, written into the store as turns would write it."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice

from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level
from bot.store.records import CaseEntry, CaseWrite, Turn
from bot.work.sealing import entry_place
from tests.scenarios.town import Town

KINDS = (
    (Level.P1, "self_harm", "en", "KE"),
    (Level.P2, "sextortion", "sw", "KE"),
    (Level.P3, "gifts_money", "fil", "PH"),
    (Level.P2, "violence_home", "ne", "NP"),
    (Level.P4, "wants_to_talk", "nl", "NL"),
    (Level.P2, "harmful_practice", "km", "KH"),
    (Level.P3, "stalking", "en", "ZZ"),
)
WORDS = {
    "en": "please can somebody help me",
    "sw": "tafadhali nisaidieni",
    "ne": "कृपया मलाई मद्दत गर्नुहोस्",
    "km": "សូមជួយខ្ញុំផង",
    "fil": "pakiusap tulungan ninyo ako",
    "nl": "kan iemand mij helpen",
}
ANIMALS = ("Otter", "Heron", "Baobab", "Kingfisher", "Lemon Tree", "Quiet River", "Marigold", "Teal Palm")


async def fill(here: Town, many: int) -> list[Case]:
    """Let this many girls wait, the first for longest; some of their clocks are half gone, some have passed."""
    cases = [_a_case(here, number, *kind) for number, kind in enumerate(islice(cycle(KINDS), many))]
    await here.ground.store.commit_turns([await _turn(here, case) for case in cases])
    return cases


def _a_case(here: Town, number: int, level: Level, category: str, language: str, desk: str) -> Case:
    since = here.clock.now() - timedelta(minutes=3 + 7 * (number % 9))
    return Case(
        id=CaseId(f"queue{number}"),
        chat=ChatToken(f"queue{number}"),
        desk=desk,
        language=language,
        pseudonym=f"{ANIMALS[number % len(ANIMALS)]} {10 + number}",
        level=level,
        category=category,
        rules=(f"{language}.{category}.example",),
        source="text",
        state=CaseState.NEW,
        opened_at=since,
        shown_at=since,
        due_at=since + here.ground.live.campaign.clocks.by_level[level],
        age_band="13_15",
        country=desk,
        opted_in="yes",
        last_hers_at=since,
    )


async def _turn(here: Town, case: Case) -> Turn:
    now, name = here.clock.now(), f"case:{case.id}"
    box = (await here.ground.vault.boxes([name], {name: case.desk}))[name]
    hers = CaseEntry(
        "hers", box.seal(WORDS[case.language].encode(), entry_place(case.id, "hers", "1.0")), case.opened_at, seq="1.0"
    )
    return Turn(
        key=None,
        chat=case.chat,
        at=now,
        version=0,
        address=b"nobody's",
        case=CaseWrite(case, (hers,), step="opened"),
        hers=True,
    )
