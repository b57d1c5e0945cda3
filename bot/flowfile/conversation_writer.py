"""A conversation that was played, written as a test: the YAML that conversation_reader reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.flowfile.conversation_model import StepName

_PLAIN = re.compile(r"/?[A-Za-z][A-Za-z0-9_ /]*")
HEAD = "# yaml-language-server: $schema=test.schema.json\nconversations:\n"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One line as it was played: the act as `tap: yes`, and how things stood then."""

    act: tuple[str, str]
    step: StepName | None = None
    buttons: tuple[str, ...] = ()
    stars: str | None = None
    case: Mapping[str, str] | None = None  # {}: the case that was there is gone
    quiet: bool = False


def as_yaml(flow: str, name: str, lines: Sequence[Recorded]) -> str:
    """Return one conversation, indented to stand under `conversations:`."""
    return "".join((f"  {name}:\n", *(_line(flow, line) for line in lines)))


def _line(flow: str, line: Recorded) -> str:
    fields = [f"{line.act[0]}: {_scalar(line.act[1])}"]
    expected = ", ".join(_expected(flow, line))
    if expected:
        fields.append(f"expect: {{{expected}}}")
    return "    - " + "\n      ".join(fields) + "\n"


def _expected(flow: str, line: Recorded) -> Iterable[str]:
    if line.quiet:
        yield "quiet: true"
        return
    if line.step is not None:
        yield f"step: {line.step[1] if line.step[0] == flow else '/'.join(line.step)}"
    if line.buttons:
        yield f"buttons: [{', '.join(map(_scalar, line.buttons))}]"
    if line.stars is not None:
        yield f"stars: {line.stars}"
    if line.case is not None:
        inside = ", ".join(f"{k}: {v}" for k, v in line.case.items())
        yield f"case: {{{inside}}}" if line.case else "case: none"


def _scalar(text: str) -> str:
    """Return a text as YAML reads it back: plain if it is harmless, else in quotes."""
    return text if _PLAIN.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)


def added(before: str, conversation: str) -> str:
    """Return a test file with one more conversation at its end; `before` is '' for a new file."""
    if not before.strip():
        return HEAD + conversation
    return before.rstrip("\n") + "\n" + conversation
