"""`ask`: a question that waits, and how any question with buttons is shown."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import progress, reminders, voices
from bot.engine.bubbles import Rows, to_a_person
from bot.engine.places import WAIT
from bot.engine.play import Play
from bot.engine.values import fill
from bot.model.conversation import Prompt, Run
from bot.model.flow import MOST_BUTTONS, Ask, Choice, Flow, Handoff, Quiz
from bot.model.words import Bubble, Button

LONGEST_DATA = 64
"""Telegram's limit for what a button carries, in bytes."""


def play(now: Play, flow: Flow, step: Ask) -> str | None:
    """Ask and wait."""
    show(now, flow, step)
    return WAIT


def show(now: Play, flow: Flow, step: Ask | Quiz, tries: int = 0) -> None:
    """Show a question with fresh buttons; from now on only these count."""
    words = fill(now, flow, step.words)
    rows = _rows(now, flow, step.choices)
    if has_talk(flow, step, now.campaign.doors.get("talk", "")):
        rows += to_a_person(persons=now.desk.persons)
    if isinstance(step, Ask):
        now.bubble(Bubble((words,), rows, photo=step.photo, alt=step.alt, listen=voices.of(now, flow, step)))
    else:
        now.bubble(Bubble((words,), rows, listen=voices.of(now, flow, step)))
    ids = tuple(choice.id for choice in step.choices)
    now.chat = replace(
        now.chat,
        prompt=Prompt(now.event.nonce, flow.id, step.id, ids, tries),
        stack=(*now.chat.stack[:-1], Run(flow.id, step.id, step.hash)),
    )
    if step.remind is not None:
        reminders.plan(now, flow, step)


def has_talk(flow: Flow, step: Ask | Quiz, talk: str) -> bool:
    """Return whether a question gets the last row: in a story, where there is room, and no button leads to a person
    anyway. `talk` is the flow behind that door."""
    if not flow.talk or len(step.choices) >= MOST_BUTTONS:
        return False
    return not any(c.to == f"@{talk}" or isinstance(flow.steps.get(c.to or ""), Handoff) for c in step.choices)


def _rows(now: Play, flow: Flow, choices: tuple[Choice, ...]) -> Rows:
    nonce, done = now.event.nonce, {f"@{story}" for story in progress.finished(now)}
    return tuple(
        (Button(fill(now, flow, choice.label), data(nonce, choice.id, place), done=choice.to in done),)
        for place, choice in enumerate(choices)
    )


def data(nonce: str, choice: str, place: int) -> str:
    """Return what a button carries: `nonce.choice`, or its place among the buttons where the name is too long."""
    carried = f"{nonce}.{choice}"
    return carried if len(carried.encode()) <= LONGEST_DATA else f"{nonce}.#{place}"
