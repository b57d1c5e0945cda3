"""The pure part of `safebot detect`: one JSON line in, one JSON line out; and the same for a person's eye."""

from __future__ import annotations

import json
from typing import Final

from bot.detect.hearing import Hearing
from bot.detect.listen import assess
from bot.model.assessment import Assessment, Context, Evidence


def answer_line(hearing: Hearing, line: str) -> str:
    """Return the answer to one line `{"text","lang"}`; a broken line gets `{"error"}` and is never repeated."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return _error("this line is not JSON")
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return _error('a line is an object with "text" and "lang"')
    language = asked.get("lang")
    context = Context(language=language if isinstance(language, str) else None)
    answer = _answer(assess(hearing, asked["text"], context))
    carried = {key: value for key, value in asked.items() if key not in ("text", "lang")}
    return json.dumps({**carried, **answer})


def _answer(heard: Assessment) -> dict[str, object]:
    level = None if heard.level is None else heard.level.value
    return {
        "worrying": heard.level is not None,
        "level": level,
        "priority": level,
        "category": heard.category,
        "rules": list(heard.rules),
    }


def _error(sentence: str) -> str:
    return json.dumps({"error": sentence})


def explain(hearing: Hearing, text: str, language: str | None = None) -> str:
    """Return the verdict on a text in a few lines: the level, then each rule that matched with the words it saw."""
    heard = assess(hearing, text, Context(language=language))
    head = "nothing worrying" if heard.level is None else f"{heard.level.value} {heard.category}"
    return "\n".join([head, *(_told(e, text) for e in heard.evidence)])


_RAISING: Final = (".raises.", ".danger.", "model.now.")


def _told(evidence: Evidence, text: str) -> str:
    raised = "raised by " if any(part in evidence.rule for part in _RAISING) else ""
    return f"  {raised}{evidence.rule}  {evidence.start}-{evidence.end}  {text[evidence.start : evidence.end]!r}"
