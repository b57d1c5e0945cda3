"""What a YAML error most often means for somebody who writes stories: said in plain words, with the cure.

The parser's own message ("mapping values are not allowed in this context") helps nobody; the line itself tells what happened.
"""

from __future__ import annotations

import re

import yaml

from bot.flowfile.document import Place

Explained = tuple[str, Place, str, str]

_FIELD = re.compile(r"^\s*(?:- )?[\w-]+:\s+")
_QUOTE_HINT = 'put the whole text in quotes: say: "…", or write it under "say: |" on lines of its own'


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> Explained:
    """Return code, place, message and hint for a parser's error."""
    mark = _where(error)
    at = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column + 1 if mark else 1
    problem = f"{error.context or ''} {error.problem or ''}"
    for trap in (_tab, _blank, _colon, _special, _brace, _quote, _anchor, _behind_sign, _indent):
        if found := trap(problem, lines, at):
            code, line, message, hint = found
            return code, (line + 1, column if line == at else 1), message, hint
    hint = "look at this line and the one above: quotes, colons and indentation"
    return "E008", (at + 1, column), "YAML cannot understand this line", hint


def _where(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Return where the mistake is: of a quote never closed, or a name without its colon, that is where it begins."""
    begins_there = error.context in ("while scanning a quoted scalar", "while scanning a simple key")
    return (error.context_mark if begins_there else None) or error.problem_mark or error.context_mark


Found = tuple[str, int, str, str] | None


def _tab(problem: str, lines: list[str], at: int) -> Found:
    for line in (at, at - 1):
        if line >= 0 and re.match(r"^ *\t", lines[line]):
            return "E010", line, "the line begins with a tab", "use spaces: two for each level"
    if "'\\t'" in problem or "found a tab" in problem:
        return "E010", at, "there is a tab where YAML wants spaces", "use spaces: two for each level"
    return None


def _blank(_problem: str, lines: list[str], at: int) -> Found:
    """Pages and word processors put blanks that are no spaces: YAML takes them for letters."""
    for line in range(at, -1, -1):
        if re.match(r"^ *[\u00a0\u2000-\u200a\u202f\u3000]", lines[line]):
            hint = "delete the blanks before the first letter, and type them again with the space bar"
            return "E017", line, "the line begins with blanks that are no spaces", hint
    return None


def _colon(problem: str, lines: list[str], at: int) -> Found:
    if "mapping values are not allowed" not in problem:
        return None
    value = _FIELD.sub("", lines[at])
    if ": " in value or (value.rstrip().endswith(":") and _FIELD.match(lines[at])):
        return "E009", at, "the text holds ': ', which YAML takes for a new field", _QUOTE_HINT
    message = "a field begins where the line above has not ended"
    return "E017", at, message, "check the indentation here and in the line above"


def _special(problem: str, lines: list[str], at: int) -> Found:
    if "cannot start any token" not in problem and "alias" not in problem and "anchor" not in problem:
        return None
    value = _FIELD.sub("", lines[at]).strip()
    if value[:1] in "@`%&*":
        return "E012", at, f"a text cannot begin with {value[:1]!r} without quotes", _QUOTE_HINT
    return None


def _brace(_problem: str, lines: list[str], at: int) -> Found:
    for line in (at, at - 1, at - 2):
        if line >= 0 and re.match(r"[{\[]", _value(lines[line])):
            return "E011", line, "the text begins with a brace, which YAML takes for fields", _QUOTE_HINT
    return None


def _quote(problem: str, lines: list[str], at: int) -> Found:
    if "escape" in problem or "invalid Unicode character" in problem:
        hint = "write the text under '|' without quotes, or take the backslash away"
        return "E008", at, "a backslash stands between quotes, and YAML takes it for a sign of its own", hint
    for line in (at, at - 1):
        value = _value(lines[line]) if line >= 0 else ""
        if value[:1] in ("'", '"') and re.match(r"""(['"]).*?\1\s*[^\s#,}\]:]""", value):
            hint = "put quotes around the whole text and use ' inside"
            return "E013", line, "text stands behind the closing quote", hint
    if "quoted scalar" in problem or "unexpected end of stream" in problem:
        return "E013", at, "a quote is opened and never closed", "close it, or write it under '|' without quotes"
    return None


def _anchor(problem: str, _lines: list[str], at: int) -> Found:
    if "tag" in problem:
        return "E007", at, "begins with '!', which YAML takes for a tag", _QUOTE_HINT
    return None


def _behind_sign(problem: str, _lines: list[str], at: int) -> Found:
    if "block scalar" not in problem:
        return None
    return "E017", at, "a text stands behind '|' or '>'", "begin the text on the next line, two spaces further in"


def _indent(problem: str, _lines: list[str], at: int) -> Found:
    if "block" in problem or "indent" in problem or "simple key" in problem or "could not find expected ':'" in problem:
        hint = "fields of one step begin in the same column; a field needs ': ' behind its name"
        return "E017", at, "the line does not stand under the ones before it, or lacks a colon", hint
    return None


def _value(line: str) -> str:
    return _FIELD.sub("", line) if _FIELD.match(line) else ""
