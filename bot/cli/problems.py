"""How a command ends when something is wrong: one clear line, exit code 1 (found problems) or 2 (could not run)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NoReturn, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")


def stop(sentence: str, code: int = 2) -> NoReturn:
    """End the command with a sentence on standard error."""
    click.echo(f"safebot: {sentence}", err=True)
    raise SystemExit(code)


def plainly(function: Callable[P, R]) -> Callable[P, R]:
    """Turn the errors we know how to explain into one line and exit code 2, never a traceback."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from bot.settings import SettingsError
        from bot.store.errors import StoreError
        from bot.vault.errors import VaultError
        from bot.work.live import CampaignError

        try:
            return function(*args, **kwargs)
        except (SettingsError, StoreError, VaultError, CampaignError) as error:
            stop(str(error))

    return wrapped
