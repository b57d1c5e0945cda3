"""All conversations of a campaign played in every language, its word lists' examples heard, and what was never reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot import detect
from bot.flowfile import conversation_problems as told
from bot.flowfile.conversation_files import Places
from bot.flowfile.conversation_model import Script, StepName
from bot.flowfile.conversation_reader import flow_of
from bot.flowfile.problem import Problem
from bot.model.assessment import Context
from bot.model.campaign import Campaign, RiskFrame
from bot.model.flow import Ask, Quiz
from bot.work.rehearsal.brought import Brought
from bot.work.rehearsal.desk import NobodysCase
from bot.work.rehearsal.rehearsal import NoSuchButton, Rehearsal
from bot.work.rehearsal.verdict import Moment, judge

ButtonName = tuple[str, str, str]
"""Flow, step and choice."""


Failure = tuple[str, str, int, str]
"""File, conversation, line and sentence."""


@dataclass(slots=True)
class Played:
    """What playing conversations showed: how many, what failed, which steps were reached and which buttons tapped.

    `conversations` counts each language; `failed` says in which languages something was not as expected.
    """

    conversations: int = 0
    failed: dict[Failure, list[str]] = field(default_factory=dict)
    reached: set[StepName] = field(default_factory=set)
    tapped: set[ButtonName] = field(default_factory=set)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what failed, each once with its languages."""
        failures = self.failed.items()
        return tuple(told.failed((file, line), name, where, what) for (file, name, line, what), where in failures)


def play_all(campaign: Campaign, hearing: detect.Hearing, scripts: Iterable[Script]) -> Played:
    """Return what became of these conversations, each played in every language."""
    result = Played()
    for script in scripts:
        for language in _languages(campaign, script):
            play(campaign, hearing, script, language, result)
    return result


def _languages(campaign: Campaign, script: Script) -> tuple[str, ...]:
    only = script.start.given.language
    return (only,) if only else campaign.languages


def play(campaign: Campaign, hearing: detect.Hearing, script: Script, language: str, into: Played) -> None:
    """Play one conversation in one language until something is not as expected."""
    chat = Rehearsal(campaign, hearing, language)
    for line, sentence in next(filter(None, map(list, _lines(chat, script))), []):
        into.failed.setdefault((script.file, script.name, line, sentence), []).append(language)
    into.conversations += 1
    into.reached |= chat.reached
    into.tapped |= chat.tapped


def _lines(chat: Rehearsal, script: Script) -> Iterator[Iterator[tuple[int, str]]]:
    """Yield what each line finds; the caller stops at the first line that finds something."""
    brought = Brought()
    for line in script.lines:
        try:
            brought = chat.act(line.act) if line.act is not None else brought
        except NoSuchButton as missing:
            there = f"there are: {', '.join(missing.there[:12])}" if missing.there else "there are no buttons yet"
            yield iter([(line.line, f"she cannot tap '{missing.name}': {there}")])
            return
        except NobodysCase as wrong:
            yield iter([(line.line, str(wrong))])
            return
        if line.expect is not None:
            yield judge(line.expect, Moment(chat, brought, flow_of(script.file)))


@dataclass(frozen=True, slots=True)
class Listened:
    """How many example sentences of the word lists were heard, and which were heard wrongly."""

    sentences: int
    problems: tuple[Problem, ...]


def listen_all(campaign: Campaign, hearing: detect.Hearing, places: Places) -> Listened:
    """Return what the detector makes of every sentence under `catches` and `ignores`."""
    frames = [frame for file in campaign.words for frame in file.frames]
    problems = (problem for frame in frames for problem in _misheard(hearing, frame, places))
    return Listened(sum(len(f.catches) + len(f.ignores) for f in frames), tuple(problems))


def _misheard(hearing: detect.Hearing, frame: RiskFrame, places: Places) -> Iterator[Problem]:
    language, _, name = frame.id.partition(".")
    for number, text in enumerate(frame.catches):
        heard = detect.assess(hearing, text, Context())
        at = places.sentence(language, name, "catches", number)
        if frame.id not in heard.rules:
            yield told.not_heard(at, name, "this sentence is not heard")
        elif heard.level is None or frame.level.outranks(heard.level):
            yield told.not_heard(at, name, f"this is {frame.level}, but is heard as {heard.level or 'nothing'}")
    for number, text in enumerate(frame.ignores):
        heard = detect.assess(hearing, text, Context())
        if heard.level is not None:
            at = places.sentence(language, name, "ignores", number)
            yield told.heard_wrongly(at, name, f"this is heard as {heard.level} by {', '.join(heard.rules)}")


@dataclass(frozen=True, slots=True)
class FlowCoverage:
    """How much of one flow the conversations went through."""

    flow: str
    file: str
    steps: int
    reached: int
    buttons: int
    tapped: int
    problems: tuple[Problem, ...]


def coverage(campaign: Campaign, result: Played, places: Places, only: str = "") -> tuple[FlowCoverage, ...]:
    """Return for every flow (or only one) what was reached, with a warning at the line of each step and button that was not."""
    return tuple(_of_flow(campaign, name, result, places) for name in campaign.flows if only in ("", name))


def _of_flow(campaign: Campaign, name: str, result: Played, places: Places) -> FlowCoverage:
    steps = [(name, step) for step in campaign.flows[name].steps]
    buttons = list(_buttons_of(campaign, name))
    missed = [told.step_never_reached(places.step(*s), s[1]) for s in steps if s not in result.reached]
    missed += [told.button_never_tapped(places.button(*b), b[1], b[2]) for b in buttons if b not in result.tapped]
    return FlowCoverage(
        flow=name,
        file=places.step(name, "")[0],
        steps=len(steps),
        reached=len(result.reached.intersection(steps)),
        buttons=len(buttons),
        tapped=len(result.tapped.intersection(buttons)),
        problems=tuple(missed),
    )


def _buttons_of(campaign: Campaign, name: str) -> Iterator[ButtonName]:
    for step in campaign.flows[name].steps.values():
        if isinstance(step, Ask | Quiz):
            yield from ((name, step.id, choice.id) for choice in step.choices)
