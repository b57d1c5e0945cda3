"""Recorded voices, for girls who do not read well: never sent unasked, a "Listen" button stands where there is one.

A recording lies in voices/LANGUAGE/FLOW.STEP.ogg (of a handoff FLOW.STEP.open.ogg and FLOW.STEP.closed.ogg), or under the
name that the step gives with `voice:`. Addresses are `flow/step` or `flow/step.part`.
"""

from __future__ import annotations

from bot.engine.bubbles import column, own
from bot.engine.play import Play
from bot.model.flow import Ask, Flow, Say, Step
from bot.model.words import Bubble

BUTTON = "listen_"
MOST = 3


def of(play: Play, flow: Flow, step: Step, part: str = "") -> tuple[str, ...]:
    """Return the address of the recording of these words in her language; nothing where there is none."""
    address = f"{flow.id}/{step.id}{f'.{part}' if part else ''}"
    return (address,) if _file(play, address) else ()


def listen(play: Play, addresses: str) -> None:
    """Send what she wants to hear; when it is gone meanwhile, say so."""
    files = [file for address in addresses.split(",")[:MOST] if (file := _file(play, address))]
    for file in files:
        play.bubble(Bubble((), voice=file))
    if not files:
        play.say(own("passed"), rows=column("menu", "help"))


def _file(play: Play, address: str) -> str:
    """Return the name of the file in her language, else of one for all languages, else nothing."""
    named = _named(play, address)
    language = play.chat.language or play.campaign.languages[0]
    return next((name for name in (f"{language}/{named}", named) if named and name in play.campaign.media), "")


def _named(play: Play, address: str) -> str:
    flow_id, _, rest = address.partition("/")
    flow = play.campaign.flows.get(flow_id)
    step = flow.steps.get(rest.partition(".")[0]) if flow is not None else None
    if step is None:
        return ""
    chosen = step.voice if isinstance(step, Say | Ask) else ""
    return chosen or f"{flow_id}.{rest}.ogg"
