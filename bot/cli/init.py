"""`safebot init`: a small campaign of one's own to begin with."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from bot.cli.campaign import default_campaign
from bot.cli.problems import plainly, stop

COPIED = ("flows", "locales")


@click.command(name="init")
@click.argument("folder", type=click.Path(path_type=Path))
@plainly
def command(folder: Path) -> None:
    """Write a campaign into a new FOLDER: the flows, words, helplines and languages that came with the program.

    Example:  safebot init my-campaign
    """
    source = default_campaign()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(f"{folder} is there already and not empty. Name a new folder.")
    if not (source / "flows" / "campaign.yaml").exists():
        stop("the program came without a campaign to copy. Run this in a checkout.")
    for part in COPIED:
        shutil.copytree(source / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    click.echo(f"Written to {folder}. Next:\n  cd {folder} && safebot flows check && safebot demo")
