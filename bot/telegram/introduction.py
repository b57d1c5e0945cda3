"""How the bot introduces itself in Telegram: commands, name and descriptions per language, changed only when they differ.

Telegram allows few changes of names a day, and none of this is needed to help anybody: a refusal is a warning.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import msgspec
from aiogram.methods import (
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
    TelegramMethod,
)

from bot.model.campaign import Campaign
from bot.telegram.calls import Calls

log = logging.getLogger(__name__)

COMMANDS = ("help", "talk", "menu", "language", "real", "mydata", "stop", "wipe")
"""In the order of Telegram's menu. /start is the app's own button."""

AT_MOST = 20.0
"""Seconds: people who write wait for none of this."""

Method = type[TelegramMethod[Any]]

PROFILE: tuple[tuple[str, str, int, Method, Method], ...] = (
    ("profile.name", "name", 64, GetMyName, SetMyName),
    ("profile.short", "short_description", 120, GetMyShortDescription, SetMyShortDescription),
    ("profile.description", "description", 512, GetMyDescription, SetMyDescription),
)
"""Key in bot.po, Telegram's field, its limit, and how it is asked and set."""


async def introduce(calls: Calls, campaign: Campaign) -> None:
    """Set what differs, for the campaign's first language as everybody's default and for each language by itself."""
    try:
        async with asyncio.timeout(AT_MOST):
            counts = await asyncio.gather(*(_to(calls, campaign, *audience) for audience in _audiences(campaign)))
    except TimeoutError:
        log.warning("Telegram takes too long over the bot's commands, names and descriptions; the old ones stay")
        return
    if refused := sum(counts):
        log.warning("Telegram refused %d of the bot's commands, names or descriptions; the old ones stay", refused)


async def _to(calls: Calls, campaign: Campaign, language: str, code: str) -> int:
    """Return how much of the introduction in one language was refused."""
    refused = await _commands(calls, campaign, language, code)
    for key, field, limit, ask, tell in PROFILE:
        words = _words(campaign, language, key)[:limit]
        refused += await _set(calls, ask, tell, field, words, code) if words else 0
    return refused


def _audiences(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """Yield (our language, Telegram's code): '' is everybody without a language of their own, codes have two letters."""
    if campaign.languages:
        yield ("en" if "en" in campaign.languages else campaign.languages[0]), ""
    for language in campaign.languages:
        if len(language) == 2:
            yield language, language


async def _commands(calls: Calls, campaign: Campaign, language: str, code: str) -> int:
    named = ((name, _words(campaign, language, f"command.{name}")) for name in COMMANDS)
    wanted = [{"command": name, "description": words[:256]} for name, words in named if words]
    return await _set(calls, GetMyCommands, SetMyCommands, "commands", wanted, code) if wanted else 0


async def _set(calls: Calls, ask: Method, tell: Method, field: str, wanted: object, code: str) -> int:
    """Return 1 when it had to be changed and Telegram refused."""
    audience = {"language_code": code} if code else {}
    present = await calls.ask(ask, audience)
    if present.ok and _present(bytes(present.result), field) == wanted:
        return 0
    return 0 if (await calls.ask(tell, {**audience, field: wanted})).ok else 1


def _present(result: bytes, field: str) -> object:
    """Return what stands now: commands come as a list, the others as an object with one field."""
    value = msgspec.json.decode(result)
    return value.get(field) if isinstance(value, dict) else value


def _words(campaign: Campaign, language: str, key: str) -> str:
    """Return one of our sentences in exactly this language, '' where it is not translated."""
    return campaign.catalogues.get(language, {}).get("bot", {}).get(("bot", key), ("",))[0]
