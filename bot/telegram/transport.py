"""Telegram as the sender sees it: parcels become calls, answers become deliveries. Nothing is decided or stored here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from aiogram.methods import AnswerCallbackQuery, LeaveChat, SendChatAction, SendMessage

from bot.model.outbox import Delivered, Delivery, Key, Leave, Message, Never, Parcel, TryAgain
from bot.telegram.answers import OPERATORS, PLAINER, Answer, meaning
from bot.telegram.calls import NO_PREVIEW, Calls, keyboard, sent_id
from bot.telegram.deletion import delete
from bot.telegram.files import Files
from bot.telegram.group import DeskGroup
from bot.telegram.split import CAPTION, split, units, whole

log = logging.getLogger(__name__)

AT_ONCE = 5.0
"""Seconds for calls whose failure is ignored."""

COMPLAINTS = {
    "token_refused": "Telegram refuses SAFEBOT_TOKEN (401): was it revoked? Messages wait until it is right.",
    "not_a_bot_api": "No Bot API for SAFEBOT_TOKEN behind SAFEBOT_API_URL (404). Messages wait until both are right.",
}


class TelegramTransport:
    """The port `Transport`. One for a process: it remembers pictures it has uploaded and long texts it has begun."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._group = DeskGroup(calls)
        self._files = Files(calls)
        # A long text goes out in parts. After a 429 in the middle only the missing ones are sent again.
        self._begun: dict[int, tuple[Message, list[int]]] = {}
        self._complained = ""

    async def deliver(self, chat_id: int, parcel: Parcel) -> Delivery:
        """Send a Message or Leave to a chat; other parcels are the sender's to take apart."""
        if isinstance(parcel, Message):
            return self._watched(await self._message(chat_id, parcel))
        if isinstance(parcel, Leave):
            return self._watched(await self._leave(chat_id, parcel))
        return Never("not_a_message")

    async def delete(self, chat_id: int, ids: Sequence[int]) -> Delivery:
        """Delete messages; `refused` counts those that Telegram keeps (older than 48 h)."""
        return self._watched(await delete(self._calls, chat_id, ids))

    async def show_card(
        self,
        chat_id: int,
        text: str,
        rows: Sequence[Sequence[tuple[str, str, str]]],
        card: int | None,
        topic: int | None = None,
    ) -> Delivery:
        """Send a case's card, or edit it; `message_ids` holds the card that now stands."""
        return self._watched(await self._group.show_card(chat_id, text, rows, card, topic))

    async def alarm(self, chat_id: int, text: str, card: int | None, topic: int | None = None) -> Delivery:
        """Send a new short line, as an answer to a card if that still stands."""
        return self._watched(await self._group.alarm(chat_id, text, card, topic))

    async def answer_tap(self, tap_id: str, text: str = "") -> None:
        """Stop a button's spinning; what becomes of it is ignored."""
        values = {"callback_query_id": tap_id, "text": text[:200]} if text else {"callback_query_id": tap_id}
        await self._calls.ask(AnswerCallbackQuery, values, AT_ONCE)

    async def typing(self, chat_id: int) -> None:
        """Show that an answer is coming; what becomes of it is ignored."""
        await self._calls.ask(SendChatAction, {"chat_id": chat_id, "action": "typing"}, AT_ONCE)

    async def _message(self, chat_id: int, message: Message) -> Delivery:
        """Send a message as it is; if Telegram does not like its form, its bare words: they matter most."""
        delivery: Delivery = Never("empty")
        for form, links in _forms(message):
            delivery = await self._parts(chat_id, form, links)
            if not (isinstance(delivery, Never) and delivery.reason in PLAINER):
                break
            log.warning("Telegram refuses the form of a message (%s)", delivery.reason)
        if delivery == Never("cannot_parse"):  # there was nothing to parse in it: once more, as the facts say
            return await self._parts(chat_id, Message(message.text, quiet=message.quiet), links=False)
        return delivery

    async def _parts(self, chat_id: int, message: Message, links: bool) -> Delivery:
        """Send picture, long text and keys in as many messages as it takes; the keys stand under the last."""
        steps = _steps(message, links)
        if not steps:
            return Never("empty")
        begun, ids = self._begun.pop(chat_id, (message, []))
        ids = ids if begun == message else []
        for step in steps[len(ids) :]:
            answer = await self._step(chat_id, message, step)
            if not answer.ok:
                return self._kept(chat_id, message, ids, meaning(answer))
            ids.append(sent_id(answer))
        return Delivered(tuple(filter(None, ids)))

    async def _step(self, chat_id: int, message: Message, step: dict[str, Any]) -> Answer:
        values = {"chat_id": chat_id, **step}
        if message.quiet:
            values["disable_notification"] = True
        if "text" in step:
            return await self._calls.ask(SendMessage, values)
        return await self._files.send(message, values)

    def _kept(self, chat_id: int, message: Message, ids: list[int], delivery: Delivery) -> Delivery:
        """Remember which parts stand already, if the rest is to be tried again."""
        if ids and isinstance(delivery, TryAgain):
            self._begun[chat_id] = (message, ids)
        return delivery

    async def _leave(self, chat_id: int, parcel: Leave) -> Delivery:
        """Say one sentence in a group that is not ours, if it lets us, and leave."""
        said = await self._calls.ask(SendMessage, {"chat_id": chat_id, "text": parcel.text})
        if isinstance(waits := meaning(said), TryAgain):
            return waits
        left = meaning(await self._calls.ask(LeaveChat, {"chat_id": chat_id}))
        return Delivered() if isinstance(left, Never) else left

    def _watched(self, delivery: Delivery) -> Delivery:
        """Tell the operator once of what only she can mend."""
        reason = delivery.reason if isinstance(delivery, TryAgain) and delivery.reason in OPERATORS else ""
        if reason and reason != self._complained:
            log.error(COMPLAINTS[reason])
        self._complained = reason
        return delivery


def _forms(message: Message) -> list[tuple[Message, bool]]:
    """Return the ways to send a message, finest first: as it is, without its file, without links, without any keys."""
    forms = [(message, True)]
    if message.photo or message.voice:
        message = Message(message.text, message.rows, quiet=message.quiet)
        forms.append((message, True))
    if any(key.url or key.copy for row in message.rows for key in row):
        forms.append((message, False))
    return [*forms, (Message(message.text, quiet=message.quiet), False)] if message.rows else forms


def _steps(message: Message, links: bool) -> list[dict[str, Any]]:
    """Return the values of each call that a message takes, in order."""
    media = bool(message.photo or message.voice)
    short = media and units(message.text) <= CAPTION
    steps: list[dict[str, Any]] = []
    if media:
        steps.append({"caption": whole(message.text)} if short and message.text.strip() else {})
    if not short:
        steps += [{"text": part, "link_preview_options": NO_PREVIEW} for part in split(message.text)]
    if steps and (keys := _keys(message.rows, links)):
        steps[-1]["reply_markup"] = keys
    return steps


def _keys(rows: Sequence[Sequence[Key]], links: bool) -> dict[str, Any] | None:
    made = keyboard(rows, links) if rows else None
    return made if made and made["inline_keyboard"] else None
