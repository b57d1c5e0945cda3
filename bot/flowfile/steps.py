"""One step of a file to one step of the engine, a function per kind. Form was checked before: here only meaning is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.flowfile.amounts import length_of_time
from bot.flowfile.bench import Bench
from bot.flowfile.choices import can_be_saved, choices
from bot.flowfile.document import Data, Path, plain
from bot.flowfile.draft import Use
from bot.flowfile.hashing import step_hash
from bot.flowfile.kinds import NUMBER, TRUTH, Kind, kind_of_variable
from bot.model.flow import Ask, Counts, Decide, Expr, Handoff, Pick, Quiz, Remind, RunFlow, Say, Set, Step
from bot.model.levels import Level
from bot.model.words import Words

Fields = dict[str, Data]


def build_step(bench: Bench, path: Path, fields: Fields) -> Step:
    """Return the step."""
    kind = next(kind for kind in BUILDERS if kind in fields)
    go = bench.target((*path, "go"), str(fields["go"])) if "go" in fields else None
    end = "end" in fields or go == "done"
    remind = _remind(bench, path, fields.get("remind"))
    step = BUILDERS[kind](bench, path, fields)
    when = bench.expression((*path, "if"), plain(fields, "if"), TRUTH) if "if" in fields else None
    checkpoint = fields.get("checkpoint") == "true"
    mark = step_hash(step, plain(fields, "menu"))
    return replace(step, go=None if end else go, end=end, remind=remind, when=when, checkpoint=checkpoint, hash=mark)


def _remind(bench: Bench, path: Path, value: Data | None) -> Remind | None:
    if not isinstance(value, dict):
        return None
    words = bench.words((*path, "remind"), "remind", value["say"], "remind")
    return Remind(length_of_time(str(value["after"])) or timedelta(hours=20), words)


def _media(bench: Bench, path: Path, fields: Fields) -> tuple[str, str, Words | None]:
    """Return photo, voice and the words that describe it."""
    alt = None
    for kind in ("photo", "voice"):
        if kind in fields:
            bench.media.append(Use((*path, kind), plain(fields, kind)))
        if f"{kind}_alt" in fields:
            alt = bench.words((*path, f"{kind}_alt"), f"{kind}_alt", fields[f"{kind}_alt"], "alt")
        elif kind == "photo" and kind in fields:
            bench.tell("E210", (*path, kind), f"the {kind} has no '{kind}_alt'", "say in words what it shows")
    return plain(fields, "photo"), plain(fields, "voice"), alt


def _say(bench: Bench, path: Path, fields: Fields) -> Step:
    photo, voice, alt = _media(bench, path, fields)
    words = bench.words((*path, "say"), "say", fields["say"], "say", caption=bool(photo))
    return Say(id=str(path[1]), words=words, photo=photo, voice=voice, alt=alt)


def _ask(bench: Bench, path: Path, fields: Fields) -> Step:
    photo, voice, alt = _media(bench, path, fields)
    words = bench.words((*path, "ask"), "ask", fields["ask"], "ask", caption=bool(photo))
    found = choices(bench, path, fields, "buttons")
    if menu := plain(fields, "menu"):
        bench.menus.append(Use((*path, "menu"), menu))
    if save_as := plain(fields, "save_as"):
        can_be_saved(bench, path, save_as, found)
    tries, then = _not_understood(bench, path, fields.get("not_understood"))
    return Ask(
        id=str(path[1]), words=words, choices=found, save_as=save_as, tries=tries, not_understood=then,
        photo=photo, voice=voice, alt=alt,
    )  # fmt: skip


def _not_understood(bench: Bench, path: Path, value: Data | None) -> tuple[int, str | None]:
    if not isinstance(value, dict):
        return 2, None
    go = bench.target((*path, "not_understood", "go"), str(value["go"]))
    return int(str(value.get("tries", "2"))), go


def _quiz(bench: Bench, path: Path, fields: Fields) -> Step:
    words = bench.words((*path, "quiz"), "quiz", fields["quiz"], "quiz")
    found = choices(bench, path, fields, "answers")
    feedback = fields.get("feedback")
    said = {
        key: bench.words((*path, "feedback", key), f"feedback.{key}", text, "feedback")
        for key, text in (feedback.items() if isinstance(feedback, dict) else ())
    }
    if score := plain(fields, "score"):
        bench.number((*path, "score"), score)
    correct, counts = plain(fields, "correct"), _counts(fields.get("counts"))
    return Quiz(id=str(path[1]), words=words, choices=found, correct=correct, feedback=said, score=score, counts=counts)


def _counts(value: Data | None) -> Counts | None:
    if not isinstance(value, dict):
        return None
    return Counts(str(value["question"]).strip(), "before" if value["when"] == "before" else "after")


def _decide(bench: Bench, path: Path, fields: Fields) -> Step:
    lines = fields["decide"]
    branches = [_branch(bench, (*path, "decide", i), str(line)) for i, line in enumerate(lines)]
    return Decide(id=str(path[1]), branches=tuple(b for b in branches if b is not None))


def _branch(bench: Bench, path: Path, line: str) -> tuple[Expr | None, str] | None:
    condition, arrow, to = line.rpartition("->")
    if not arrow or not condition.strip() or not to.strip():
        hint = "write it like this: stars > 2 -> thanks"
        bench.tell("E120", path, f"'{line.strip()[:60]}' has no arrow to a step", hint)
        return None
    goes = bench.target(path, to)
    if condition.strip() == "else":
        return None, goes
    tree = bench.expression(path, condition.strip(), TRUTH)
    return None if tree is None else (tree, goes)


def _set(bench: Bench, path: Path, fields: Fields) -> Step:
    values: list[tuple[str, Expr]] = []
    pairs = fields["set"]
    for name, text in pairs.items() if isinstance(pairs, dict) else ():
        at = (*path, "set", name)
        tree = bench.expression(at, str(text).strip(), _settable(bench, at, name))
        if tree is not None:
            values.append((name, tree))
    return Set(id=str(path[1]), values=tuple(values))


def _settable(bench: Bench, path: Path, name: str) -> Kind | None:
    if name in bench.remembers:
        return kind_of_variable(bench.remembers[name])
    bench.tell("E124", path, f"'{name[:60]}' is not declared under 'remembers'", "declare it, or correct the name")
    return NUMBER if name == "stars" else None


def _pick(bench: Bench, path: Path, fields: Fields) -> Step:
    written = fields["pick"]
    tips = {
        key: bench.words((*path, "pick", key), f"pick.{key}", text, "say")
        for key, text in (written.items() if isinstance(written, dict) else ())
    }
    save_as = plain(fields, "save_as")
    variable = bench.remembers.get(save_as)
    if variable is None or variable.kind != "seen":
        hint = f"add under 'remembers': {save_as}: {{seen: true, keep: 1 day}}"
        bench.tell("E124", (*path, "save_as"), f"'{save_as[:60]}' is not declared as a list of tips seen", hint)
    return Pick(id=str(path[1]), tips=tips, save_as=save_as)


def _run(bench: Bench, path: Path, fields: Fields) -> Step:
    wanted = fields["run"]
    if isinstance(wanted, dict):
        return _surprise(bench, path, wanted.get("one_of"))
    flow = plain(fields, "run")
    bench.runs.append(Use((*path, "run"), flow))
    return RunFlow(id=str(path[1]), flow=flow)


def _surprise(bench: Bench, path: Path, menus: Data | None) -> Step:
    found = tuple(str(menu) for menu in menus) if isinstance(menus, list) else ()
    bench.menus.extend(Use((*path, "run", "one_of", place), menu) for place, menu in enumerate(found))
    return RunFlow(id=str(path[1]), menus=found)


def _handoff(bench: Bench, path: Path, fields: Fields) -> Step:
    about = fields["handoff"]
    level, category = _spec(about if isinstance(about, dict) else {})
    opened = bench.words((*path, "open"), "open", fields["open"], "open")
    closed = bench.words((*path, "closed"), "closed", fields["closed"], "closed")
    return Handoff(id=str(path[1]), level=level, category=category, open=opened, closed=closed)


def _spec(about: Fields) -> tuple[Level, str]:
    return Level(str(about["level"])), str(about.get("category", "wants_to_talk"))


Builder = Callable[[Bench, Path, Fields], Step]
BUILDERS: dict[str, Builder] = {
    "say": _say,
    "ask": _ask,
    "quiz": _quiz,
    "decide": _decide,
    "set": _set,
    "pick": _pick,
    "run": _run,
    "handoff": _handoff,
}
