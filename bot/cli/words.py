"""`safebot words`: risk words to a native reviewer, as a sheet, and back. No Python needed to review."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.campaign import the_campaign
from bot.cli.problems import plainly, stop
from bot.cli.words_mistaken import mistaken


@click.group(name="words")
def command() -> None:
    """Have the risk words reviewed by somebody who does not program.

    Example:  safebot words review sw
    """


command.add_command(mistaken)


@command.command(name="review")
@click.argument("language")
@click.option("--campaign", type=click.Path(path_type=Path), envvar="SAFEBOT_CAMPAIGN", help="The campaign's folder.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write (else words-LANG.csv).")
@plainly
def review(language: str, campaign: Path | None, out: Path | None) -> None:
    """Write a sheet (CSV) of every frame, its sentences and the words of the slots, to be accepted or corrected.

    Example:  safebot words review sw --out sw-for-achieng.csv
    """
    from bot.flowfile import load_words
    from bot.flowfile.word_sheet import sheet

    files, _ = load_words(the_campaign(campaign))
    found = next((file for file in files if file.language == language), None)
    if found is None:
        stop(f"there are no words in '{language}'. There are: {', '.join(f.language for f in files)}.")
    out = out or Path(f"words-{language}.csv")
    if out.exists():
        stop(f"{out} is there already, perhaps with somebody's work in it: name another file with --out.")
    out.write_bytes(sheet(found))
    click.echo(f"{out}: {len(found.frames)} frames. Fill 'accept' (yes or no), 'correct' and 'comment', then:")
    click.echo(f"    safebot words apply {out} --lang {language} --by NAME")


@command.command(name="apply")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lang", "language", required=True, help="The language of the sheet.")
@click.option("--by", required=True, metavar="NAME", help="Who reviewed it: name or initials, kept beside each frame.")
@click.option("--lead", default="", metavar="NAME", help="The safeguarding lead who gives up a P1 or P2 sentence.")
@click.option("--campaign", type=click.Path(path_type=Path), envvar="SAFEBOT_CAMPAIGN", help="The campaign's folder.")
@plainly
def apply(path: Path, language: str, by: str, lead: str, campaign: Path | None) -> None:
    """Bring a reviewed sheet into the word list: all of it or nothing. Twice changes nothing more.

    Ends with 1 when the sheet has mistakes.

    Example:  safebot words apply words-sw.csv --lang sw --by Achieng
    """
    from bot.flowfile.spreadsheet import BadSheet
    from bot.flowfile.word_apply import UnknownLanguage, apply_file

    try:
        changes = apply_file(the_campaign(campaign), path, language, by, datetime.now(UTC).date(), lead)
    except UnknownLanguage as error:
        stop(str(error))
    except BadSheet as error:
        stop(f"{path} changes nothing:\n{error}", code=1)
    for change in changes:
        click.echo(change)
    click.echo(f"{len(changes)} changes." if changes else "Nothing to change.")
