"""`safebot flows compile`: .mo files for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.campaign import the_campaign
from bot.cli.problems import plainly, stop


@click.command(name="compile")
@click.argument("path", type=click.Path(path_type=Path), required=False, envvar="SAFEBOT_CAMPAIGN")
@plainly
def command(path: Path | None) -> None:
    """Write a .mo beside every .po, for other tools; the bot itself reads .po.

    Stale translations are left out.

    Example:  safebot flows compile
    """
    from bot.flowfile.translating.update import CannotUpdate, compile_all

    try:
        written = compile_all(the_campaign(path))
    except CannotUpdate as error:
        stop(str(error))
    click.echo("\n".join(written) or "nothing has changed")
