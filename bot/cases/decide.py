"""What a worrying sign does to her case: open, join, raise, show, shred. One open case a chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from msgspec import structs

from bot.cases.moves import move, our_turn
from bot.cases.reporting import asked_anew
from bot.model.campaign import Clocks
from bot.model.case import Case, CaseState
from bot.model.effects import Effect, SheSays, Signal
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level, higher
from bot.model.staff import FOCAL_DESK

COMPLAINT = "staff_conduct"

FIRM = (Level.P1, Level.P2)
"""Levels at which 'I am fine' changes nothing: a person decides."""


WORDS = ("yes", "no", "too_late", "withdraw", "another_helper", "no_answer", "hours")
"""What she can say of her case. That she opened a reply changes the reply only."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a new case needs to know of her and of this moment. `fresh` id and pseudonym are used only if one opens."""

    chat: ChatToken
    desk: str
    language: str
    age_band: str
    country: str
    opted_in: str
    fresh_id: CaseId
    fresh_pseudonym: str
    last_with: StaffId | None = None  # who had her case before this one
    kept_out: tuple[StaffId, ...] = ()  # who may not have her cases any more
    pranks: int = 0  # cases of hers that were closed as a prank in the last week


@dataclass(frozen=True, slots=True)
class Decision:
    """The case as it shall be, the step taken, and whether her words go into it (`adds_words`) or are shredded."""

    case: Case
    step: str
    adds_words: bool = False
    shred: bool = False


def decide(
    case: Case | None, effects: Iterable[Effect], facts: Facts, now: datetime, clocks: Clocks, *, wrote: bool
) -> Decision | None:
    """Return what this turn does to her case, or None when it touches none.

    `wrote`: she said something in this turn, so an open case takes her words in even without a new sign.
    """
    effects = [_at_least(effect) for effect in effects]
    if case is not None and case.open and (wrote or any(isinstance(e, Signal) for e in effects)):
        # A tap's sign counts like words: the case needs the desk again.
        case = our_turn(case, now, clocks.claim_lease, danger=_in_danger(case, effects))
    decision = _joined(case, now) if case is not None and case.open and wrote else None
    for effect in effects:
        before = decision.case if decision else case
        if isinstance(effect, Signal):
            decision = _signalled(before, effect, facts, now, clocks)
        elif isinstance(effect, SheSays) and effect.what in WORDS and before is not None and before.open:
            decision = _she_said(before, effect, now, clocks, decision)
    return decision


def _at_least(effect: Effect) -> Effect:
    """A complaint about our own people is serious, whatever words it came in."""
    if isinstance(effect, Signal) and effect.category == COMPLAINT and effect.level not in FIRM:
        return structs.replace(effect, level=Level.P2, shown=True)
    return effect


def _in_danger(case: Case, effects: Iterable[Effect]) -> bool:
    return case.level is Level.P1 or any(isinstance(e, Signal) and e.level is Level.P1 for e in effects)


def _joined(case: Case, now: datetime) -> Decision:
    return Decision(replace(case, last_hers_at=now, blocked=False), "joined", adds_words=True)


def _signalled(case: Case | None, sign: Signal, facts: Facts, now: datetime, clocks: Clocks) -> Decision:
    if case is None or not case.open:
        return Decision(_opened(sign, facts, now, clocks), "opened", adds_words=True)
    return Decision(_raised(case, sign, now, clocks), _raise_step(case, sign), adds_words=True)


def _opened(sign: Signal, facts: Facts, now: datetime, clocks: Clocks) -> Case:
    return Case(
        id=facts.fresh_id,
        chat=facts.chat,
        desk=_desk(sign, facts),
        language=facts.language,
        pseudonym=facts.fresh_pseudonym,
        level=sign.level,
        category=sign.category,
        rules=sign.rules,
        source=sign.source,
        state=CaseState.NEW,
        opened_at=now,
        shown_at=now if sign.shown else None,
        due_at=now + clocks.by_level[sign.level] if sign.shown else None,
        age_band=facts.age_band,
        country=facts.country,
        opted_in=facts.opted_in,
        consented=sign.consented,
        last_hers_at=now,
        not_for=facts.kept_out,
        last_with=facts.last_with,
        # Whoever she knows is asked first, if she is there: `cases.offers`.
        offered_to=facts.last_with if facts.last_with not in facts.kept_out else None,
        # Only the order of low cases looks at it: `order.waits_below`.
        doubtful=facts.pranks >= PRANKS,
    )


def _desk(sign: Signal, facts: Facts) -> str:
    """A complaint about our own people goes to the focal point outside the country's desk."""
    return FOCAL_DESK if sign.category == COMPLAINT else facts.desk


def _raised(case: Case, sign: Signal, now: datetime, clocks: Clocks) -> Case:
    level = higher(case.level, sign.level) or sign.level
    higher_now = sign.level.outranks(case.level)
    if sign.category == COMPLAINT and case.claimed_by is not None:
        case = move(case, "release", now)  # whoever has it may be whom it is about
    shown = case.shown_at or (now if sign.shown else None)
    return replace(
        asked_anew(case) if higher_now else case,
        level=level,
        category=_category(case, sign, higher_now),
        desk=FOCAL_DESK if sign.category == COMPLAINT else case.desk,
        rules=tuple(dict.fromkeys((*case.rules, *sign.rules))),
        shown_at=shown,
        due_at=_clock(case, level, shown, now, clocks, restart=higher_now),
        alerts=0 if higher_now else case.alerts + _other_danger(case, sign),
        consented=case.consented or sign.consented,
        # "Please stop writing to me" holds until she asks for a person herself.
        withdrawn=case.withdrawn and not sign.consented,
        last_hers_at=now,
        blocked=False,
        # Who asked to lower it did not know of this.
        lower_to=None,
        lower_by=None,
    )


def _category(case: Case, sign: Signal, higher_now: bool) -> str:
    """The graver sign names the case; a complaint always does, for it must not surface on the desk it is about."""
    if COMPLAINT in (case.category, sign.category):
        return COMPLAINT
    return sign.category if higher_now else case.category


def _clock(
    case: Case, level: Level, shown: datetime | None, now: datetime, clocks: Clocks, *, restart: bool
) -> datetime | None:
    """A rise starts the shorter clock from now, never later than the old one; a case that becomes visible starts one."""
    if shown is None:
        return None
    fresh = now + clocks.by_level[level]
    if case.due_at is None:
        return fresh if case.state is CaseState.NEW else None
    return min(case.due_at, fresh) if restart else case.due_at


def _other_danger(case: Case, sign: Signal) -> bool:
    """Return whether a danger of a new kind came into a case that is P1 already: it must be heard like a rise."""
    known = sign.category == case.category or any(f".{sign.category}." in rule for rule in case.rules)
    return case.level is Level.P1 and sign.level is Level.P1 and not known


def _raise_step(case: Case, sign: Signal) -> str:
    return "raised" if sign.level.outranks(case.level) else "joined"


def _she_said(case: Case, says: SheSays, now: datetime, clocks: Clocks, sofar: Decision | None) -> Decision:
    what, adds = says.what, bool(sofar and sofar.adds_words)
    if what == "hours":
        return Decision(replace(case, safe_hours=says.code), what, adds_words=adds)
    if what == "no" and case.level not in FIRM and case.state is CaseState.NEW:
        return Decision(move(case, "she_is_fine", now, outcome="she_says_no"), "she_is_fine", shred=True)
    return Decision(_after_word(case, what, now, clocks), what, adds_words=adds)


def _after_word(case: Case, what: str, now: datetime, clocks: Clocks) -> Case:
    match what:
        case "yes":
            return replace(_shown(case, now, clocks), consented=True, says_no=False)
        case "too_late":  # ten minutes of silence: the desk sees it
            return _shown(case, now, clocks)
        case "no":
            return replace(case, says_no=True)
        case "withdraw":
            return replace(case, withdrawn=True)
        case "no_answer":  # the desk is alerted as for a missed clock
            return replace(case, alerts=case.alerts + 1)
        case _:
            return _another_helper(case, now, clocks)


def _shown(case: Case, now: datetime, clocks: Clocks) -> Case:
    shown = case.shown_at or now
    return replace(case, shown_at=shown, due_at=_clock(case, case.level, shown, now, clocks, restart=False))


def _another_helper(case: Case, now: datetime, clocks: Clocks) -> Case:
    """Back in line, for somebody else; who waited already does not wait longer for that."""
    back = move(case, "release", now) if case.claimed_by is not None else case
    gone = () if case.claimed_by is None else (case.claimed_by,)
    due = _clock(back, case.level, case.shown_at or now, now, clocks, restart=False)
    return replace(back, another_helper=True, shown_at=case.shown_at or now, not_for=(*case.not_for, *gone), due_at=due)


def three_make_two(level: Level, earlier_p3: int) -> Level:
    """Three P3 cases of one chat in 14 days make P2 (`earlier_p3` counts the two before)."""
    return Level.P2 if level is Level.P3 and earlier_p3 >= 2 else level


P3_MEMORY = timedelta(days=14)
PRANK_MEMORY = timedelta(days=7)
PRANKS = 3
"""After so many pranks in a week the low cases of a chat wait in one line."""
