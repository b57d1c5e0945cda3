"""Expressions are walked, never run; an unset name equals nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.expressions import Value, evaluate, true
from bot.model.flow import Expr

KNOWN: dict[str, Value] = {"stars": 3, "asked": "no", "careful": True, "zero": 0}


def n(value: int) -> Expr:
    return Expr("number", value)


def t(value: str) -> Expr:
    return Expr("text", value)


def name(value: str) -> Expr:
    return Expr("name", value)


def of(op: str, *args: Expr, value: str = "") -> Expr:
    return Expr(op, value, args)


@pytest.mark.parametrize(
    ("expr", "result"),
    [
        (of("==", name("asked"), t("no")), True),
        (of("==", name("unset"), name("unset")), False),
        (of("!=", name("unset"), t("no")), True),
        (of("<", name("unset"), n(5)), False),
        (of("is_set", name("stars")), True),
        (of("is_set", value="unset"), False),
        (of("not", of("is_set", name("unset"))), True),
        (of("and", of(">", name("stars"), n(2)), name("careful")), True),
        (of("or", name("zero"), name("unset")), False),
        (of("<=", t("ten"), n(10)), False),
        (of("==", name("stars"), t("3")), True),
    ],
)
def test_a_condition_holds_or_does_not(expr: Expr, result: bool) -> None:
    assert true(expr, KNOWN.get) is result


@pytest.mark.parametrize(
    ("expr", "result"),
    [
        (of("+", name("stars"), n(1)), 4),
        (of("+", name("unset"), n(1)), 1),
        (of("*", name("stars"), n(-2)), -6),
        (of("-", n(0), n(7)), -7),
        (of("call", name("stars"), n(2), value="min"), 2),
        (of("call", n(-2), value="abs"), 2),
        (of("call", n(2), value="eval"), None),
        (of("*", n(999_999), n(999_999)), 1_000_000),
    ],
)
def test_a_sum_comes_to_a_number(expr: Expr, result: int | None) -> None:
    assert evaluate(expr, KNOWN.get) == result


leaves = st.one_of(
    st.integers(-5, 5).map(n), st.text(max_size=3).map(t), st.sampled_from(["stars", "asked", "unset"]).map(name)
)
pairs = st.sampled_from(["==", "!=", "<", ">=", "+", "-", "*", "and", "or"])
trees = st.recursive(leaves, lambda inner: st.builds(of, pairs, inner, inner), max_leaves=12)


@given(trees)
def test_no_tree_raises(tree: Expr) -> None:
    evaluate(tree, KNOWN.get)
