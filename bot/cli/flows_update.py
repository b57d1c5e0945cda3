"""`safebot flows update`: sentences to translators, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.campaign import the_campaign
from bot.cli.problems import plainly, stop

if TYPE_CHECKING:
    from bot.flowfile.translating.update import Updated


@click.command(name="update")
@click.argument("path", type=click.Path(path_type=Path), required=False, envvar="SAFEBOT_CAMPAIGN")
@click.option(
    "--lang", "languages", multiple=True, help="Only this language; a new one gets its files. May be repeated."
)
@click.option("--same", multiple=True, metavar="FLOW/STEP.FIELD", help="This change leaves the meaning as it was.")
@plainly
def command(path: Path | None, languages: tuple[str, ...], same: tuple[str, ...]) -> None:
    """Collect the sentences into locales/*.pot and merge them into the catalogues of every language.

    A changed sentence keeps its old translation, marked stale (fuzzy), with its previous text. What nobody needs any
    more stays at the end of the file. PATH is the campaign's folder. Ends with 2 when a flow cannot be read.

    Example:  safebot flows update --same help/numbers.say
    """
    from bot.flowfile.translating.update import CannotUpdate, NothingStale, update

    try:
        done = update(the_campaign(path), languages, same)
    except (CannotUpdate, NothingStale) as error:
        stop(str(error))
    for file in done:
        click.echo(_line(file))


def _line(file: Updated) -> str:
    if file.file.endswith(".pot"):
        counts = f"{file.texts} texts"
    else:
        counts = f"{file.texts} texts, {file.missing} to translate, {file.stale} stale, {file.obsolete} obsolete"
    return f"{file.file}: {counts}{'' if file.written else ' (no change)'}"
