"""Where the campaign's last good versions are kept: beside the database, unless the operator named a place."""

from __future__ import annotations

from pathlib import Path

from bot.settings import Settings
from bot.store.errors import StoreError
from bot.store.open import database_path
from bot.work.versions import Versions


def versions_of(settings: Settings) -> Versions:
    """Return the kept versions: `X.versions` beside `X.db`, `safebot.versions` where the database is no file."""
    if settings.versions is not None:
        return Versions(settings.versions)
    try:
        return Versions(database_path(settings.database_url).with_suffix(".versions"))
    except StoreError:
        return Versions(Path("safebot.versions"))
