"""A queue of many girls, written into the store as turns would write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice

from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level
from bot.store.case_records import CaseEntry, CaseWrite
from bot.store.turn_records import Turn
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


async def fill(here: Town, many: int, *, words: bool = True) -> list[Case]:
    """Let this many girls wait, the first for longest; some of their clocks are half gone, some have passed."""
    cases = [_a_case(here, number, *kind) for number, kind in enumerate(islice(cycle(KINDS), many))]
    await here.ground.store.commit_turns([await _turn(here, case, words=words) for case in cases])
    return cases


async def a_day_at_the_desk(here: Town, language: str) -> None:
    """Fourteen girls wait; Max, who reads this language, has one case and has answered."""
    max_ = await here.staff("Max")
    await here.ground.store.save_staff(replace(max_, language=language, roles=(*max_.roles, "lead", "auditor")))
    cases, max_ = await fill(here, 14), await here.staff("Max")
    await here.ground.desk.claim(max_, cases[1].id)
    await here.ground.desk.note(max_, cases[1].id, "She is with her aunt.")
    await here.ground.desk.reply(max_, cases[1].id, "Asante kwa kuniambia.")


async def pour(here: Town, case_id: CaseId, texts: Sequence[str]) -> None:
    """Let one girl write all this, as her turns would keep it."""
    case = await here.ground.store.case(case_id)
    assert case is not None
    name, now = f"case:{case.id}", here.clock.now()
    box = (await here.ground.vault.boxes([name], {name: case.desk}))[name]
    lines = []
    for number, text in enumerate(texts):
        place = entry_place(case.id, "hers", f"{case.version + 1}.{number}")
        body = box.seal(text.encode("utf-8", "surrogatepass"), place)
        lines.append(CaseEntry("hers", body, now, seq=f"{case.version + 1}.{number}"))
    row = (await here.ground.store.load_chats([case.chat]))[case.chat]
    turn = Turn(key=None, chat=case.chat, at=now, version=row.version, address=b"nobody's", hers=True)
    await here.ground.store.commit_turns([replace(turn, case=CaseWrite(case, tuple(lines), step="wrote"))])


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


async def _turn(here: Town, case: Case, *, words: bool) -> Turn:
    return Turn(
        key=None,
        chat=case.chat,
        at=here.clock.now(),
        version=0,
        address=b"nobody's",
        case=CaseWrite(case, (await _hers(here, case),) if words else (), step="opened"),
        hers=True,
    )


async def _hers(here: Town, case: Case) -> CaseEntry:
    name = f"case:{case.id}"
    box = (await here.ground.vault.boxes([name], {name: case.desk}))[name]
    sealed = box.seal(WORDS[case.language].encode(), entry_place(case.id, "hers", "1.0"))
    return CaseEntry("hers", sealed, case.opened_at, seq="1.0")
