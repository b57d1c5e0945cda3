"""One flow file to a draft of its flow: form first, then meaning step by step; a broken step does not hide the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Literal

from bot.flowfile.amounts import number_range
from bot.flowfile.bench import Bench
from bot.flowfile.document import Data, Document, group, plain
from bot.flowfile.draft import FlowDraft, Use
from bot.flowfile.expressions import NotAnExpression, parse
from bot.flowfile.fields import FLOW
from bot.flowfile.findings import Findings
from bot.flowfile.hashing import step_hash
from bot.flowfile.kinds import BUILT_IN
from bot.flowfile.problem import Problem
from bot.flowfile.steps import build_step
from bot.model.flow import Flow, Starts, Step, Variable


def read_flow(document: Document) -> tuple[FlowDraft | None, list[Problem]]:
    """Return the draft (None when there is nothing to build on) and all problems of the file alone."""
    findings = Findings(document)
    FLOW.check(document.data, (), findings.tell)
    if not isinstance(document.data, dict):
        return None, findings.problems
    data, broken = document.data, _broken(document, findings)
    name = plain(data, "flow") or PurePosixPath(document.file).stem
    bench = Bench(name, findings, _remembers(findings, group(data, "remembers"), broken))
    return _draft(bench, document, data, broken), findings.problems


def _broken(document: Document, findings: Findings) -> frozenset[str]:
    """Return the names of steps and variables whose form is wrong."""
    wrong = {p.step for p in findings.problems if p.code != "E101" and p.step}
    places = {(p.line, p.column) for p in findings.problems if p.code != "E101"}
    for path, place in document.keys.items():
        if place in places and len(path) > 1 and path[0] in ("remembers", "starts"):
            wrong.add(f"{path[0]}/{path[1]}")
    return frozenset(wrong)


def _draft(bench: Bench, document: Document, data: dict[str, Data], broken: frozenset[str]) -> FlowDraft:
    title = bench.words(("title",), "title", plain(data, "title") or bench.flow, "title")
    starts = _starts(bench, data, broken)
    steps = _steps(bench, group(data, "steps"), broken)
    moved = {key: str(to) for key, to in group(data, "moved").items()}
    sensitive = data.get("sensitive") == "true"
    flow = Flow(bench.flow, title, steps, starts, sensitive, bench.remembers, moved)
    ids = tuple(group(data, "steps"))
    return FlowDraft(
        document, flow, ids, broken & frozenset(ids), tuple(bench.spots), tuple(bench.jumps), tuple(bench.runs),
        tuple(bench.lists), tuple(bench.media), tuple(bench.menus),
    )  # fmt: skip


def _steps(bench: Bench, written: dict[str, Data], broken: frozenset[str]) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    for name, fields in written.items():
        if name == "done":
            bench.tell("E108", ("steps", name), "no step can be called 'done'", "'done' is the end of a flow")
        if name in broken or not isinstance(fields, dict):
            continue
        step = build_step(bench, ("steps", name), fields)
        steps[name] = replace(step, hash=step_hash(step, plain(fields, "menu")))
    return steps


def _starts(bench: Bench, data: dict[str, Data], broken: frozenset[str]) -> Starts:
    written = {k: v for k, v in group(data, "starts").items() if f"starts/{k}" not in broken}
    hits = written.get("hits")
    if words := plain(written, "words"):
        bench.lists.append(Use(("starts", "words"), words))
    menu, link = plain(written, "menu"), plain(written, "link")
    return Starts(menu, words, link, tuple(str(hit) for hit in hits) if isinstance(hits, list) else ())


def _remembers(findings: Findings, written: dict[str, Data], broken: frozenset[str]) -> dict[str, Variable]:
    found: dict[str, Variable] = {}
    for name, value in written.items():
        if f"remembers/{name}" not in broken and isinstance(value, dict):
            found[name] = _variable(findings, name, value)
    return found


def _variable(findings: Findings, name: str, value: dict[str, Data]) -> Variable:
    at = ("remembers", name)
    kinds = [kind for kind in ("one_of", "number", "text") if kind in value]
    if len(kinds) != 1:
        hint = "one of: one_of: [yes, no] · number: 0..5 · text: true"
        findings.tell("E104", at, f"'{name}' does not say what kind of answer it is", hint)
    if name in BUILT_IN or _reserved(name):
        findings.tell("E108", at, f"'{name}' has a meaning already", "choose another name")
    private = value.get("private") == "true"
    if private and "keep" not in value:
        findings.tell("W305", at, f"'{name}' is private and does not say how long it is kept", "add keep: 1 day")
    return _typed(findings, name, value, private)


def _typed(findings: Findings, name: str, value: dict[str, Data], private: bool) -> Variable:
    keep: Literal["profile", "day"] = "profile" if value.get("keep") == "profile" else "day"
    if isinstance(options := value.get("one_of"), list):
        return Variable("one_of", tuple(str(option) for option in options), private=private, keep=keep)
    if "number" in value:
        span = number_range(str(value["number"]))
        if span is None:
            findings.tell("E104", ("remembers", name, "number"), "the range goes from more to less", "as in 0..5")
        low, high = span or (0, 0)
        return Variable("number", low=low, high=high, private=private, keep=keep)
    return Variable("text", private=private, keep=keep)


def _reserved(name: str) -> bool:
    try:
        return parse(name).op != "name" or name in ("n", "helpline", "read_by", "opens_at", "else", "min", "max")
    except NotAnExpression:
        return True
