"""What an expression of a flow comes to. Our own tree, walked; never eval.

A name that is not set equals nothing: `==` and `<` are false, `!=` is true, and in sums it counts as 0.
"""

from __future__ import annotations

import operator
from collections.abc import Callable

from bot.model.flow import Expr

Value = str | int | bool | None
Look = Callable[[str], Value]

ORDER: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
SUMS: dict[str, Callable[[int, int], int]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
FUNCTIONS: dict[str, Callable[..., int]] = {"min": min, "max": max, "abs": lambda *n: abs(n[0])}
LARGEST = 1_000_000
"""Sums stay within this, so that no flow can make a number without end."""


def evaluate(expr: Expr, look: Look) -> Value:
    """Return the value of an expression; `look` gives the value of a name, None when it is not set."""
    if expr.op in LEAVES:
        return LEAVES[expr.op](expr, look)
    values = [evaluate(part, look) for part in expr.args]
    if expr.op in {"==", "!="}:
        return _same(values[0], values[1]) == (expr.op == "==")
    if expr.op in ORDER:
        return _ordered(expr.op, values[0], values[1])
    return _counted(expr, values)


def true(expr: Expr, look: Look) -> bool:
    """Return whether a condition holds."""
    return bool(evaluate(expr, look))


def _same(one: Value, two: Value) -> bool:
    if one is None or two is None:
        return False
    return _text(one) == _text(two)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _ordered(op: str, one: Value, two: Value) -> bool:
    first, second = number(one), number(two)
    return first is not None and second is not None and ORDER[op](first, second)


def _counted(expr: Expr, values: list[Value]) -> Value:
    numbers = [number(value) or 0 for value in values]
    if expr.op in SUMS:
        left = 0 if len(numbers) == 1 else numbers[0]
        return _bounded(SUMS[expr.op](left, numbers[-1]))
    function = FUNCTIONS.get(str(expr.value)) if expr.op == "call" else None
    return _bounded(function(*numbers)) if function and numbers else None


def _bounded(value: int) -> int:
    return max(-LARGEST, min(LARGEST, value))


def number(value: Value) -> int | None:
    """Return a value as a whole number, None when it is none."""
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


LEAVES: dict[str, Callable[[Expr, Look], Value]] = {
    "name": lambda expr, look: look(str(expr.value)),
    "number": lambda expr, _: number(expr.value),
    "text": lambda expr, _: str(expr.value),
    "is_set": lambda expr, look: look(_named(expr)) is not None,
    "not": lambda expr, look: not true(expr.args[0], look),
    "and": lambda expr, look: all(true(part, look) for part in expr.args),
    "or": lambda expr, look: any(true(part, look) for part in expr.args),
}


def _named(expr: Expr) -> str:
    """The name that `is set` asks about: its own value, or the name it stands on."""
    return str(expr.args[0].value if expr.args else expr.value)
