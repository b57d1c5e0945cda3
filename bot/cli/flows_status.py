"""`safebot flows status`: how far the translations are."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.cli.campaign import the_campaign
from bot.cli.forms import text_or_json
from bot.cli.problems import plainly


@click.command(name="status")
@click.argument("path", type=click.Path(path_type=Path), required=False, envvar="SAFEBOT_CAMPAIGN")
@click.option("--lang", "languages", multiple=True, help="Only this language. May be repeated.")
@text_or_json
@plainly
def command(path: Path | None, languages: tuple[str, ...], form: str) -> None:
    """Tell per language and flow how many texts are translated, reviewed, draft, stale or missing.

    Ends with 1 when a flow that keeps somebody safe is stale or not translated in an enabled language.

    Example:  safebot flows status --lang sw
    """
    from bot.flowfile.translating.status import as_data, as_table, status

    rows = status(the_campaign(path), languages)
    click.echo(json.dumps(as_data(rows), ensure_ascii=False) if form == "json" else as_table(rows))
    raise SystemExit(1 if any(row.unsafe for row in rows) else 0)
