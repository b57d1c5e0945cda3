"""`safebot flows sheet`: translations to a native reviewer as a sheet, and back; stories to girls on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.campaign import the_campaign
from bot.cli.problems import plainly, stop


@click.command(name="sheet")
@click.argument("language")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write (else flows-LANG.csv, or girls-LANG).")
@click.option("--girls", is_flag=True, help="One page a story, to print and read with girls: pictures, yes, no, why.")
@click.option(
    "--apply", "back", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Read a sheet back."
)
@click.option("--by", default="", metavar="NAME", help="With --apply: who reviewed it, kept beside each sentence.")
@click.option("--campaign", type=click.Path(path_type=Path), envvar="SAFEBOT_CAMPAIGN", help="The campaign's folder.")
@plainly
def command(language: str, out: Path | None, girls: bool, back: Path | None, by: str, campaign: Path | None) -> None:
    """Write every sentence of a language as a sheet: context, English, translation, length, accept, correct. Or read it back.

    What is accepted or corrected is no draft any more. A sheet with one mistake changes nothing (exit code 1).

    Example:  safebot flows sheet sw --out for-achieng.csv
    """
    root = the_campaign(campaign)
    if back is not None:
        _apply(root, language, back, by)
    elif girls:
        _pages(root, language, out or Path(f"girls-{language}"))
    else:
        _write(root, language, out or Path(f"flows-{language}.csv"))


def _write(root: Path, language: str, out: Path) -> None:
    from bot.flowfile.translating.review import NoCatalogue, write_sheet

    if out.exists():
        stop(f"{out} is there already, perhaps with somebody's work in it: name another file with --out.")
    try:
        raw, count = write_sheet(root, language)
    except NoCatalogue as error:
        stop(str(error))
    out.write_bytes(raw)
    click.echo(f"{out}: {count} sentences. Fill 'accept' (yes or no), 'correct' and 'comment', then:")
    click.echo(f"    safebot flows sheet {language} --apply {out} --by NAME")


def _apply(root: Path, language: str, back: Path, by: str) -> None:
    from bot.flowfile.spreadsheet import BadSheet
    from bot.flowfile.translating.review import NoCatalogue, read_back

    if not by.strip():
        stop("--by is missing: who reviewed it? The name stands beside each sentence.")
    try:
        changed = read_back(root, language, back.read_bytes(), by.strip(), datetime.now(UTC).date())
    except NoCatalogue as error:
        stop(str(error))
    except BadSheet as error:
        stop(f"{back} changes nothing:\n{error}", code=1)
    click.echo(f"{changed} sentences changed." if changed else "Nothing to change.")


def _pages(root: Path, language: str, out: Path) -> None:
    from bot.flowfile.paper import pages

    if out.exists():
        stop(f"{out} is there already: name another folder with --out.")
    made = pages(root, language)
    if not made:
        stop(f"no story is told in '{language}' yet.")
    out.mkdir(parents=True)
    for name, content in made.items():
        (out / name).write_bytes(content)
    click.echo(f"{out}: {sum(name.endswith('.html') for name in made)} pages. Open index.html and print what you need.")
