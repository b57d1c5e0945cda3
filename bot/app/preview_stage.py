"""The running campaign and its mistakes, as the staff panel lists them."""

from __future__ import annotations

from bot.flowfile.graph.from_flow import KINDS
from bot.flowfile.problem import ERROR, Problem
from bot.model.campaign import Campaign
from bot.model.flow import Ask, Flow, Handoff, Quiz, RunFlow, Say, Step, Variable
from bot.model.levels import AGE_BANDS, COUNTRIES
from bot.simulator.preview import FlowInfo, Mistake, Remembered, Stage, StepInfo

LONGEST = 48
MOST_NUMBERS = 12


def stage_of(campaign: Campaign) -> Stage:
    """Return what can be started, and as whom."""
    flows = tuple(_flow(flow) for flow in campaign.flows.values())
    return Stage(campaign.version, flows, campaign.languages, COUNTRIES, AGE_BANDS)


def mistake(problem: Problem) -> Mistake:
    """Return a problem with its place in one line."""
    step = f", step '{problem.step}'" if problem.step else ""
    place = f"{problem.file}:{problem.line}{step}"
    return Mistake(problem.code, place, problem.message, problem.hint, problem.severity == ERROR)


def _flow(flow: Flow) -> FlowInfo:
    steps = tuple(StepInfo(name, KINDS[type(step)], _begins(step)) for name, step in flow.steps.items())
    remembers = tuple(Remembered(name, _options(v), v.private) for name, v in flow.remembers.items())
    return FlowInfo(flow.id, flow.title.source, steps, remembers)


def _begins(step: Step) -> str:
    text = ""
    match step:
        case Say() | Ask() | Quiz():
            text = step.words.source
        case Handoff():
            text = step.open.source
        case RunFlow():
            text = step.flow or ", ".join(step.menus)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _options(variable: Variable) -> tuple[str, ...]:
    """Return the values to choose from; nothing where any may be written."""
    if variable.kind == "number" and variable.high - variable.low < MOST_NUMBERS:
        return tuple(map(str, range(variable.low, variable.high + 1)))
    return variable.options
