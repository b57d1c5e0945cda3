"""`safebot flows counts`: what the counted quizzes show, before a story and after it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from bot.cli.problems import plainly

if TYPE_CHECKING:
    from bot.store.operator_records import AnswerCount


@click.command(name="counts")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@plainly
def command(form: str) -> None:
    """Tell for each counted question how many answered rightly before the story, and how many after it.

    Only counts are kept, by month and language, and nobody's chat. Fewer than 5 answers are not shown.

    Example:  safebot flows counts
    """
    from bot.work.learnt import as_data, as_table, learnt

    rows = learnt(asyncio.run(_counted()))
    click.echo(json.dumps(as_data(rows)) if form == "json" else as_table(rows))


async def _counted() -> list[AnswerCount]:
    from bot.settings import Settings
    from bot.store.open import open_store

    store = await open_store(Settings.from_environment().database_url)
    try:
        return await store.answer_counts()
    finally:
        await store.close()
