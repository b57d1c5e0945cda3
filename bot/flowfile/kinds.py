"""What kind of value an expression gives, judged against what the flow remembers and what is always known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.flowfile.expressions import COMPARISONS, NotAnExpression
from bot.flowfile.findings import did_you_mean
from bot.model.flow import Expr, Variable
from bot.model.levels import AGE_BANDS, CATEGORIES, Level


@dataclass(frozen=True, slots=True)
class Kind:
    """number, text or truth; `options` when a text is one of some words."""

    name: str
    options: tuple[str, ...] = ()


NUMBER, TEXT, TRUTH = Kind("number"), Kind("text"), Kind("truth")

BUILT_IN: dict[str, Kind] = {
    "language": TEXT,
    "age_band": Kind("text", AGE_BANDS),
    "country": TEXT,
    "opted_in": Kind("text", ("yes", "no")),
    "reminders": Kind("text", ("yes", "no")),
    "daily_tip": Kind("text", ("yes", "no")),
    "level": Kind("text", tuple(level.value for level in Level)),
    "category": Kind("text", CATEGORIES),
    "consent_age": NUMBER,
    "careful": TRUTH,
    "finished": NUMBER,
    "may_learn": TRUTH,
}
PROFILE = ("language", "age_band", "country", "opted_in", "reminders", "daily_tip")
"""Built-in names that an answer may be saved under."""


def kind_of_variable(variable: Variable) -> Kind:
    """Return the kind of a declared answer."""
    return NUMBER if variable.kind == "number" else Kind("text", variable.options)


def kind_of(tree: Expr, remembers: Mapping[str, Variable]) -> Kind:
    """Return what the expression gives, or raise NotAnExpression (at offset 0: the tree knows no columns)."""
    if tree.op in ("number", "text"):
        return NUMBER if tree.op == "number" else TEXT
    if tree.op in ("name", "is_set"):
        named = _named(str(tree.value), remembers)
        return named if tree.op == "name" else TRUTH
    kinds = [kind_of(arg, remembers) for arg in tree.args]
    if tree.op in ("and", "or", "not"):
        _all(kinds, TRUTH, f"'{tree.op}' joins conditions", "compare first, as in: stars > 2 and careful")
        return TRUTH
    if tree.op in COMPARISONS:
        _comparable(tree, kinds)
        return TRUTH
    _all(kinds, NUMBER, f"'{tree.value or tree.op}' counts numbers", "")
    return NUMBER


def _named(name: str, remembers: Mapping[str, Variable]) -> Kind:
    if name in remembers:
        return kind_of_variable(remembers[name])
    if name in BUILT_IN:
        return BUILT_IN[name]
    hint = did_you_mean(name, [*remembers, *BUILT_IN])
    raise NotAnExpression(0, f"'{name[:60]}' is not declared under 'remembers'", hint, "E121")


def _all(kinds: list[Kind], wanted: Kind, message: str, hint: str) -> None:
    if any(kind.name != wanted.name for kind in kinds):
        raise NotAnExpression(0, message, hint, "E122")


def _comparable(tree: Expr, kinds: list[Kind]) -> None:
    left, right = kinds
    if left.name != right.name:
        raise NotAnExpression(0, f"a {left.name} cannot be compared with a {right.name}", "", "E122")
    if tree.op not in ("==", "!=") and left.name != "number":
        raise NotAnExpression(0, f"'{tree.op}' compares numbers", "use == or !=", "E122")
    for own, arg in ((left, tree.args[1]), (right, tree.args[0])):
        if own.options and arg.op == "text" and arg.value not in own.options:
            hint = did_you_mean(str(arg.value), own.options)
            raise NotAnExpression(0, f"it is never '{str(arg.value)[:60]}'", hint, "E122")
