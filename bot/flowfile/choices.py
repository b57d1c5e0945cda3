"""Buttons: 'id: Label -> step', their signals and the word lists that mean the same."""

from __future__ import annotations

import re

from bot.flowfile.bench import Bench
from bot.flowfile.document import Data, Path
from bot.flowfile.draft import Use
from bot.flowfile.fields import TARGET
from bot.flowfile.findings import did_you_mean
from bot.flowfile.kinds import PROFILE
from bot.model.flow import Choice, SignalSpec, Variable
from bot.model.levels import AGE_BANDS, Level

_TARGET = re.compile(TARGET)

_LOOKS_LIKE_AN_ARROW = re.compile(r"(?:[=\u2013\u2014]\s*>|-\s+>|\s>|[\u2192\u21d2])\s*@?[A-Za-z0-9_]+$")
"""What editors make of `->`, and what people type instead: it would stand on the button, and lead nowhere."""


def choices(bench: Bench, path: Path, step: dict[str, Data], field: str) -> tuple[Choice, ...]:
    """Return the choices written under `buttons` or `answers`."""
    lines = _group(step.get(field))
    signals, typed = _group(step.get("signals")), _group(step.get("typed"))
    _only_about_choices(bench, path, step, field)
    found = [_choice(bench, path, field, key, str(line)) for key, line in lines.items()]
    return tuple(_rich(bench, path, choice, signals, typed) for choice in found if choice is not None)


def _choice(bench: Bench, path: Path, field: str, key: str, line: str) -> Choice | None:
    at = (*path, field, key)
    text, to = _parted(line.strip())
    if not text or (to is None and ("->" in line or _LOOKS_LIKE_AN_ARROW.search(text))):
        bench.tell(
            "E111", at, f"'{line.strip()[:60]}' is no button", f"write it like this: {key}: Yes, please -> thanks"
        )
        return None
    label = bench.words(at, f"{field}.{key}", text, "label")
    return Choice(key, label, bench.target(at, to) if to else None)


def _parted(line: str) -> tuple[str, str | None]:
    """Return the label and where it leads. By hand: a pattern would try each of a million blanks before an arrow."""
    label, arrow, to = line.rpartition("->")
    return (label.rstrip(), to.lstrip()) if arrow and _TARGET.fullmatch(to.lstrip()) else (line, None)


def _rich(bench: Bench, path: Path, choice: Choice, signals: dict[str, Data], typed: dict[str, Data]) -> Choice:
    spec = _group(signals.get(choice.id))
    signal = _signal(spec) if spec else None
    words = str(typed.get(choice.id, "")).strip()
    if words:
        bench.lists.append(Use((*path, "typed", choice.id), words))
    return Choice(choice.id, choice.label, choice.to, signal, words)


def _signal(spec: dict[str, Data]) -> SignalSpec:
    return SignalSpec(str(spec["category"]), Level(str(spec["level"])), str(spec.get("about", "")))


def _only_about_choices(bench: Bench, path: Path, step: dict[str, Data], field: str) -> None:
    known = _group(step.get(field))
    for about in ("signals", "typed", "feedback"):
        for key in _group(step.get(about)):
            if key not in known:
                message = f"'{about}' names the button '{key[:60]}', which does not exist"
                bench.tell("E114", (*path, about, key), message, did_you_mean(key, known))


def can_be_saved(bench: Bench, path: Path, name: str, found: tuple[Choice, ...]) -> None:
    """Tell when an answer cannot be kept under this name: undeclared, or a button that is no declared answer."""
    at = (*path, "save_as")
    variable = bench.remembers.get(name)
    if variable is None and name not in PROFILE:
        hint = did_you_mean(name, [*bench.remembers, *PROFILE])
        bench.tell("E124", at, f"'{name[:60]}' is not declared under 'remembers'", hint)
        return
    if variable is not None and variable.kind == "seen":
        bench.tell("E124", at, f"'{name}' holds tips she has seen, no answers", "declare another name for the answer")
        return
    for choice in found:
        if not _fits(name, variable, choice.id):
            message = f"'{choice.id}' is no answer that '{name}' can hold"
            hint = did_you_mean(choice.id, variable.options if variable else ())
            bench.tell("E124", (*path, "buttons", choice.id), message, hint)


def _fits(name: str, variable: Variable | None, answer: str) -> bool:
    if variable is None:
        known = {"age_band": AGE_BANDS, "opted_in": ("yes", "no"), "reminders": ("yes", "no")}.get(name)
        return known is None or answer in known
    if variable.kind == "number":
        return answer.isdecimal() and variable.low <= int(answer) <= variable.high
    return variable.kind == "text" or answer in variable.options


def _group(value: Data | None) -> dict[str, Data]:
    return value if isinstance(value, dict) else {}
