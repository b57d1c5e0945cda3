"""`safebot doctor`: what is missing before and while the bot is live."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.cli.problems import plainly

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store.protocol import Store
    from bot.work.go_live import Finding

MARKS = {"stop": "✗", "warn": "!", "note": "·"}


@click.command(name="doctor")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
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
    from bot.settings import Settings, SettingsError
    from bot.store.open import open_store
    from bot.vault.errors import VaultError
    from bot.vault.ring import KeyRing
    from bot.work.checkup import checkup
    from bot.work.go_live import Finding
    from bot.work.holder_lines import WARNING
    from bot.work.live import Live

    settings = Settings.from_environment()
    findings = []
    try:
        settings.check_for_running()
        KeyRing.parse(settings.key)
    except (SettingsError, VaultError) as error:
        findings.append(Finding("stop", str(error), "deploy/README.md explains every setting"))
    if settings.desk_content == "full":
        findings.append(Finding("warn", WARNING, "SAFEBOT_DESK_CONTENT=never, or do not set it."))
    live = Live.start(settings.campaign)
    store = await open_store(settings.database_url)
    try:
        if trouble := await store.check():
            findings.append(Finding("stop", f"The database: {trouble}.", "check disk and rights"))
        drafts, now = unreviewed(settings.campaign), datetime.now(UTC)
        audit = await _audit(store, settings, now) if not any(f.level == "stop" for f in findings) else []
        return [
            *findings,
            *checkup(live.campaign, await store.staff(), now.date(), drafts, await store.drills()),
            *audit,
        ]
    finally:
        await store.close()


async def _audit(store: Store, settings: Settings, now: datetime) -> list[Finding]:
    from bot.store.open import open_keys
    from bot.vault.audit import signer_of
    from bot.work.checkup_audit import audit_findings

    keys = await open_keys(settings.database_url)
    try:
        return await audit_findings(store, keys, signer_of(settings.key).public, now)
    finally:
        await keys.close()
