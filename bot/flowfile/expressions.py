"""Expressions of `decide`, `set` and `if`: text to our own tree, by a parser of our own. Nothing is ever evaluated here.

or      := and ("or" and)*
and     := not ("and" not)*
not     := "not" not | compare
compare := sum (("==" | "!=" | "<" | "<=" | ">" | ">=") sum | "is" ["not"] "set")?
sum     := product (("+" | "-") product)*
product := value ("*" value)*
value   := number | "text" | name | name "(" or ("," or)* ")" | "(" or ")" | "-" value
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.model.flow import Expr

MAX_LENGTH = 500
MAX_DEPTH = 20
FUNCTIONS = {"min": 2, "max": 2, "abs": 1}
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d{1,9}(?!\w))|(?P<name>[A-Za-z_]\w*)|(?P<text>"[^"]*"|'[^']*')"""
    r"""|(?P<sign>==|!=|<=|>=|[<>+\-*(),]))""",
    re.ASCII,
)


class NotAnExpression(Exception):
    """What is wrong, and how many characters from the beginning."""

    def __init__(self, offset: int, message: str, hint: str = "", code: str = "E120") -> None:
        super().__init__(message)
        self.offset, self.message, self.hint, self.code = offset, message, hint, code


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    at: int


@lru_cache(maxsize=4096)
def parse(text: str) -> Expr:
    """Return the tree, or raise NotAnExpression."""
    if len(text) > MAX_LENGTH:
        raise NotAnExpression(0, f"is longer than {MAX_LENGTH} characters", "decide in several steps", "E123")
    reader = _Reader(_tokens(text), len(text))
    tree = reader.either(0)
    if (rest := reader.peek()) is not None:
        hint = "use == to compare" if rest.text == "=" else "join conditions with 'and' or 'or'"
        raise NotAnExpression(rest.at, f"'{rest.text}' is not expected here", hint)
    return tree


def names(tree: Expr) -> list[str]:
    """Return the names an expression reads."""
    own = [str(tree.value)] if tree.op in ("name", "is_set") else []
    return own + [name for arg in tree.args for name in names(arg) if tree.op != "is_set"]


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _strange(text, at)
        kind = str(match.lastgroup)
        found.append(Token(kind, match[kind], match.start(kind)))
        at = match.end()
    return found


def _strange(text: str, at: int) -> NotAnExpression:
    at += len(text[at:]) - len(text[at:].lstrip())
    sign = text[at]
    hints = {"=": "use == to compare", "&": "write 'and'", "|": "write 'or'", "!": "write 'not'"}
    hints |= {
        '"': "close the quote",
        "'": "close the quote",
        "“": 'use straight quotes: "…"',
        "”": 'use straight quotes: "…"',
    }
    return NotAnExpression(at, f"'{sign}' is not understood", hints.get(sign, ""))


class _Reader:
    """Recursive descent over tokens, with a bound on its depth."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens, self._at, self._end = tokens, 0, end

    def peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _takes(self, *texts: str) -> str | None:
        token = self.peek()
        if token is None or token.kind == "text" or token.text not in texts:
            return None
        self._at += 1
        return token.text

    def _wants(self, text: str) -> None:
        if not self._takes(text):
            raise NotAnExpression(self._place(), f"'{text}' is missing here")

    def _place(self) -> int:
        token = self.peek()
        return self._end if token is None else token.at

    def either(self, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            raise NotAnExpression(self._place(), "is nested too deep", "decide in several steps", "E123")
        left = self._both(depth)
        while self._takes("or"):
            left = Expr("or", args=(left, self._both(depth)))
        return left

    def _both(self, depth: int) -> Expr:
        left = self._negated(depth)
        while self._takes("and"):
            left = Expr("and", args=(left, self._negated(depth)))
        return left

    def _negated(self, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            raise NotAnExpression(self._place(), "is nested too deep", "decide in several steps", "E123")
        if self._takes("not"):
            return Expr("not", args=(self._negated(depth + 1),))
        return self._compared(depth)

    def _compared(self, depth: int) -> Expr:
        left = self._sum(depth)
        if sign := self._takes(*COMPARISONS):
            return Expr(sign, args=(left, self._sum(depth)))
        if self._takes("is"):
            return self._is_set(left)
        return left

    def _is_set(self, left: Expr) -> Expr:
        negated = self._takes("not")
        self._wants("set")
        if left.op != "name":
            raise NotAnExpression(0, "only a name can be 'set'", "write 'name is set'")
        known = Expr("is_set", left.value, (left,))
        return Expr("not", args=(known,)) if negated else known

    def _sum(self, depth: int) -> Expr:
        left = self._product(depth)
        while sign := self._takes("+", "-"):
            left = Expr(sign, args=(left, self._product(depth)))
        return left

    def _product(self, depth: int) -> Expr:
        left = self._value(depth)
        while self._takes("*"):
            left = Expr("*", args=(left, self._value(depth)))
        return left

    def _value(self, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            raise NotAnExpression(self._place(), "is nested too deep", "decide in several steps", "E123")
        if self._takes("-"):
            return Expr("-", args=(Expr("number", 0), self._value(depth + 1)))
        if self._takes("("):
            inner = self.either(depth + 1)
            self._wants(")")
            return inner
        return self._plain(depth)

    def _plain(self, depth: int) -> Expr:
        token = self.peek()
        if token is None:
            raise NotAnExpression(self._end, "something is missing at the end")
        self._at += 1
        if token.kind == "number":
            return Expr("number", int(token.text))
        if token.kind == "text":
            return Expr("text", token.text[1:-1])
        if token.kind == "sign" or token.text in ("and", "or", "not", "is", "set"):
            raise NotAnExpression(token.at, f"'{token.text}' is not expected here", "a name or a number is missing")
        return self._call(token, depth) if self._takes("(") else Expr("name", token.text)

    def _call(self, name: Token, depth: int) -> Expr:
        wanted = FUNCTIONS.get(name.text)
        if wanted is None:
            raise NotAnExpression(name.at, f"there is no function '{name.text}'", f"there is: {', '.join(FUNCTIONS)}")
        args = [self.either(depth + 1)]
        while self._takes(","):
            args.append(self.either(depth + 1))
        self._wants(")")
        if len(args) != wanted:
            raise NotAnExpression(name.at, f"'{name.text}' takes {wanted} values")
        return Expr("call", name.text, tuple(args))
