"""`safebot keys drill`: what happens to keys when people join, leave, forget, or are all gone, tried and timed."""

from __future__ import annotations

import asyncio
import json
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly

if TYPE_CHECKING:
    from bot.work.desk.key_drill import Step


@click.command()
@text_or_json
@plainly
def drill(form: str) -> None:
    """Try on a throw-away store what happens to keys: joining, a lost passphrase, leaving, escrow, rotation; print the times.

    Example:  safebot keys drill
    """
    steps = asyncio.run(_drilled())
    if form == "json":
        facts = [{"step": s.name, "seconds": round(s.seconds, 3), "trouble": s.trouble} for s in steps]
        click.echo(json.dumps(facts))
    else:
        for step in steps:
            click.echo(f"{step.seconds:6.2f} s  {step.name}{f': {step.trouble}' if step.trouble else ''}")
        click.echo(f"{sum(s.seconds for s in steps):6.2f} s  in all. {_verdict(steps)}")
    raise SystemExit(1 if any(s.trouble for s in steps) else 0)


def _verdict(steps: list[Step]) -> str:
    return (
        "The drill FAILED." if any(s.trouble for s in steps) else "Everybody read what was hers, and nobody else did."
    )


async def _drilled() -> list[Step]:
    from bot.store.open import open_keys, open_store
    from bot.work.clock import SystemClock
    from bot.work.desk.key_drill import KeyDrill

    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="safebot-drill-"))
        url = f"sqlite:///{Path(folder) / 'drill.db'}"
        store = await open_store(url)
        stack.push_async_callback(store.close)
        keys = await open_keys(url)
        stack.push_async_callback(keys.close)
        return await KeyDrill(store, keys, SystemClock(), perf_counter).run()
