"""Whether a conversation went as its test says: each expectation against what came, told in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.flowfile.conversation_model import ByLanguage, CaseExpected, Expect, StepName, said_in
from bot.model.case import Case
from bot.work.rehearsal.brought import Brought
from bot.work.rehearsal.rehearsal import Rehearsal

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Moment:
    """The conversation after a line, and what that line brought."""

    chat: Rehearsal
    brought: Brought
    flow: str  # the flow that the test is about: its steps are named without it


def judge(expect: Expect, moment: Moment) -> Iterator[tuple[int, str]]:
    """Yield line and sentence for each thing that is not as it was expected."""
    for name, line in expect.lines.items():
        for sentence in JUDGES[name](expect, moment):
            yield line, sentence


def _step(expect: Expect, moment: Moment) -> Iterator[str]:
    if expect.step is not None and moment.chat.place != expect.step:
        at = moment.chat.place
        came = f"she is at '{_named(at, moment)}'" if at else "she is nowhere yet"
        yield f"expected her at step '{_named(expect.step, moment)}', but {came}"


def _named(step: StepName, moment: Moment) -> str:
    return step[1] if step[0] == moment.flow else "/".join(step)


def _passed(expect: Expect, moment: Moment) -> Iterator[str]:
    came = iter(moment.brought.passed)
    missing = next((step for step in expect.passed if step not in came), None)
    if missing is not None:
        way = ", ".join(_named(step, moment) for step in moment.brought.passed) or "nothing was played"
        yield f"expected step '{_named(missing, moment)}' on the way, but the way was: {way}"


def _says(expect: Expect, moment: Moment) -> Iterator[str]:
    for texts in expect.says:
        wanted, heard = _compared(texts, moment)
        if _plain(wanted) not in _plain(heard):
            yield f'expected the words "{wanted}", but the bot said: {_quoted(heard)}'


def _compared(texts: ByLanguage, moment: Moment) -> tuple[str, str]:
    """Return wanted and said words in one language: hers where the test has them, else English."""
    language = moment.chat.language
    hers = language in texts and language != "en"
    return said_in(language, texts), "\n".join(moment.brought.said if hers else moment.brought.english)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _quoted(text: str) -> str:
    short = " ".join(text.split())
    return f'"{short[:LONGEST]}{"…" if len(short) > LONGEST else ""}"' if short else "nothing"


def _buttons(expect: Expect, moment: Moment) -> Iterator[str]:
    wanted, there = expect.buttons or (), moment.brought.buttons
    if len(wanted) < len(there):
        there = moment.brought.choices
    if len(wanted) != len(there) or not all(b.means(name) for b, name in zip(there, wanted, strict=True)):
        came = f"there are: {_listed(b.id or b.label for b in there)}" if there else "there are none"
        yield f"expected the buttons {_listed(wanted)}, but {came}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _stars(expect: Expect, moment: Moment) -> Iterator[str]:
    came = moment.chat.remembered("stars") or "0"
    if str(expect.stars) != came:
        yield f"expected {expect.stars} stars, but she has {came}"


def _remembers(expect: Expect, moment: Moment) -> Iterator[str]:
    for name, wanted in expect.remembers.items():
        came = moment.chat.remembered(name) or "none"
        if came != wanted:
            yield f"expected '{name}' to be {wanted}, but it is {came}"


def _case(expect: Expect, moment: Moment) -> Iterator[str]:
    wanted, case = expect.case, moment.chat.case
    if wanted is not None and not _fits(wanted, case):
        yield f"expected {_wanted_case(wanted)}, but {_there(case)}"


def _fits(wanted: CaseExpected, case: Case | None) -> bool:
    if case is None or not wanted.there:
        return (case is not None) == wanted.there
    same = wanted.level in (None, case.level) and wanted.category in (None, case.category)
    return same and wanted.shown in (None, case.shown_at is not None)


def _wanted_case(wanted: CaseExpected) -> str:
    if not wanted.there:
        return "no case"
    seen = {None: "", True: "that the desk sees", False: "that the desk does not see yet"}[wanted.shown]
    return " ".join(filter(None, ("a case", wanted.level, wanted.category, seen)))


def _there(case: Case | None) -> str:
    if case is None:
        return "there is none"
    seen = "the desk sees it" if case.shown_at else "the desk does not see it yet"
    return f"there is one: {case.level} {case.category} ({seen})"


def _quiet(expect: Expect, moment: Moment) -> Iterator[str]:
    said = "\n".join(moment.brought.english)
    if expect.quiet and moment.brought.said:
        yield f"expected the bot to be quiet, but it said: {_quoted(said)}"
    elif expect.quiet is False and not moment.brought.said:
        yield "expected the bot to say something, but it was quiet"


JUDGES: dict[str, Callable[[Expect, Moment], Iterator[str]]] = {
    "step": _step,
    "passed": _passed,
    "says": _says,
    "buttons": _buttons,
    "stars": _stars,
    "remembers": _remembers,
    "case": _case,
    "quiet": _quiet,
}
