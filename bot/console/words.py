"""What templates use to speak: `_("…")`, `ngettext(one, other, n)`, and filters for times, names and marked words.

Templates hold their sentences in English as `{{ _("Claim") }}`; `make words` collects them. The language is the request's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from itertools import accumulate
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from bot.console import shown, shown_ends
from bot.console.tongue import Tongue, own_name
from bot.model.words import Value

MOST_SIGNS = 1200
MOST_LINES = 25
"""What of one message is seen at once."""
WIDEST = 18
"""Letters that the longest sign stands for."""
_WIDE = re.compile("[\ufb50-\ufdff\U00012000-\U0001254f]")
"""Arabic forms that are whole sentences, and cuneiform as wide as a line."""

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_KEY = re.compile(r"\[\[(.+?)\]\]")


def add_words(templates: Environment) -> None:
    """Give templates their words."""
    templates.globals.update(_=_say, ngettext=_count)
    templates.filters.update(
        marked=marked,
        folded=folded,
        own_name=own_name,
        language=_with_tongue(Tongue.language_name),
        waited=_with_tongue(Tongue.waited),
        clock=_with_tongue(Tongue.clock),
        category=_with_tongue(lambda tongue, code: tongue.say(shown.category_words(code))),
        level=_with_tongue(lambda tongue, code: tongue.say(shown.LEVELS[code])),
        state=_with_tongue(lambda tongue, code: tongue.say(shown.STATES.get(code, code))),
        outcome=_with_tongue(lambda tongue, code: tongue.say(shown.OUTCOME_WORDS.get(code, code))),
        source=_with_tongue(lambda tongue, code: tongue.say(shown.SOURCES.get(code, code))),
        age=_with_tongue(lambda tongue, code: tongue.say(shown.AGES.get(code, shown.AGE_UNKNOWN))),
        agreement=_with_tongue(lambda tongue, code: tongue.say(shown_ends.AGREEMENTS.get(code, code))),
        sent=_with_tongue(lambda tongue, code: tongue.say(shown_ends.SENT.get(code, code))),
        field=_with_tongue(lambda tongue, code: tongue.say(shown_ends.FIELDS.get(code, code))),
        contact_kind=_with_tongue(lambda tongue, code: tongue.say(shown_ends.KINDS.get(code, code))),
        hiding=_with_tongue(shown_ends.hiding),
        day=_with_tongue(Tongue.day),
        on_clock=_with_tongue(lambda tongue, code: tongue.say(shown.CLOCKS[code])),
    )


@pass_context
def _say(context: Context, sentence: str, **values: Value) -> str:
    tongue: Tongue = context["tongue"]
    return tongue.say(sentence, **values)


@pass_context
def _count(context: Context, one: str, other: str, n: float, **values: Value) -> str:
    tongue: Tongue = context["tongue"]
    return tongue.count(one, other, n, **values)


def _with_tongue(speak: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def filtered(context: Context, *values: str | datetime | tzinfo) -> str:
        return speak(context["tongue"], *values)

    return filtered


def marked(text: Any) -> Markup:
    """Return a sentence as HTML in which `**words**` are bold and `[[Esc]]` is a key; all else is as it was written."""
    bold = _BOLD.sub(r"<b>\1</b>", str(escape(text)))
    return Markup(_KEY.sub(r"<kbd>\1</kbd>", bold))  # noqa: S704 - escaped just above; only these two tags are added


def folded(text: str) -> tuple[str, str]:
    """Return what is shown of a message at once, and the rest: a wall of signs must not push the others out of sight."""
    lines = text.split("\n", MOST_LINES)
    end = len(text) if len(lines) <= MOST_LINES else len(text) - len(lines[-1])
    end = min(end, _room(text))
    if end < len(text) and (space := text.rfind(" ", end - 100, end)) > 0:
        end = space + 1
    return text[:end], text[end:]


def _room(text: str) -> int:
    """Return how many signs fit. Some are a whole sentence in one sign: each counts as what it stands for."""
    widths = accumulate(WIDEST if _WIDE.match(sign) else 1 for sign in text)
    return next((at for at, width in enumerate(widths) if width > MOST_SIGNS), len(text))
