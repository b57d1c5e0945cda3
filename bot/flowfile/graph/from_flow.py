"""One flow as a picture: its steps as people would read them, buttons and conditions on the arrows."""

from __future__ import annotations

from collections.abc import Iterable

from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.graph.picture import Kind, Node, Picture, Sketch
from bot.flowfile.graph.reading import Reading, written
from bot.flowfile.graph.starting import ways_in
from bot.flowfile.problem import Problem
from bot.model.flow import Ask, Choice, Decide, Handoff, Pick, Quiz, RunFlow, Say, Set, Step

KINDS: dict[type[Step], Kind] = {
    Say: "say",
    Ask: "ask",
    Quiz: "quiz",
    Decide: "decide",
    Set: "set",
    RunFlow: "run",
    Handoff: "handoff",
    Pick: "pick",
}
START = "!start"
END = "done"
Way = tuple[str, str | None, bool]
"""A label, where it leads (None: the step's own way on), and whether nobody chose it."""


def picture_of_flow(campaign: Draft, flow: str, problems: Iterable[Problem] = (), language: str = "") -> Picture:
    """Return the picture of a flow. Raises KeyError when there is none of that name."""
    return _Drawing(campaign, campaign.flows[flow], tuple(problems), language).picture()


class _Drawing:
    def __init__(self, campaign: Draft, draft: FlowDraft, problems: tuple[Problem, ...], language: str) -> None:
        self.campaign, self.draft, self.flow = campaign, draft, draft.flow
        self.problems = [p for p in problems if p.file == draft.document.file]
        self.read = Reading(campaign, language)
        self.sketch = Sketch()
        ids = draft.step_ids
        self.below = dict(zip(ids, [*ids[1:], END], strict=True)) if ids else {}

    def picture(self) -> Picture:
        self._begin()
        for step in self.draft.step_ids:
            self.sketch.add(self._node(step))
        for step in self.draft.step_ids:
            self._ways(step)
        rest = [p for p in self.problems if p.step not in self.below]
        return self.sketch.finished(self.read(self.flow.title), rest)

    def _begin(self) -> None:
        text = " · ".join(ways_in(self.campaign, self.flow))
        note = "each question leads to a person, too" if self.flow.talk else ""
        self.sketch.add(Node(START, "start", self.flow.id, text or "from other flows", note))
        if self.draft.step_ids:
            self.sketch.join(START, self.draft.step_ids[0])

    def _node(self, name: str) -> Node:
        step, problems = self.flow.steps.get(name), tuple(p for p in self.problems if p.step == name)
        if step is None:
            return Node(name, "broken", name, problems=problems)
        condition = written(self.draft, name, "if")
        return Node(
            id=name,
            kind=KINDS[type(step)],
            name=name,
            text=self._text(step),
            note=f"only if {condition}" if condition else "",
            ends=self._usual(name) == END and not isinstance(step, Decide | Ask | Quiz),
            problems=problems,
        )

    def _text(self, step: Step) -> str:
        match step:
            case Say() | Ask() | Quiz():
                return self.read(step.words)
            case Handoff():
                return self.read(step.open)
            case Pick():
                return " / ".join(self.read(tip) for tip in step.tips.values())
            case RunFlow():
                return self._title(step.flow) if step.flow else f"one story of {', '.join(step.menus)}"
            case Set():
                return ", ".join(f"{name} = {written(self.draft, step.id, 'set', name)}" for name, _ in step.values)
        return ""

    def _title(self, flow: str) -> str:
        found = self.campaign.flows.get(flow)
        return self.read(found.flow.title) if found is not None else flow

    def _usual(self, name: str) -> str:
        step = self.flow.steps.get(name)
        if step is None:
            return self.below[name]
        return END if step.end else step.go or self.below[name]

    def _ways(self, name: str) -> None:
        step = self.flow.steps.get(name)
        ways = list(self._said(step)) if step is not None else [("", None, True)]
        for label, target, faint in ways:
            self._way(name, label, self._usual(name) if target is None else target, faint=faint)
        if step is not None and step.when is not None and all(target for _, target, _ in ways):
            self._way(name, "left out", self._usual(name), faint=True)

    def _said(self, step: Step) -> Iterable[Way]:
        match step:
            case Ask():
                yield from ((self._label(choice), choice.to, False) for choice in step.choices)
                yield from () if step.choices else (("any answer", None, False),)
                yield from (("not understood", step.not_understood, True),) if step.not_understood else ()
            case Quiz():
                for choice in step.choices:
                    right = " ✓" if choice.id == step.correct else ""
                    yield f"{self.read(choice.label)}{right}", choice.to, False
            case Decide():
                for place, (_, to) in enumerate(step.branches):
                    condition = written(self.draft, step.id, "decide", place).rpartition("->")[0].strip()
                    yield condition or "else", to, False
            case _:
                yield "", None, False

    def _label(self, choice: Choice) -> str:
        """A tap that counts like a worrying message shows its level."""
        return self.read(choice.label) + (f" ⚑\u00a0{choice.signal.level}" if choice.signal else "")

    def _way(self, name: str, label: str, target: str, *, faint: bool) -> None:
        node = self.sketch.nodes[name]
        if target == END:
            if node.ends and not label:
                return
            self.sketch.add(Node(f"{name}>{END}", "end"))
            self.sketch.join(name, f"{name}>{END}", label, faint=faint)
        elif target.startswith("@"):
            self._visit(name, label, target[1:], faint=faint)
        else:
            if target not in self.below:
                self.sketch.add(Node(target, "missing", target, problems=()))
            self.sketch.join(name, target, label, faint=faint)

    def _visit(self, name: str, label: str, flow: str, *, faint: bool) -> None:
        """Another flow is played, and comes back to the step's own way on."""
        there = f"{name}>@{flow}"
        back = self._usual(name)
        if back.startswith("@"):
            back = self.below[name]
        kind: Kind = "flow" if flow in self.campaign.flows else "missing"
        again = "then back here" if back == name else ""
        self.sketch.add(Node(there, kind, flow, self._title(flow), note=again, ends=back == END))
        self.sketch.join(name, there, label, faint=faint)
        if back not in (name, END):
            self._way(there, "", back, faint=True)
