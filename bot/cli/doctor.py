"""`safebot doctor`: what is missing before and while the bot is live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly
from bot.cli.stores import store_of

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store.protocol import Store
    from bot.work.go_live import Finding

MARKS = {"stop": "✗", "warn": "!", "note": "·"}


@click.command(name="doctor")
@text_or_json
@plainly
def command(form: str) -> None:
    """Say what is missing before and while the bot is live. Exit code 1 when something must be mended first.

    Example:  safebot doctor --format json
    """
    findings = asyncio.run(_look())
    if form == "json":
        click.echo(json.dumps([{"level": f.level, "what": f.what, "cure": f.cure} for f in findings]))
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.level]} {finding.what}\n    {finding.cure}")
        click.echo("All is well." if not findings else f"{len(findings)} findings.")
    raise SystemExit(1 if any(f.level == "stop" for f in findings) else 0)


async def _look() -> list[Finding]:
    from bot.flowfile.translating.status import unreviewed
    from bot.settings import Settings
    from bot.work.checkup import checkup
    from bot.work.live import Live

    settings, now = Settings.from_environment(), datetime.now(UTC)
    campaign = Live.start(settings.campaign).campaign
    async with store_of(settings) as store:
        first = [*_settings(settings), *await _database(store)]
        drafts, people, drills = unreviewed(settings.campaign), await store.staff(), await store.drills()
        # The audit is judged by the key, and that only when there is one.
        audit = [] if any(f.level == "stop" for f in first) else await _audit(store, settings, now)
        return [*first, *checkup(campaign, people, now.date(), drafts, drills), *audit]


def _settings(settings: Settings) -> Iterator[Finding]:
    from bot.settings import SettingsError
    from bot.vault.errors import VaultError
    from bot.vault.ring import KeyRing
    from bot.work.desk.holder_lines import WARNING
    from bot.work.go_live import Finding

    try:
        settings.check_for_running()
        KeyRing.parse(settings.key)
    except (SettingsError, VaultError) as error:
        yield Finding("stop", str(error), "deploy/README.md explains every setting")
    if settings.desk_content == "full":
        yield Finding("warn", WARNING, "SAFEBOT_DESK_CONTENT=never, or do not set it.")


async def _database(store: Store) -> list[Finding]:
    from bot.work.go_live import Finding

    trouble = await store.check()
    return [Finding("stop", f"The database: {trouble}.", "check disk and rights")] if trouble else []


async def _audit(store: Store, settings: Settings, now: datetime) -> list[Finding]:
    from bot.store.open import open_keys
    from bot.vault.audit import signer_of
    from bot.work.audit.checkup import audit_findings

    keys = await open_keys(settings.database_url)
    try:
        return await audit_findings(store, keys, signer_of(settings.key).public, now)
    finally:
        await keys.close()
