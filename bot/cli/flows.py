"""`safebot flows`: tools for those who write stories."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import (
    flows_against,
    flows_compile,
    flows_counts,
    flows_graph,
    flows_play,
    flows_sheet,
    flows_status,
    flows_test,
    flows_update,
    flows_versions,
)
from bot.cli.campaign import default_campaign
from bot.cli.problems import plainly, stop


@click.group()
def command() -> None:
    """Check and test the campaign's flows.

    Example:  safebot flows check
    """


command.add_command(flows_test.command)
command.add_command(flows_play.command)
command.add_command(flows_graph.command)
command.add_command(flows_update.command)
command.add_command(flows_status.command)
command.add_command(flows_sheet.command)
command.add_command(flows_compile.command)
command.add_command(flows_counts.command)
command.add_command(flows_versions.versions)
command.add_command(flows_versions.back)


@command.command()
@click.argument("path", type=click.Path(path_type=Path), required=False, envvar="SAFEBOT_CAMPAIGN")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option(
    "--against", metavar="live|DIR|VERSION", help="Also tell which questions are gone while chats may wait there."
)
@plainly
def check(path: Path | None, form: str, against: str | None) -> None:
    """Tell every mistake of a campaign, with its line and a hint. PATH is its folder, or one file of it.

    Example:  safebot flows check flows/welcome.yaml
    """
    from bot.flowfile import load
    from bot.flowfile.problem import errors, in_order
    from bot.flowfile.report import RENDER

    folder, only = _campaign_of(path or default_campaign())
    found = [*load(folder).problems, *(flows_against.problems_against(against, folder) if against else ())]
    problems = tuple(p for p in in_order(found) if not only or f"{p.file}/".startswith(f"{only}/"))
    click.echo(RENDER[form](problems))
    raise SystemExit(1 if errors(problems) else 0)


def _campaign_of(path: Path) -> tuple[Path, str]:
    """Return the campaign's folder, and the part of it that was asked for, if it was one."""
    here = path.absolute()
    if not here.exists():
        stop(f"there is no {path}. PATH is the folder that holds flows/, or one file in it.")
    folder = next((place for place in (here, *here.parents) if _holds(place, here)), None)
    if folder is None:
        stop(f"{path} is no campaign: it holds no folder flows/. 'safebot init DIR' writes one.")
    return folder, "" if here == folder else here.relative_to(folder).as_posix()


def _holds(place: Path, here: Path) -> bool:
    """Return whether this folder is a campaign, and what was asked for is it or lies in its flows/ or locales/."""
    inside = {place / "flows", place / "locales"} & {here, *here.parents}
    return (place / "flows").is_dir() and (here == place or bool(inside))
