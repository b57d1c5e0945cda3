"""`safebot flows test`: plays the conversations in flows/*.test.yaml, hears the examples in flows/words/, and records."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.campaign import default_campaign
from bot.cli.problems import plainly, stop

if TYPE_CHECKING:
    from bot.flowfile.problem import Problem
    from bot.work.rehearsal.report import FlowCoverage
    from bot.work.rehearsal.run import Outcome


@click.command(name="test")
@click.argument("path", type=click.Path(path_type=Path), required=False, envvar="SAFEBOT_CAMPAIGN")
@click.option("--coverage", "covering", is_flag=True, help="Name every step and button that no conversation reaches.")
@click.option("--record", is_flag=True, help="Play at the keyboard, and write what was played into PATH as a test.")
@click.option("--lang", "language", help="With --record: the language to play in (the campaign's first if not given).")
@click.option(
    "--start", help="With --record: a flow, a command, 'first contact' or 'nothing yet' (PATH's flow if not given)."
)
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@plainly
def command(
    path: Path | None, covering: bool, record: bool, language: str | None, start: str | None, form: str
) -> None:
    """Play the test conversations in every language, and hear the examples of the word lists.

    PATH is the campaign's folder, one flow or test file, or flows/words. Ends with 0 when all is well, 1 when something
    is not as expected, 2 when the campaign cannot be played.

    Example:  safebot flows test flows/lesson_pressure.yaml --coverage
    """
    from bot.work.rehearsal.run import run

    if record:
        from bot.cli.flows_record import record_test

        record_test(path, language, start)
        return
    folder, only = _asked(path)
    outcome = run(folder, only)
    click.echo({"text": _as_text, "json": _as_json, "github": _as_github}[form](outcome, covering=covering))
    raise SystemExit(1 if outcome.failed else 0)


def _asked(path: Path | None) -> tuple[Path, str]:
    """Return the campaign's folder, and what of it was asked for: '' for all."""
    here = (path or default_campaign()).absolute()
    if not here.exists():
        stop(f"there is no {path}. PATH is the folder that holds flows/, or one file in it.")
    folder = next((place for place in (here, *here.parents) if (place / "flows" / "campaign.yaml").is_file()), None)
    if folder is None:
        stop(f"{path} is no campaign: it holds no flows/campaign.yaml. 'safebot init DIR' writes one.")
    return folder, "" if here == folder else here.relative_to(folder).as_posix()


def _as_text(outcome: Outcome, *, covering: bool) -> str:
    lines = [*map(str, _shown(outcome, covering=covering))]
    if covering:
        lines += [_covered(flow) for flow in outcome.coverage]
    return "\n".join([*lines, _summary(outcome)])


def _shown(outcome: Outcome, *, covering: bool) -> tuple[Problem, ...]:
    missed = [problem for flow in outcome.coverage for problem in flow.problems] if covering else []
    return (*outcome.problems, *missed)


def _covered(flow: FlowCoverage) -> str:
    return f"{flow.file}: {flow.reached} of {flow.steps} steps, {flow.tapped} of {flow.buttons} buttons"


def _summary(outcome: Outcome) -> str:
    steps = f"{sum(f.reached for f in outcome.coverage)} of {sum(f.steps for f in outcome.coverage)} steps reached"
    played = f"{outcome.conversations} conversations played ({', '.join(outcome.languages)}), {steps}"
    heard = f"{outcome.sentences} example sentences heard"
    result = "All as expected." if not outcome.problems else f"{len(outcome.problems)} not as expected."
    return f"{played}; {heard}. {result}"


def _as_json(outcome: Outcome, *, covering: bool) -> str:
    from bot.flowfile.codes import CODES

    listed = [{**asdict(p), "about": CODES[p.code]} for p in _shown(outcome, covering=covering)]
    flows = [{k: v for k, v in asdict(flow).items() if k != "problems"} for flow in outcome.coverage]
    result = {
        "conversations": outcome.conversations,
        "languages": outcome.languages,
        "sentences": outcome.sentences,
        "failed": len(outcome.problems),
        "problems": listed,
        "coverage": flows,
    }
    return json.dumps(result, ensure_ascii=False)


def _as_github(outcome: Outcome, *, covering: bool) -> str:
    from bot.flowfile.report import as_github

    return as_github(_shown(outcome, covering=covering))
