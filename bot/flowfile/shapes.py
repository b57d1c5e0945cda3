"""Forms that a value in a file may have. Each can judge a value and can say itself as JSON schema, so the two agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.flowfile.document import Data, Path
from bot.flowfile.findings import did_you_mean

Json = dict[str, Any]
Tell = Callable[[str, Path, str, str], None]
"""Takes code, path, message and hint."""


class Shape(Protocol):
    """A form."""

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        """Tell what does not fit."""

    def schema(self) -> Json:
        """Return the same as JSON schema."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, or anything else that is one scalar and not empty. `pattern` is what the whole must look like."""

    pattern: str = ""
    example: str = ""
    code: str = "E104"

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        if isinstance(value, dict) and value and not any(value.values()):
            hint = f'put quotes around it: {at[-1]}: "{{{next(iter(value))}}} …"'
            tell("E011", at, "the text begins with a brace, which YAML takes for fields", hint)
        elif not isinstance(value, str):
            tell("E104", at, f"'{_last(at)}' wants a text, not a list or a group of fields", self._hint())
        elif not value.strip():
            tell("E104", at, f"'{_last(at)}' is empty", self._hint())
        elif self.pattern and not re.fullmatch(self.pattern, value.strip()):
            tell(self.code, at, f"'{_last(at)}' cannot be '{value.strip()[:60]}'", self._hint())

    def _hint(self) -> str:
        return f"write it like this: {self.example}" if self.example else ""

    def schema(self) -> Json:
        if not self.pattern:
            return {"type": ["string", "number", "boolean"], "minLength": 1}
        return {"type": ["string", "number", "boolean"], "pattern": f"^\\s*(?:{self.pattern})\\s*$"}


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]
    code: str = "E105"

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        if not isinstance(value, str):
            tell("E104", at, f"'{_last(at)}' wants one word", f"there is: {', '.join(self.words)}")
        elif value not in self.words:
            tell(self.code, at, f"'{_last(at)}' cannot be '{value[:60]}'", did_you_mean(value, self.words))

    def schema(self) -> Json:
        typed = [word == "true" for word in self.words if word in ("true", "false")]
        return {"enum": [*self.words, *typed]}


@dataclass(frozen=True, slots=True)
class Within:
    """One of some words, or a name within one: `sextortion` or `sextortion.outing`."""

    words: tuple[str, ...]
    inner: str
    code: str

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        word, dot, inner = value.partition(".") if isinstance(value, str) else ("", "", "")
        if word not in self.words:
            tell(self.code, at, f"'{_last(at)}' cannot be '{str(value)[:60]}'", did_you_mean(word, self.words))
        elif dot and not re.fullmatch(self.inner, inner):
            tell(self.code, at, f"'{inner[:60]}' is no name within '{word}'", f"write it like this: {word}.at_night")

    def schema(self) -> Json:
        return {"type": "string", "pattern": rf"^(?:{'|'.join(self.words)})(?:\.{self.inner})?$"}


FLAG = OneOf(("true", "false"))


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of things of one form."""

    item: Shape
    least: int = 1

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        if not isinstance(value, list):
            tell("E104", at, f"'{_last(at)}' wants a list", "write [one, two], or each on a line that begins with '- '")
            return
        if len(value) < self.least:
            tell("E104", at, f"'{_last(at)}' is an empty list", "")
        for index, item in enumerate(value):
            self.item.check(item, (*at, index), tell)

    def schema(self) -> Json:
        return {"type": "array", "items": self.item.schema(), "minItems": self.least}


@dataclass(frozen=True, slots=True)
class MapOf:
    """Names of one's own choice, each with a value of one form."""

    key: str
    value: Shape
    least: int = 1

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        if not isinstance(value, dict):
            tell("E104", at, f"'{_last(at)}' wants entries of the form 'name: …'", "each on its own line, indented")
            return
        if len(value) < self.least:
            tell("E104", at, f"'{_last(at)}' has no entries", "")
        for key, item in value.items():
            if not re.fullmatch(self.key, key):
                hint = "use letters without accents, numbers and _, as in 'not_your_fault'"
                tell("E108", (*at, key), f"'{key[:60]}' cannot be a name here", hint)
            self.value.check(item, (*at, key), tell)

    def schema(self) -> Json:
        patterns = {f"^(?:{self.key})$": self.value.schema()}
        return {
            "type": "object",
            "patternProperties": patterns,
            "additionalProperties": False,
            "minProperties": self.least,
        }


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a group: its form, whether it must be there, and a sentence that explains it in the editor."""

    shape: Shape
    about: str
    required: bool = False
    missing: str = "E102"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields with fixed names."""

    fields: Mapping[str, Field]

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        if not isinstance(value, dict):
            tell("E104", at, f"'{_last(at)}' wants fields", f"there is: {', '.join(self.fields)}")
            return
        for key, item in value.items():
            if key in self.fields:
                self.fields[key].shape.check(item, (*at, key), tell)
            else:
                tell("E101", (*at, key), f"'{key[:60]}' is no field here", did_you_mean(key, self.fields))
        for key, field in self.fields.items():
            if field.required and key not in value:
                tell(field.missing, at, f"'{key}' is missing", field.about)

    def schema(self) -> Json:
        properties = {k: {**f.shape.schema(), "description": f.about} for k, f in self.fields.items()}
        required = [k for k, f in self.fields.items() if f.required]
        shape: Json = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**shape, "required": required} if required else shape


@dataclass(frozen=True, slots=True)
class TextOr:
    """A text, or the other form when the value is a group or list."""

    other: Shape
    text: Text = Text()

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        trapped = isinstance(value, dict) and value and not any(value.values())
        (self.text if isinstance(value, str) or trapped else self.other).check(value, at, tell)

    def schema(self) -> Json:
        return {"anyOf": [self.text.schema(), self.other.schema()]}


def _last(at: Path) -> str | int:
    return at[-1] if at else "the file"
