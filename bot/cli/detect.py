"""`safebot detect`: a filter for the detector, line by line."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.campaign import default_campaign
from bot.cli.problems import plainly


@click.command(name="detect")
@click.option(
    "--campaign",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="SAFEBOT_CAMPAIGN",
    help="The folder that holds flows/.",
)
@click.option("--explain", metavar="TEXT", help="Show for one sentence which rules matched, and where.")
@click.option("--lang", metavar="CODE", help="With --explain: her language, if it is known.")
@plainly
def command(campaign: Path | None, explain: str | None, lang: str | None) -> None:
    """Read {"text","lang"} lines on standard input and answer each with its level, category and rules.

    Example:  echo '{"text": "he wants money or he shows my video", "lang": "en"}' | safebot detect
    """
    from bot.detect import answer_line
    from bot.detect import explain as explained
    from bot.work.ear import load_ear

    hearing = load_ear(campaign or default_campaign())
    if explain is not None:
        click.echo(explained(hearing, explain, lang))
        return
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "replace").strip()
        if line:
            sys.stdout.write(answer_line(hearing, line) + "\n")
            sys.stdout.flush()
