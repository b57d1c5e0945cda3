"""W222 to W225: a question counted before and after a story is asked both times, the same, with the story between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.flowfile.checks.look import Look
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem
from bot.flowfile.ways import reached
from bot.model.flow import Ask, Pick, Quiz, RunFlow, Say

Asked = Mapping[str, Quiz]
"""The steps that ask one question at one time."""

TELLING = (Say, Ask, Pick, RunFlow)


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each question whose counts would not show what was learnt."""
    counted = {name: step for name, step in look.flow.flow.steps.items() if isinstance(step, Quiz) and step.counts}
    for question in sorted({step.counts.question for step in counted.values() if step.counts}):
        before, after = (_asked(counted, question, when) for when in ("before", "after"))
        if before and after:
            yield from _differs(look, before, after)
            yield from _misplaced(look, before, after)
        else:
            yield _alone(look, question, before or after, counted)
    yield from _told(look, counted)


def _asked(counted: Asked, question: str, when: str) -> Asked:
    return {n: s for n, s in counted.items() if s.counts and (s.counts.question, s.counts.when) == (question, when)}


def _alone(look: Look, question: str, asked: Asked, counted: Asked) -> Problem:
    name, step = next(iter(asked.items()))
    when = step.counts.when if step.counts else ""
    other = "after" if when == "before" else "before"
    others = [s.counts.question for s in counted.values() if s.counts and s.counts.when == other]
    hint = did_you_mean(question, others) or f"add a quiz with counts: {{question: {question}, when: {other}}}"
    message = f"'{question}' is counted {when} the story, and never {other} it"
    return look.flow.problem("W222", ("steps", name, "counts"), message, hint)


def _differs(look: Look, before: Asked, after: Asked) -> Iterator[Problem]:
    """The order of the answers may change; what they are may not."""
    first, wanted = next((name, _answers(step)) for name, step in before.items())
    for name, step in (*before.items(), *after.items()):
        if _answers(step) != wanted:
            message = f"its answers are not those of '{first}', where the same question is counted"
            hint = f"write the same ids, labels and 'correct' as in '{first}'"
            yield look.flow.problem("W223", ("steps", name, "answers"), message, hint)


def _answers(step: Quiz) -> tuple[dict[str, str], str]:
    return {choice.id: choice.label.source for choice in step.choices}, step.correct


def _misplaced(look: Look, before: Asked, after: Asked) -> Iterator[Problem]:
    """She comes to 'after' by way of 'before', and something is told between the two."""
    first = next(iter(look.flow.flow.steps))
    past = reached(() if first in before else (first,), _without(look, before))
    untold = reached((way for name in before for way in look.ways[name]), _without(look, _telling(look)))
    untold -= _telling(look)
    for name in after:
        if name in past:
            message, hint = "can be reached without the question before the story", "ask it at the beginning"
        elif name in untold:
            message, hint = "nothing is told between this question and the one before", "put the story between them"
        else:
            continue
        yield look.flow.problem("W224", ("steps", name, "counts"), message, hint)


def _telling(look: Look) -> set[str]:
    return {name for name, step in look.flow.flow.steps.items() if isinstance(step, TELLING)}


def _without(look: Look, closed: Mapping[str, Quiz] | set[str]) -> Mapping[str, list[str]]:
    """Return the ways of the flow as if nobody could pass these steps."""
    return {
        name: [] if name in closed else [way for way in ways if way not in closed] for name, ways in look.ways.items()
    }


def _told(look: Look, counted: Asked) -> Iterator[Problem]:
    """Before a story nobody is told what is right."""
    for name, step in counted.items():
        for field in ("feedback", "score"):
            if step.counts and step.counts.when == "before" and getattr(step, field):
                message = f"'{field}' would tell what is right before the story, so it is left out"
                hint = f"take '{field}' away here; it belongs to the question after the story"
                yield look.flow.problem("W225", ("steps", name, field), message, hint)
