"""Every state Ana can be in: what doors, commands and safe words must work in."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from bot.model.events import Answered, CaseClosed, SentMedia
from tests.engine.campaign import GROWN, Ana, in_lesson, onboarded, worrying


def stranger() -> Ana:
    return Ana()


def choosing_a_language() -> Ana:
    ana = Ana()
    ana.does("hello")
    return ana


def half_onboarded() -> Ana:
    ana = choosing_a_language()
    ana.does(">en")
    return ana


def plea_first() -> Ana:
    ana = Ana()
    ana.does(worrying("P1"))
    return ana


def idle() -> Ana:
    return onboarded()


def mid_lesson() -> Ana:
    return in_lesson()


def mid_quiz() -> Ana:
    return in_lesson(">yes")


def free_question() -> Ana:
    return in_lesson(">yes", ">pressure")


def in_another_flow() -> Ana:
    return in_lesson(">yes", ">pressure", "b", "2", ">no")


def reminder_waiting() -> Ana:
    return in_lesson(profile={**GROWN, "reminders": "yes"})


def careful_question_open() -> Ana:
    ana = in_lesson(">yes")
    ana.does(worrying("P2"))
    return ana.case("P2")


def careful_p3() -> Ana:
    ana = in_lesson(">yes")
    ana.does(worrying("P3", "bullying"))
    return ana.case("P3", shown=False)


def resting() -> Ana:
    ana = careful_question_open()
    ana.does("!rest")
    return ana


def taken_over() -> Ana:
    ana = careful_question_open().case("P2", claimed=True)
    ana.does("are you there")
    return ana


def reply_waiting() -> Ana:
    ana = taken_over()
    ana.does(Answered("r1", "made up reply"))
    return ana


def wiping() -> Ana:
    ana = mid_quiz()
    ana.does("/wipe")
    return ana


def wiped() -> Ana:
    ana = wiping()
    ana.does("!wipe_yes")
    return ana


def stopped() -> Ana:
    ana = mid_quiz()
    ana.does("/stop")
    return ana


def helping() -> Ana:
    ana = mid_quiz()
    ana.does("/help")
    return ana


def after_a_voice_note() -> Ana:
    ana = mid_quiz()
    ana.does(SentMedia("voice"))
    return ana


def case_over() -> Ana:
    ana = reply_waiting()
    ana.desk = replace(ana.desk, case_open=False, case_claimed=False, case_level=None)
    ana.does(CaseClosed("real"))
    return ana


STATES: tuple[Callable[[], Ana], ...] = (
    stranger,
    choosing_a_language,
    half_onboarded,
    plea_first,
    idle,
    mid_lesson,
    mid_quiz,
    free_question,
    in_another_flow,
    reminder_waiting,
    careful_question_open,
    careful_p3,
    resting,
    taken_over,
    reply_waiting,
    wiping,
    wiped,
    stopped,
    helping,
    after_a_voice_note,
    case_over,
)
