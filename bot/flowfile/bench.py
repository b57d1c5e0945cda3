"""The workbench of one flow: turns values into words, targets and expressions, and writes down where each was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.flowfile.document import Data, Path
from bot.flowfile.draft import Spot, Use
from bot.flowfile.expressions import NotAnExpression, names, parse
from bot.flowfile.findings import Findings, did_you_mean
from bot.flowfile.kinds import BUILT_IN, NUMBER, Kind, kind_of
from bot.model.flow import Expr, Variable
from bot.model.words import Words


@dataclass(slots=True)
class Bench:
    """What is gathered while one flow is built."""

    flow: str
    findings: Findings
    remembers: Mapping[str, Variable]
    spots: list[Spot] = field(default_factory=list)
    jumps: list[Use] = field(default_factory=list)
    runs: list[Use] = field(default_factory=list)
    lists: list[Use] = field(default_factory=list)
    media: list[Use] = field(default_factory=list)
    menus: list[Use] = field(default_factory=list)

    def tell(self, code: str, path: Path, message: str, hint: str = "") -> None:
        """Note a problem."""
        self.findings.tell(code, path, message, hint)

    def words(self, path: Path, field_name: str, value: Data, role: str, *, caption: bool = False) -> Words:
        """Return a text as words with its context `flow/step.field`; a group with `count` becomes a plural."""
        step = str(path[1]) if len(path) > 1 else ""
        context = f"{self.flow}/{step}.{field_name}" if step else f"{self.flow}.{field_name}"
        words = self._plural(context, path, value) if isinstance(value, dict) else Words(context, str(value).strip())
        self.spots.append(Spot(path, step, role, words, caption))
        return words

    def _plural(self, context: str, path: Path, value: dict[str, Data]) -> Words:
        count, one, other = (str(value.get(key, "")).strip() for key in ("count", "one", "other"))
        if BUILT_IN.get(count) != NUMBER:
            self.number((*path, "count"), count)
        return Words(context, one, other, count_of=count)

    def number(self, path: Path, name: str) -> str:
        """Return the name if it is a declared number; tell otherwise."""
        variable = self.remembers.get(name)
        if variable is None or variable.kind != "number":
            numbers = [key for key, known in self.remembers.items() if known.kind == "number"]
            hint = did_you_mean(name, numbers) or f"add under 'remembers': {name}: {{number: 0..5}}"
            self.tell("E125", path, f"'{name[:60]}' is not declared as a number", hint)
        return name

    def target(self, path: Path, value: str) -> str:
        """Return where something goes, and remember to check that it exists."""
        goes = value.strip()
        self.jumps.append(Use(path, goes))
        return goes

    def expression(self, path: Path, text: str, wanted: Kind | None, offset: int = 0) -> Expr | None:
        """Return the parsed, typed expression; None after telling what is wrong with it."""
        try:
            tree = parse(text)
        except NotAnExpression as wrong:
            self._wrong(path, offset + wrong.offset, text, wrong)
            return None
        return tree if self._fits(path, offset, text, tree, wanted) else None

    def _fits(self, path: Path, offset: int, text: str, tree: Expr, wanted: Kind | None) -> bool:
        unknown = [name for name in names(tree) if name not in self.remembers and name not in BUILT_IN]
        try:
            kind = kind_of(tree, self.remembers)
        except NotAnExpression as wrong:
            at = max(text.find(unknown[0]), 0) if unknown else 0
            self._wrong(path, offset + at, text, wrong)
            return False
        if wanted is not None and kind.name != wanted.name:
            message = f"it gives a {kind.name}, and here a {wanted.name} is wanted"
            self._wrong(path, offset, text, NotAnExpression(0, message, "", "E122"))
            return False
        return True

    def _wrong(self, path: Path, offset: int, text: str, wrong: NotAnExpression) -> None:
        message = f"in '{text[:80]}': {wrong.message}"
        self.findings.tell_in_value(wrong.code, path, offset, message, wrong.hint)
