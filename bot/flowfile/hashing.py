"""The content hash of a step: the same as long as its kind, texts and buttons are, so that live edits know what she saw."""

from __future__ import annotations

import hashlib

from bot.model.flow import Ask, Choice, Decide, Handoff, Pick, Quiz, RunFlow, Say, Set, Step


def step_hash(step: Step, menu: str = "") -> str:
    """Return 12 letters. Where a step leads, and what a menu holds today, are no part of it."""
    content = repr((type(step).__name__, menu, _texts(step)))
    return hashlib.blake2s(content.encode(), digest_size=6).hexdigest()


def _texts(step: Step) -> tuple[object, ...]:
    match step:
        case Say():
            return (step.words.source, step.words.plural, step.photo, step.voice)
        case Ask():
            return (step.words.source, step.photo, step.voice, _buttons(step.choices))
        case Quiz():
            return (step.words.source, _buttons(step.choices), step.correct)
        case Handoff():
            return (step.open.source, step.closed.source)
        case Pick():
            return tuple((tip, words.source) for tip, words in step.tips.items())
        case RunFlow():
            return (step.flow, *step.menus)
        case Decide() | Set():
            return ()


def _buttons(choices: tuple[Choice, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((choice.id, choice.label.source) for choice in choices)
