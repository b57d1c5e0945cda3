"""`safebot flows counts`: what the counted quizzes show, before a story and after it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly
from bot.cli.stores import store_of

if TYPE_CHECKING:
    from bot.store.operator_records import AnswerCount


@click.command(name="counts")
@text_or_json
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

    async with store_of(Settings.from_environment()) as store:
        return await store.answer_counts()
