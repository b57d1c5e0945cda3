"""The methods of the Bot API that the stand-in knows, by lower-case name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.simulator.body import Fields
from bot.simulator.core import Core
from bot.simulator.errors import Refusal, refusal
from bot.simulator.methods import deleting, editing, forbidden, profile, sending, topics, updates

Method = Callable[[Core, Fields, float], Any]

METHODS: dict[str, Method] = {
    **sending.METHODS,
    **editing.METHODS,
    **deleting.METHODS,
    **topics.METHODS,
    **profile.METHODS,
    **updates.METHODS,
    **forbidden.METHODS,
}


def call(core: Core, method: str, fields: Fields, now: float) -> Any:
    """Return the result of a call, or raise the refusal it gets."""
    core.ledger.called(method)
    found = METHODS.get(method)
    try:
        if found is None:
            raise refusal("no_method")
        core.keep_waiting(method, fields, now)
        return found(core, fields, now)
    except Refusal as refused:
        core.ledger.refused[f"{method} {refused.code}"] += 1
        raise
