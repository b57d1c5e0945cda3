"""Where one can get to from a step: the picture of a flow that several checks walk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.model.flow import Ask, Decide, Flow, Quiz, Step

Node = tuple[str, str]
"""Flow and step."""

END = "done"


def waits(step: Step) -> bool:
    """Return whether the engine always stops here for her answer. A quiz is left out while she is careful."""
    return isinstance(step, Ask) and step.when is None


def ways(flow: Flow) -> dict[str, list[str]]:
    """Return for each step where it can lead: steps, `done`, `@flow`. A step that runs off the end leads to ''."""
    ids = list(flow.steps)
    after = dict(zip(ids, [*ids[1:], ""], strict=False))
    return {name: list(dict.fromkeys(_ways(step, after[name]))) for name, step in flow.steps.items()}


def _ways(step: Step, below: str) -> Iterable[str]:
    usual = END if step.end else step.go or below
    for target in targets(step):
        yield target or usual
        if target is not None and target.startswith("@"):
            # Another flow is run and comes back to the step's own way on.
            yield usual or END
    if step.go is not None and step.go.startswith("@"):
        yield below or END
    if step.when is not None:
        yield usual


def targets(step: Step) -> Iterable[str | None]:
    """Return what a step says about where it goes; None is its own way on."""
    match step:
        case Decide():
            yield from (to for _, to in step.branches)
            yield from () if any(condition is None for condition, _ in step.branches) else (None,)
        case Ask():
            yield from (choice.to for choice in step.choices) if step.choices else (None,)
            yield from (step.not_understood,) if step.not_understood else ()
        case Quiz():
            yield from (choice.to for choice in step.choices)
            yield None  # while she is careful, a quiz is left out
        case _:
            yield None


def reached(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Return everything that can be got to from these, themselves included."""
    seen: set[str] = set()
    todo = list(start)
    while todo:
        if (here := todo.pop()) not in seen:
            seen.add(here)
            todo.extend(edges.get(here, ()))
    return seen


def circles(edges: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """Return circles, one for each place where a walk comes back to where it already is. Does not recurse."""
    state: dict[Node, int] = {}
    found: list[list[Node]] = []
    for start in edges:
        if start in state:
            continue
        trail, stack = [start], [iter(edges[start])]
        state[start] = 1
        while stack:
            ahead = next(stack[-1], None)
            if ahead is None:
                stack.pop()
                state[trail.pop()] = 2
            elif state.get(ahead) == 1:
                found.append(trail[trail.index(ahead) :])
            elif ahead not in state:
                state[ahead] = 1
                trail.append(ahead)
                stack.append(iter(edges.get(ahead, ())))
    return found
