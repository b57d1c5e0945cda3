"""One test file to conversations: form first, then meaning. What has a mistake is left out and told; the rest is played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePosixPath

from bot.flowfile.amounts import clock, length_of_time
from bot.flowfile.conversation_fields import ACTS, FILE, GIVEN
from bot.flowfile.conversation_model import (
    ANY,
    FIRST_CONTACT,
    NOTHING_YET,
    Act,
    ByLanguage,
    CaseExpected,
    Edit,
    Expect,
    Given,
    Line,
    Moderate,
    Reply,
    Script,
    SendMedia,
    Start,
    StepName,
    Tap,
    Type,
    Until,
    Wait,
)
from bot.flowfile.document import Data, Document, Path, group, plain
from bot.flowfile.findings import Findings, did_you_mean
from bot.flowfile.folder import TEST
from bot.flowfile.problem import Problem
from bot.model.campaign import Campaign
from bot.model.levels import Level

Fields = dict[str, Data]


def read_scripts(document: Document, campaign: Campaign) -> tuple[tuple[Script, ...], list[Problem]]:
    """Return the conversations of a test file that have no mistake, and every mistake of the file."""
    findings = Findings(document)
    FILE.check(document.data, (), findings.tell)
    reader = _Reader(findings, campaign)
    scripts = tuple(reader.scripts()) if isinstance(document.data, dict) else ()
    broken = {path[1] for path in findings.wrong if len(path) > 1}
    return tuple(s for s in scripts if s.name not in broken), findings.problems


def flow_of(file: str) -> str:
    """Return the flow a test file is about: `flows/menu.test.yaml` is about `menu`."""
    return PurePosixPath(file).name.removesuffix(TEST)


@dataclass(slots=True)
class _Reader:
    findings: Findings
    campaign: Campaign
    flow: str = field(init=False)

    def __post_init__(self) -> None:
        self.flow = flow_of(self.findings.document.file)

    def scripts(self) -> Iterator[Script]:
        data = self.findings.document.data
        # What was told about form is not told twice.
        wrong = {path[1] for path in self.findings.wrong if len(path) > 1}
        for name, lines in group(data, "conversations").items() if isinstance(data, dict) else ():
            if name not in wrong and isinstance(lines, list):
                yield self._script(name, lines)

    def _script(self, name: str, lines: list[Data]) -> Script:
        at: Path = ("conversations", name)
        read = tuple(self._line((*at, i), fields) for i, fields in enumerate(lines) if isinstance(fields, dict))
        if not isinstance(read[0].act, Start):
            hint = f"as in '- start: {self.flow}'"
            self.findings.tell("E702", (*at, 0), "the first line does not say where the conversation starts", hint)
        document = self.findings.document
        return Script(document.file, document.place(at)[0], name, read)

    def _line(self, at: Path, fields: Fields) -> Line:
        acts = [name for name in ACTS if name in fields and (name != "at" or "start" not in fields)]
        if len(acts) > 1:
            message = f"the line does two things: {' and '.join(acts)}"
            self.findings.tell("E701", at, message, "begin each with its own '- '")
        elif not acts and "expect" not in fields:
            self.findings.tell("E701", at, "the line does nothing", f"it needs one of: {', '.join((*ACTS, 'expect'))}")
        self._only_with(at, fields, "start", tuple(GIVEN))
        self._only_with(at, fields, "send", ("caption",))
        act = self._act(at, acts[0], fields) if acts else None
        expect = fields.get("expect")
        line = self.findings.document.place(at)[0]
        return Line(line, act, self._expect((*at, "expect"), expect) if isinstance(expect, dict) else None)

    def _only_with(self, at: Path, fields: Fields, act: str, names: tuple[str, ...]) -> None:
        for name in names if act not in fields else ():
            if name in fields:
                self.findings.tell("E701", (*at, name), f"'{name}' stands only in a line with '{act}'")

    def _act(self, at: Path, name: str, fields: Fields) -> Act:
        match name:
            case "start":
                return self._start(at, fields)
            case "tap":
                return Tap(self._texts((*at, "tap"), fields["tap"]))
            case "type":
                return Type(self._texts((*at, "type"), fields["type"]))
            case "edit":
                return Edit(self._texts((*at, "edit"), fields["edit"]))
            case "at":
                return Until(clock(plain(fields, "at")))
            case "moderator":
                return Moderate(plain(fields, "moderator"))
            case "reply":
                return Reply(self._texts((*at, "reply"), fields["reply"]))
            case "send":
                return SendMedia(plain(fields, "send"), plain(fields, "caption"))
            case _:
                return Wait(length_of_time(plain(fields, "after")) or timedelta())

    def _start(self, at: Path, fields: Fields) -> Start:
        if at[-1] != 0:
            self.findings.tell("E702", at, "'start' stands only in the first line", "begin another conversation")
        where = plain(fields, "start")
        if not where.startswith("/") and where not in (FIRST_CONTACT, NOTHING_YET, *self.campaign.flows):
            hint = did_you_mean(where, (FIRST_CONTACT, NOTHING_YET, *self.campaign.flows))
            self.findings.tell("E206", (*at, "start"), f"there is no flow '{where[:60]}'", hint)
        if language := plain(fields, "language"):
            self._known_language((*at, "language"), language)
        kept = {name: str(value) for name, value in group(fields, "remembers").items()}
        given = {name: plain(fields, name) for name in GIVEN if name in fields and name != "remembers"}
        return Start(where, Given(**given, remembers=kept, at=plain(fields, "at")))

    def _known_language(self, at: Path, language: str) -> None:
        if language not in self.campaign.languages:
            hint = did_you_mean(language, self.campaign.languages)
            self.findings.tell("E105", at, f"the campaign does not speak '{language[:20]}'", hint)

    def _texts(self, at: Path, value: Data) -> ByLanguage:
        if not isinstance(value, dict):
            return {ANY: str(value).strip()}
        for language in value:
            self._known_language((*at, language), language)
        return {language: str(each).strip() for language, each in value.items()}

    def _expect(self, at: Path, fields: Fields) -> Expect:
        document = self.findings.document
        quiet = plain(fields, "quiet")
        return Expect(
            lines={name: document.place((*at, name))[0] for name in fields},
            step=self._step((*at, "step"), plain(fields, "step")) if "step" in fields else None,
            passed=tuple(self._step(where, text) for where, text in _each((*at, "passed"), fields.get("passed"))),
            says=tuple(self._texts(where, text) for where, text in _each((*at, "says"), fields.get("says"))),
            buttons=_listed(fields["buttons"]) if "buttons" in fields else None,
            stars=int(plain(fields, "stars")) if "stars" in fields else None,
            remembers={name: str(value) for name, value in group(fields, "remembers").items()},
            case=_case(fields["case"]) if "case" in fields else None,
            quiet=quiet == "true" if quiet else None,
        )

    def _step(self, at: Path, value: Data) -> StepName:
        first, slash, second = str(value).strip().partition("/")
        flow_id, step = (first, second) if slash else (self.flow, first)
        flow = self.campaign.flows.get(flow_id)
        if flow is None:
            hint = did_you_mean(flow_id, self.campaign.flows)
            self.findings.tell("E206", at, f"there is no flow '{flow_id[:60]}'", hint)
        elif step not in flow.steps:
            hint = did_you_mean(step, flow.steps)
            self.findings.tell("E103", at, f"the flow '{flow_id}' has no step '{step[:60]}'", hint)
        return flow_id, step


def _each(at: Path, value: Data | None) -> Iterator[tuple[Path, Data]]:
    """Yield the entries of a list, or the one thing that stands there instead."""
    if isinstance(value, list):
        yield from (((*at, index), item) for index, item in enumerate(value))
    elif value is not None:
        yield at, value


def _listed(value: Data) -> tuple[str, ...]:
    return tuple(str(item).strip() for item in value) if isinstance(value, list) else ()


def _case(value: Data) -> CaseExpected:
    if not isinstance(value, dict):
        return CaseExpected(there=False)
    level, shown = plain(value, "level"), plain(value, "shown")
    return CaseExpected(
        level=Level(level) if level else None,
        category=plain(value, "category") or None,
        shown=shown == "true" if shown else None,
    )
