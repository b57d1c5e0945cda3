"""W407: at most three messages come in a row, also through the flows a flow runs; what is more is joined into one long one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.problem import Problem
from bot.flowfile.ways import END, targets
from bot.model.flow import Ask, Handoff, Pick, Quiz, RunFlow, Say, Step

MOST = 3
SPEAKS = (Say, Ask, Quiz, Handoff, Pick)
HINT = "put an 'ask' with a button like 'Go on' before it, or make two texts one"


@dataclass(frozen=True, slots=True)
class Row:
    """What a flow brings to who comes into it: at most so many messages before her first tap; how many when it ends without
    a tap; how many since her last tap when it ends after one."""

    first: int = 0
    through: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()


NOTHING = Row(through=frozenset({0}))
Rows = Mapping[str, Row]


def check(draft: Draft) -> Iterator[Problem]:
    """Return a warning for each step that is, or brings, a fourth message since she last tapped."""
    walks = _walks(draft.flows)
    for name, flow in draft.flows.items():
        if not walks[name].fourth:
            continue
        for step in sorted(walks[name].fourth, key=list(flow.flow.steps).index):
            brings = walks[name].fourth[step]
            message = f"comes as message number {MOST + 1} without a tap of hers in between"
            message += f", counting those of the flow '{brings}'" if brings else ""
            yield flow.problem("W407", ("steps", step), message, HINT)


def _walks(flows: Mapping[str, FlowDraft]) -> dict[str, _Walk]:
    """Return each flow walked through. What the others bring to it is found by walking until nothing changes any more."""
    rows: dict[str, Row] = {}
    walks: dict[str, _Walk] = {}
    todo = dict.fromkeys(flows)
    users = _users(flows)
    while todo:
        name = next(iter(todo))
        del todo[name]
        walks[name] = _walked(flows[name], rows)
        if walks[name].row != rows.get(name):
            rows[name] = walks[name].row
            todo.update(dict.fromkeys(users.get(name, ())))
    return walks


def _users(flows: Mapping[str, FlowDraft]) -> dict[str, set[str]]:
    """Return for each flow those that run it."""
    found: dict[str, set[str]] = {}
    for name, flow in flows.items():
        for used in _used(flow):
            found.setdefault(used, set()).add(name)
    return found


def _used(flow: FlowDraft) -> frozenset[str]:
    found: frozenset[str] = flow.once("runs", None, lambda: frozenset(_flows_in(flow)))
    return found


def _flows_in(flow: FlowDraft) -> Iterator[str]:
    yield from (step.flow for step in flow.flow.steps.values() if isinstance(step, RunFlow))
    yield from (to[1:] for ways in flow.ways.values() for to in ways if to.startswith("@"))


def _walked(flow: FlowDraft, rows: Rows) -> _Walk:
    known = tuple(sorted((name, rows[name]) for name in _used(flow) if name in rows))
    walk: _Walk = flow.once("in a row", tuple(map(repr, known)), lambda: _walk_of(flow, dict(known)))
    return walk


def _walk_of(flow: FlowDraft, rows: Rows) -> _Walk:
    walk = _Walk(flow.flow.steps, rows)
    if not flow.broken and flow.flow.steps:
        walk.run()
    return walk


Here = tuple[str, int, bool, str]
"""A step, how many messages came since her last tap (or since the flow began), whether she has tapped in this flow, and
the flow that brought some of them."""


@dataclass(slots=True)
class _Walk:
    """All ways through one flow. `fourth`: the steps where a fourth message comes, with the flow that brings it or ''."""

    steps: Mapping[str, Step]
    rows: Rows
    fourth: dict[str, str] = field(default_factory=dict)
    row: Row = NOTHING
    _seen: set[Here] = field(default_factory=set)
    _todo: list[Here] = field(default_factory=list)
    _first: int = 0
    _ends: set[tuple[int, bool]] = field(default_factory=set)

    def run(self) -> None:
        """Go every way there is."""
        below = dict(zip(self.steps, [*list(self.steps)[1:], END], strict=False))
        self._todo.append((next(iter(self.steps)), 0, False, ""))
        while self._todo:
            here = self._todo.pop()
            if here not in self._seen:
                self._seen.add(here)
                self._from(here, below[here[0]])
        through = frozenset(said for said, tapped in self._ends if not tapped)
        self.row = Row(self._first, through, frozenset(said for said, tapped in self._ends if tapped))

    def _from(self, here: Here, below: str) -> None:
        name, said, tapped, by = here
        step = self.steps[name]
        said = min(said + isinstance(step, SPEAKS), MOST + 1)
        if not tapped:
            self._first = max(self._first, said)
        if said > MOST:
            self.fourth.setdefault(name, by)
            return
        if isinstance(step, Ask | Quiz):
            said, tapped, by = int(_answers(step)), True, ""
        for flow, to in _next(step, below):
            self._into((name, said, tapped, by), flow, to)

    def _into(self, here: Here, flow: str, to: str) -> None:
        """Play the flow that comes first, if one does, and go on from what it brought."""
        name, said, tapped, by = here
        row = self.rows.get(flow, NOTHING) if flow else NOTHING
        if said and row.first <= MOST < said + row.first:
            self.fourth.setdefault(name, flow)
        if not tapped:
            self._first = max(self._first, min(said + row.first, MOST))
        for more in row.through:
            self._go((to, said + more, tapped, flow if more else by))
        for since in row.last:
            self._go((to, since, True, flow))

    def _go(self, here: Here) -> None:
        """Go to a step or out. Where a fourth message came already, that was told, and nothing more is."""
        to, said, tapped, _ = here
        if said > MOST:
            return
        if to in self.steps:
            self._todo.append(here)
        else:
            self._ends.add((said, tapped))


def _answers(step: Ask | Quiz) -> bool:
    """Return whether a tap brings words of its own: a quiz does, unless it is asked before the story."""
    before = isinstance(step, Quiz) and step.counts is not None and step.counts.when == "before"
    return isinstance(step, Quiz) and bool(step.feedback) and not before


def _next(step: Step, below: str) -> Iterable[tuple[str, str]]:
    """Return for each way on the flow that is played first, or '', and the step that follows."""
    usual = END if step.end else step.go or below
    if isinstance(step, RunFlow):
        yield step.flow, usual
        return
    for target in targets(step):
        if target is None and usual.startswith("@"):
            yield usual[1:], below
        elif target is not None and target.startswith("@"):
            yield target[1:], usual
        else:
            yield "", target or usual
