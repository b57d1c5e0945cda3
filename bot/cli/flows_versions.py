"""`safebot flows versions` and `safebot flows back`: the last good versions of the campaign, and the way back to one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly, stop

if TYPE_CHECKING:
    from bot.flowfile import Loaded
    from bot.work.versions import Choice, Version, Versions

SHOWN = 4
"""How many changed files are named in a line."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is kept, what the folder holds, and which of both a running bot plays."""

    kept: Versions
    all: list[Version]
    folder: Loaded
    choice: Choice | None

    @property
    def runs(self) -> Version | None:
        """Return the kept version that runs; None when the folder's content has not been seen by a bot yet."""
        if self.choice is not None:
            return next((v for v in self.all if v.number == self.choice.number), None)
        last = self.all[-1] if self.all else None
        seen = last is not None and last.name == self.folder.version
        return last if seen or self.folder.campaign is None else None


def _shelf() -> Shelf:
    from bot.app.versions import versions_of
    from bot.flowfile import load
    from bot.settings import Settings

    settings = Settings.from_environment()
    kept, folder = versions_of(settings), load(settings.campaign)
    choice = kept.choice()
    if choice is not None and folder.campaign is not None and choice.instead_of != folder.version:
        choice = None  # the folder was edited since: it runs
    return Shelf(kept, kept.all(), folder, choice)


@click.command(name="versions")
@text_or_json
@plainly
def versions(form: str) -> None:
    """List the last good versions of the campaign: since when each ran, what changed, and which one runs now.

    Example:  safebot flows versions
    """
    shelf = _shelf()
    runs = shelf.runs
    if form == "json":
        rows = [
            {"number": v.number, "since": v.at.isoformat(), "changed": v.changed, "runs": v == runs} for v in shelf.all
        ]
        click.echo(json.dumps(rows))
        return
    for version in shelf.all:
        mark = "runs now" if version == runs else ""
        click.echo(f"{version.number:>5}  {version.at:%Y-%m-%d %H:%M} UTC  {mark:8}  {_files(version)}")
    click.echo(_sentence(shelf))


def _files(version: Version) -> str:
    more = len(version.changed) - SHOWN
    if version.number == 1 or more > 40:
        return "the whole campaign" if version.number == 1 else f"{len(version.changed)} files"
    return ", ".join(version.changed[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _sentence(shelf: Shelf) -> str:
    from bot.flowfile.problem import errors

    if not shelf.all:
        return "No version is kept yet: a running bot keeps each one that it plays."
    if shelf.choice is not None:
        return f"Somebody went back: version {shelf.choice.number} runs until the folder is edited."
    if shelf.folder.campaign is None:
        count = len(errors(shelf.folder.problems))
        return f"The folder has {count} mistakes ('safebot flows check'): version {shelf.all[-1].number} keeps running."
    if shelf.runs is None:
        return "The folder has been edited since; a running bot takes it within a second or two."
    return "'safebot flows back' returns to the version before."


@click.command(name="back")
@click.argument("number", type=int, required=False)
@plainly
def back(number: int | None) -> None:
    """Return to the version before the one that runs, or to version NUMBER. Your files stay as they are.

    A running bot takes it within a second or two, and it stays so after a restart, until somebody edits the folder.
    Chats follow as they follow every edit.

    Example:  safebot flows back
    """
    shelf = _shelf()
    wanted = _wanted(shelf, number)
    try:
        shelf.kept.let_go() if wanted.name == shelf.folder.version else _choose(shelf, wanted)
    except OSError as error:
        stop(f"{shelf.kept.place} cannot be written ({error.strerror}). Run this as the user that the bot runs as.")
    click.echo(
        f"Version {wanted.number}, of {wanted.at:%Y-%m-%d %H:%M} UTC, runs from now on. The folder is untouched:"
    )
    click.echo("mend it, and what you save goes live as usual. 'safebot flows versions' lists what there is.")


def _wanted(shelf: Shelf, number: int | None) -> Version:
    known = {version.number: version for version in shelf.all}
    if number is not None:
        return known.get(number) or stop(f"there is no version {number}. 'safebot flows versions' lists them.", code=1)
    runs = shelf.runs
    before = [v for v in shelf.all if runs is None or (v.number < runs.number and v.name != runs.name)]
    return before[-1] if before else stop("there is no version before this one.", code=1)


def _choose(shelf: Shelf, wanted: Version) -> None:
    from bot.flowfile import load
    from bot.work.live import CampaignError

    found = load(wanted.place)
    if found.campaign is None:
        raise CampaignError(found.problems)
    shelf.kept.choose(wanted.number, shelf.folder.version)
