"""Every step, in every state, answers every command and the safe word: help is never further than one word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from msgspec import structs

from bot.cases.duty import Duty
from bot.model.campaign import Campaign
from bot.model.case import Case, CaseState
from bot.model.conversation import Careful, Conversation, Prompt, Run
from bot.model.events import Commanded, Said, Unreadable, What
from bot.model.flow import Ask, Quiz, Step
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.model.outbox import Message
from bot.store.chat_records import ChatRow
from bot.work.job import Draft, Job
from bot.work.live import Live
from bot.work.turn import take_turn

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
ANA = ChatToken("ana")
ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("help", "stop", "language", "talk", "wipe", "real", "menu", "start", "mydata")
SAFE_WORDS = ("HELP", "help!!", "sunflower", "msaada", "ALIZETI", "nisaidie")
ON_DUTY = Duty(on_duty=True, opens_at=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """A conversation, and what the store says of its chat."""

    conversation: Conversation
    row: ChatRow


def standing_at(flow: str, step: Step) -> Standing:
    """Return Ana, opted in, with a step's question open if it has one."""
    waits = isinstance(step, Ask | Quiz)
    choices = tuple(c.id for c in step.choices) if isinstance(step, Ask | Quiz) else ()
    profile = {"language": "en", "age_band": "16_17", "country": "KE", "opted_in": "yes"}
    return Standing(
        Conversation(
            profile=profile,
            stack=(Run(flow, step.id, step.hash),),
            prompt=Prompt("abcdef", flow, step.id, choices) if waits else None,
            last_at=NOW - timedelta(minutes=1),
        ),
        ChatRow(ANA, version=3, address=b"sealed"),
    )


def careful(here: Standing, _live: Live) -> Standing:
    state = Careful(Level.P2, "grooming", NOW - timedelta(minutes=2), asked="consent")
    return replace(here, conversation=structs.replace(here.conversation, careful=state))


def taken_over(here: Standing, _live: Live) -> Standing:
    case = Case(
        id=CaseId("case"),
        chat=ANA,
        desk="KE",
        language="en",
        pseudonym="Teal Heron 42",
        level=Level.P2,
        category="grooming",
        rules=("en.grooming.test",),
        source="text",
        state=CaseState.CLAIMED,
        opened_at=NOW - timedelta(minutes=5),
        shown_at=NOW - timedelta(minutes=5),
        claimed_by=StaffId(1),
        claimed_until=NOW + timedelta(minutes=9),
        version=2,
    )
    return replace(here, row=replace(here.row, case=case))


def reminder_waiting(here: Standing, _live: Live) -> Standing:
    return replace(here, conversation=structs.replace(here.conversation, remind_at=NOW + timedelta(hours=20)))


def after_quarantine(here: Standing, live: Live) -> Standing:
    """Her last message could not be handled: she got the honest sentence."""
    draft = turn(live, here, Unreadable())
    return replace(here, conversation=draft.after)


def wiping(here: Standing, live: Live) -> Standing:
    return replace(here, conversation=turn(live, here, Commanded("wipe")).after)


def ordinary(here: Standing, _live: Live) -> Standing:
    return here


def stranger(here: Standing, _live: Live) -> Standing:
    return replace(here, conversation=structs.replace(here.conversation, profile={}))


STATES = (ordinary, stranger, careful, taken_over, reminder_waiting, after_quarantine, wiping)


def turn(live: Live, here: Standing, what: What) -> Draft:
    return take_turn(live, Job(ANA, what, NOW, None), here.row, here.conversation, ON_DUTY, NOW)


def steps(campaign: Campaign) -> Iterator[tuple[str, Step]]:
    for flow in campaign.flows.values():
        for step in flow.steps.values():
            yield flow.id, step


@pytest.fixture(scope="module")
def live() -> Live:
    return Live.start(ROOT)


def texts(draft: Draft) -> str:
    return "\n".join(parcel.text for _, parcel in draft.messages if isinstance(parcel, Message))


def carried(draft: Draft) -> set[str]:
    messages = [parcel for _, parcel in draft.messages if isinstance(parcel, Message)]
    return {key.data for message in messages for row in message.rows for key in row}


def test_every_command_and_safe_word_is_answered_at_every_step_in_every_state(
    live: Live, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [Commanded(name) for name in COMMANDS] + [Said(word) for word in SAFE_WORDS]
    tried = 0
    for (flow, step), state, what in product(steps(live.campaign), STATES, asked):
        draft = turn(live, state(standing_at(flow, step), live), what)
        tried += 1
        where = f"{flow}/{step.id} {state.__name__} {what}"
        assert draft.messages, f"silence at {where}"
        assert "failed" not in where
        if what == Commanded("wipe"):
            assert "!wipe_yes" in carried(draft), where
        if what == Commanded("help") or isinstance(what, Said):
            assert helps(draft), f"no help at {where}"
    with capsys.disabled():
        print(f"\n{tried} combinations of step, state and command answered")


def helps(draft: Draft) -> bool:
    """She is given a number, or the list of what help there is."""
    return "116" in texts(draft) or (draft.after.prompt is not None and draft.after.prompt.flow == "help")
