"""Expressions are parsed by us, typed when loaded, and never evaluated here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flowfile.expressions import NotAnExpression, parse
from bot.flowfile.kinds import kind_of
from bot.model.flow import Expr, Variable
from tests.flowfile.examples import often

REMEMBERS = {
    "stars": Variable("number", low=0, high=5),
    "told": Variable("one_of", ("friend", "teacher")),
    "name": Variable("text"),
}


def test_and_binds_before_or_and_counting_before_comparing() -> None:
    tree = parse("stars + 1 > 2 or told is set and not careful")

    assert tree.op == "or"
    assert tree.args[0].op == ">"
    assert tree.args[0].args[0].op == "+"
    assert [arg.op for arg in tree.args[1].args] == ["is_set", "not"]


def test_is_not_set_is_the_opposite_of_is_set() -> None:
    assert parse("told is not set") == Expr("not", args=(parse("told is set"),))


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("stars >", 7),
        ("= 3", 0),
        ("stars = 3", 6),
        ("(stars", 6),
        ("stars stars", 6),
        ('told == "x', 8),
        ("", 0),
        ("f(1)", 0),
    ],
)
def test_a_mistake_is_told_at_its_column(text: str, offset: int) -> None:
    with pytest.raises(NotAnExpression) as wrong:
        parse(text)

    assert wrong.value.offset == offset


@pytest.mark.parametrize("text", ["(" * 60 + "1", "not " * 60 + "careful", "-" * 60 + "1", "1 + " * 200 + "1"])
def test_depth_and_length_are_bounded(text: str) -> None:
    with pytest.raises(NotAnExpression) as wrong:
        parse(text)

    assert wrong.value.code == "E123"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("unknown > 1", "E121"),
        ("told > 1", "E122"),
        ('stars == "one"', "E122"),
        ('told == "freind"', "E122"),
        ("stars and told is set", "E122"),
        ("told + 1 > 2", "E122"),
    ],
)
def test_what_does_not_fit_together_is_told_when_loaded(text: str, code: str) -> None:
    with pytest.raises(NotAnExpression) as wrong:
        kind_of(parse(text), REMEMBERS)

    assert wrong.value.code == code


@pytest.mark.parametrize(
    "text", ['age_band == "13_15"', "consent_age <= 16", 'country != "KE"', 'level == "P1"', "careful"]
)
def test_what_is_always_known_needs_no_declaration(text: str) -> None:
    assert kind_of(parse(text), {}).name == "truth"


WORDS = st.sampled_from(
    [
        "stars",
        "told",
        "name",
        "1",
        "42",
        '"friend"',
        "and",
        "or",
        "not",
        "is",
        "set",
        "==",
        "<=",
        "+",
        "-",
        "*",
        "(",
        ")",
        ",",
        "min",
        "x",
    ]
)


@often(300)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=100))
def test_any_text_is_an_expression_or_a_numbered_mistake(text: str) -> None:
    try:
        assert kind_of(parse(text), REMEMBERS).name in ("number", "text", "truth")
    except NotAnExpression as wrong:
        assert wrong.code in ("E120", "E121", "E122", "E123")
        assert 0 <= wrong.offset <= len(text)
