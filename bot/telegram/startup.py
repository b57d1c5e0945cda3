"""Before the first update: is the token right, how do updates come, and how does the bot introduce itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import msgspec
from aiogram.methods import DeleteWebhook, GetMe, SetWebhook, TelegramMethod

from bot.model.campaign import Campaign
from bot.model.outbox import TryAgain
from bot.telegram.answers import Answer, meaning
from bot.telegram.calls import Calls
from bot.telegram.group import trouble_with_group
from bot.telegram.introduction import introduce
from bot.telegram.problems import CannotStart
from bot.telegram.updates import ALLOWED_UPDATES
from bot.telegram.waits import Backoff
from bot.work.ports import Clock

log = logging.getLogger(__name__)

TRIES = 5
PATIENCE = 5.0
"""Seconds for each try: whoever starts the bot shall know within half a minute that nobody answers."""


class Me(msgspec.Struct, frozen=True):
    """The bot as Telegram knows it."""

    id: int
    username: str = ""


@dataclass(frozen=True, slots=True)
class WebhookPlan:
    """Where Telegram shall deliver. `connections` 1–100."""

    url: str
    secret: str
    connections: int = 40


async def prepare(
    calls: Calls, campaign: Campaign, clock: Clock, webhook: WebhookPlan | None, desk_chat: int | None = None
) -> Me:
    """Make everything ready for receiving and return who we are. Raises CannotStart with one clear line.

    With `webhook` None the bot will poll. Waiting updates are never dropped.
    """
    me = await who_am_i(calls, clock)
    await choose_receiving(calls, clock, webhook)
    await introduce(calls, campaign)
    if desk_chat is not None and (trouble := await trouble_with_group(calls, desk_chat)):
        log.warning("%s", trouble)
    return me


async def who_am_i(calls: Calls, clock: Clock) -> Me:
    """Return the bot's own id and name; this is also the proof of its token."""
    answer = await _patiently(calls, clock, GetMe, {})
    if not answer.ok:
        raise CannotStart(_line(answer, calls))
    try:
        return msgspec.json.decode(answer.result, type=Me)
    except msgspec.DecodeError:
        raise CannotStart(f"{_address(calls)} does not answer like a Bot API. Check SAFEBOT_API_URL.") from None


async def choose_receiving(calls: Calls, clock: Clock, webhook: WebhookPlan | None) -> None:
    """Tell Telegram to deliver to our webhook, or to wait for our polling."""
    if webhook is None:
        answer = await _patiently(calls, clock, DeleteWebhook, {"drop_pending_updates": False})
    else:
        answer = await _patiently(calls, clock, SetWebhook, _webhook_values(webhook))
    if not answer.ok:
        setting = "SAFEBOT_WEBHOOK_URL" if webhook else "the webhook's removal"
        raise CannotStart(f"Telegram does not accept {setting}: {answer.description or answer.trouble}.")


def _webhook_values(webhook: WebhookPlan) -> dict[str, Any]:
    return {
        "url": webhook.url,
        "secret_token": webhook.secret,
        "allowed_updates": ALLOWED_UPDATES,
        "max_connections": webhook.connections,
        "drop_pending_updates": False,
    }


async def _patiently(calls: Calls, clock: Clock, method: type[TelegramMethod[Any]], values: dict[str, Any]) -> Answer:
    """Return the answer, after a few tries where trying helps: the network may come up a moment after us."""
    backoff = Backoff(clock, most=4.0)
    for _ in range(TRIES - 1):
        answer = await calls.ask(method, values, PATIENCE)
        delivery = meaning(answer)
        if not isinstance(delivery, TryAgain) or answer.error_code in (401, 404):
            return answer
        await backoff.wait(delivery.after)
    return await calls.ask(method, values, PATIENCE)


def _line(answer: Answer, calls: Calls) -> str:
    """Return what is wrong, and what to do."""
    if answer.error_code in (401, 404):
        return (
            f"SAFEBOT_TOKEN is not a bot at {_address(calls)} ({answer.error_code}). "
            "Copy it again from @BotFather, or check SAFEBOT_API_URL."
        )
    reason = answer.trouble or f"error {answer.error_code}"
    return f"{_address(calls)} cannot be reached ({reason}). Check the network and SAFEBOT_API_URL."


def _address(calls: Calls) -> str:
    """Return the server's address without the token."""
    return calls.session.api.base.partition("/bot{token}")[0]
