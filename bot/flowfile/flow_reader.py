"""One flow file to a draft of its flow: form first, then meaning step by step; a broken step does not hide the others."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

from bot.flowfile.amounts import number_range
from bot.flowfile.bench import Bench
from bot.flowfile.document import Data, Document, group, plain
from bot.flowfile.draft import FlowDraft, Use
from bot.flowfile.expressions import NotAnExpression, parse
from bot.flowfile.fields import FLOW
from bot.flowfile.findings import Findings
from bot.flowfile.kinds import BUILT_IN
from bot.flowfile.problem import Problem
from bot.flowfile.steps import build_step
from bot.model.flow import Flow, Starts, Step, Variable

Fields = dict[str, Data]

STORIES = "topics"
"""Menus of this name, and `topics_…`, hold stories: their questions lead to a person unless they say `talk: no`."""


def read_flow(document: Document) -> tuple[FlowDraft | None, list[Problem]]:
    """Return the draft (None when there is nothing to build on) and all problems of the file alone."""
    findings = Findings(document)
    FLOW.check(document.data, (), findings.tell)
    if not isinstance(document.data, dict):
        return None, findings.problems
    # Only what has the right form is built; what was told about form is not told twice.
    steps, starts, remembers = (_sound(findings, document.data, part) for part in ("steps", "starts", "remembers"))
    name = plain(document.data, "flow") or PurePosixPath(document.file).stem
    bench = Bench(name, findings, {key: _variable(findings, key, value) for key, value in remembers.items()})
    return _draft(bench, document, document.data, steps, starts), findings.problems


def _sound(findings: Findings, data: Fields, part: str) -> Fields:
    """Return the entries of a part of the file whose form is right."""
    wrong = {path[1] for path in findings.wrong if len(path) > 1 and path[0] == part}
    return {name: value for name, value in group(data, part).items() if name not in wrong}


def _draft(bench: Bench, document: Document, data: Fields, sound: Fields, begins: Fields) -> FlowDraft:
    title = bench.words(("title",), "title", plain(data, "title") or bench.flow, "title")
    starts = _starts(bench, begins)
    steps = _steps(bench, sound)
    moved = {key: str(to) for key, to in group(data, "moved").items()}
    sensitive = data.get("sensitive") == "true"
    talk = plain(data, "talk") or ("yes" if starts.menu.startswith(STORIES) else "no")
    flow = Flow(
        bench.flow, title, steps, starts, sensitive, bench.remembers, moved, talk == "yes", plain(data, "checked")
    )
    ids = tuple(group(data, "steps"))
    return FlowDraft(
        document, flow, ids, frozenset(ids) - frozenset(steps), tuple(bench.spots), tuple(bench.jumps), tuple(bench.runs),
        tuple(bench.lists), tuple(bench.media), tuple(bench.menus),
    )  # fmt: skip


def _steps(bench: Bench, written: Fields) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    for name, fields in written.items():
        if name == "done":
            bench.tell("E108", ("steps", name), "no step can be called 'done'", "'done' is the end of a flow")
        if isinstance(fields, dict):
            steps[name] = build_step(bench, ("steps", name), fields)
    return steps


def _starts(bench: Bench, written: Fields) -> Starts:
    hits = written.get("hits")
    if words := plain(written, "words"):
        bench.lists.append(Use(("starts", "words"), words))
    menu, link = plain(written, "menu"), plain(written, "link")
    return Starts(menu, words, link, tuple(str(hit) for hit in hits) if isinstance(hits, list) else ())


def _variable(findings: Findings, name: str, fields: Data) -> Variable:
    value = fields if isinstance(fields, dict) else {}
    at = ("remembers", name)
    kinds = [kind for kind in ("one_of", "number", "text", "seen") if kind in value]
    if len(kinds) != 1:
        hint = "one of: one_of: [yes, no] · number: 0..5 · text: true · seen: true"
        findings.tell("E104", at, f"'{name}' does not say what kind of answer it is", hint)
    if name in BUILT_IN or _reserved(name):
        findings.tell("E108", at, f"'{name}' has a meaning already", "choose another name")
    private = value.get("private") == "true"
    if private and "keep" not in value:
        findings.tell("W305", at, f"'{name}' is private and does not say how long it is kept", "add keep: 1 day")
    return _typed(findings, name, value, private)


def _typed(findings: Findings, name: str, value: Fields, private: bool) -> Variable:
    keep: Literal["profile", "day"] = "profile" if value.get("keep") == "profile" else "day"
    if isinstance(options := value.get("one_of"), list):
        return Variable("one_of", tuple(str(option) for option in options), private=private, keep=keep)
    if "number" in value:
        span = number_range(str(value["number"]))
        if span is None:
            findings.tell("E104", ("remembers", name, "number"), "the range goes from more to less", "as in 0..5")
        low, high = span or (0, 0)
        return Variable("number", low=low, high=high, private=private, keep=keep)
    return Variable("seen" if "seen" in value else "text", private=private, keep=keep)


def _reserved(name: str) -> bool:
    try:
        return parse(name).op != "name" or name in ("n", "helpline", "read_by", "opens_at", "else", "min", "max")
    except NotAnExpression:
        return True
