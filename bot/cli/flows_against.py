"""`safebot flows check --against`: where chats wait, by a running bot's store or by an older version of the campaign."""

from __future__ import annotations

import asyncio
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.problems import stop

if TYPE_CHECKING:
    from bot.flowfile.against import Place
    from bot.flowfile.problem import Problem

LIVE = "live"


def problems_against(against: str, folder: Path) -> list[Problem]:
    """Return a warning for each question that is gone; `against` is 'live', a folder, or a version in git."""
    from bot.flowfile.against import left_behind
    from bot.flowfile.load import sketch

    return list(left_behind(_places(against, folder), sketch(folder)[0].flows))


def _places(against: str, folder: Path) -> Mapping[Place, int]:
    if against == LIVE:
        return asyncio.run(_live())
    if Path(against).is_dir():
        return _of_folder(Path(against), against)
    with tempfile.TemporaryDirectory() as place:
        _unpack(against, folder, Path(place))
        return _of_folder(Path(place), against)


def _of_folder(folder: Path, named: str) -> Mapping[Place, int]:
    from bot.flowfile import load
    from bot.flowfile.against import questions

    campaign = load(folder).campaign
    if campaign is None:
        stop(f"the campaign in {named} has errors, so nobody can be waiting in it. Name a version that ran.")
    return questions(campaign)


def _unpack(version: str, folder: Path, place: Path) -> None:
    """Write flows/ and locales/ as they were in a version in git."""
    command = ["git", "-C", str(folder), "archive", "--format=tar", "--end-of-options", version, "flows", "locales"]
    try:
        made = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - git with these arguments, no shell
    except (OSError, subprocess.CalledProcessError):
        stop(f"'{version}' is neither 'live', nor a folder, nor a version that git knows here.")
    with tarfile.open(fileobj=BytesIO(made.stdout)) as archive:
        archive.extractall(place, filter="data")


async def _live() -> Mapping[Place, int]:
    from contextlib import AsyncExitStack

    from bot.settings import Settings
    from bot.store.open import open_keys, open_store
    from bot.vault.ring import KeyRing
    from bot.vault.vault import Vault
    from bot.work.waiting_places import waiting_places

    settings = Settings.from_environment()
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database_url, read_only=True)
        stack.push_async_callback(store.close)
        keys = await open_keys(settings.database_url, read_only=True)
        stack.push_async_callback(keys.close)
        return await waiting_places(store, Vault(KeyRing.parse(settings.key), keys))
