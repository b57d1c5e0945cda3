"""Where one can get to from a step: the picture of a flow that several checks walk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.model.flow import Ask, Choice, Decide, Flow, Quiz, Step

Node = tuple[str, str]
"""Flow and step."""

END = "done"


def waits(step: Step) -> bool:
    """Return whether the engine stops here for her answer."""
    return isinstance(step, Ask | Quiz)


def ways(flow: Flow) -> dict[str, list[str]]:
    """Return for each step where it can lead: steps, `done`, `@flow`. A step that runs off the end leads to ''."""
    ids = list(flow.steps)
    after = dict(zip(ids, [*ids[1:], ""], strict=True))
    return {name: list(dict.fromkeys(_ways(step, after[name]))) for name, step in flow.steps.items()}


def _ways(step: Step, below: str) -> Iterable[str]:
    usual = END if step.end else step.go or below
    match step:
        case Decide():
            yield from (to for _, to in step.branches)
            if not any(condition is None for condition, _ in step.branches):
                yield usual
        case Ask():
            yield from _choices(step.choices, usual)
            yield from (step.not_understood,) if step.not_understood else ()
        case Quiz():
            yield from _choices(step.choices, usual)
        case _:
            yield usual


def _choices(choices: tuple[Choice, ...], usual: str) -> Iterable[str]:
    yield from (choice.to or usual for choice in choices)
    if not choices:
        yield usual


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
