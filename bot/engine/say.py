"""`say`: one bubble, and on."""

from __future__ import annotations

from bot.engine import voices
from bot.engine.play import Play
from bot.engine.values import fill
from bot.model.flow import Flow, Say
from bot.model.words import Bubble


def play(now: Play, flow: Flow, step: Say) -> str | None:
    """Say it and go on."""
    words = fill(now, flow, step.words)
    now.bubble(Bubble((words,), photo=step.photo, alt=step.alt, listen=voices.of(now, flow, step)))
    return None
