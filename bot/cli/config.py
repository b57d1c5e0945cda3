"""`safebot config`: every setting, where it comes from, what it is now. Secrets show only whether they are set."""

from __future__ import annotations

import json
import os

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import stop


@click.command(name="config")
@text_or_json
def command(form: str) -> None:
    """Show every setting, where it comes from and what it is now.

    Example:  safebot config --format json
    """
    from bot.settings import SETTINGS, Setting, Settings, SettingsError, value_of

    def row(setting: Setting) -> dict[str, str]:
        name = setting.variable
        origin = "file" if os.environ.get(f"{name}_FILE") else "environment" if os.environ.get(name) else "default"
        try:
            shown = value_of(setting, os.environ)
        except SettingsError:
            shown = "cannot be read"
        if setting.secret:
            shown = "set" if shown else "not set"
        return {"setting": name, "value": shown, "from": origin, "meaning": setting.meaning}

    rows = [row(s) for s in SETTINGS]
    if form == "json":
        click.echo(json.dumps(rows))
    else:
        for r in rows:
            click.echo(f"{r['setting']:24} {r['value']!s:28} ({r['from']})  {r['meaning']}")
    try:
        Settings.from_environment()
    except SettingsError as error:
        stop(str(error), code=1)
