"""`safebot demo`: everything on this machine, nothing kept."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from bot.cli.campaign import default_campaign
from bot.cli.problems import plainly, stop


@click.command(name="demo")
@click.option(
    "--port",
    type=click.IntRange(0, 65534),
    default=8700,
    show_default=True,
    help="Chat page; the console is one above. 0: any.",
)
@click.option(
    "--campaign",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="SAFEBOT_CAMPAIGN",
    help="The folder that holds flows/ and locales/.",
)
@plainly
def command(port: int, campaign: Path | None) -> None:
    """Start a chat page, the console and the bot on a throw-away file. No token and no other server is needed.

    Example:  safebot demo --port 8700
    """
    import uvloop

    from bot.app.demo import free_port, show
    from bot.app.listen import PortTaken

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    try:
        uvloop.run(show(campaign or default_campaign(), port, click.echo))
    except (PortTaken, OSError) as error:
        stop(f"{error}. Try another port: safebot demo --port {free_port()}")
