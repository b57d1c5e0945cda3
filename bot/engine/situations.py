"""The words on the buttons of help are pleas, too: typed anywhere, in any of our languages, they count like the tap.

She may have read them an hour ago, dictate what a friend reads to her, or stand at another question now.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.engine.labels import meant, plain
from bot.engine.play import Play
from bot.model.assessment import Assessment, Evidence
from bot.model.events import Said
from bot.model.flow import Ask, Choice, Quiz

LONGEST = 80
"""No button is longer. Longer words are not compared with any."""


def heard(play: Play, what: Said) -> tuple[Assessment, str]:
    """Return what was heard, and the situation that her words name ('' if they are on no button); in doubt the higher."""
    found = next(_named(play, what), None) if len(what.text) <= LONGEST else None
    if found is None:
        return what.heard, ""
    where, choice = found
    spec = choice.signal
    if spec is None or (what.heard.level is not None and what.heard.level.outranks(spec.level)):
        return what.heard, ""
    mark = Evidence(f"{_tongue(play, choice, what.text)}tap.{where}.{choice.id}", 0, len(what.text))
    return Assessment(spec.level, spec.category, (*what.heard.evidence, mark)), spec.about


def _named(play: Play, what: Said) -> Iterator[tuple[str, Choice]]:
    """Return the button of help with these words, unless the question that waits has an ordinary one with them."""
    own = meant(play, _waiting(play), what.text, frozenset())
    if own is not None and own.signal is None:
        return
    flow = play.campaign.flows.get(play.campaign.doors.get("help", ""))
    for step in flow.steps.values() if flow is not None else ():
        telling = tuple(c for c in step.choices if c.signal is not None) if isinstance(step, Ask) else ()
        choice = meant(play, telling, what.text, frozenset())
        if flow is not None and choice is not None:
            yield f"{flow.id}.{step.id}", choice


def _tongue(play: Play, choice: Choice, text: str) -> str:
    """Return the language of these words as a rule begins with it ("nl."), '' if it is not certain: she is answered in it."""
    label, typed = choice.label, plain(text)
    found = {"en"} if plain(label.source) == typed else set()
    for language, domains in play.campaign.catalogues.items():
        said = domains.get("flows", {}).get((label.context, label.source), ())
        found |= {language for words in said if plain(words) == typed}
    return f"{found.pop()}." if len(found) == 1 else ""


def _waiting(play: Play) -> tuple[Choice, ...]:
    prompt = play.chat.prompt
    flow = play.campaign.flows.get(prompt.flow) if prompt is not None else None
    step = flow.steps.get(prompt.step) if flow is not None and prompt is not None else None
    return step.choices if isinstance(step, Ask | Quiz) else ()
