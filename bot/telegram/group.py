"""The moderators' group: a case's card, edited as it changes, and new short lines that make a sound.

In a forum a desk may have its topic. Everything else stands in General, which is addressed by naming no topic; so does what
belongs into a topic that is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiogram.methods import EditMessageText, GetChat, GetChatMember, SendMessage

from bot.model.outbox import Delivered, Delivery, Key, Never
from bot.telegram.answers import PLAINER, meaning
from bot.telegram.calls import NO_PREVIEW, Calls, keyboard, sent_id

TOPIC = "message_thread_id"

CardKeys = Sequence[Sequence[tuple[str, str, str]]]


class DeskGroup:
    """Cards and alarms in one group."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def show_card(
        self, chat_id: int, text: str, rows: CardKeys, card: int | None, topic: int | None = None
    ) -> Delivery:
        """Edit the card if there is one, else send it. A link that Telegram refuses does not cost the card."""
        keys = [[Key(label, data=data, url=url) for label, data, url in row] for row in rows]
        delivery = await self._edit(chat_id, card, text, keys, True) if card else Never("card_gone")
        if isinstance(delivery, Never) and delivery.reason in PLAINER and card:
            delivery = await self._edit(chat_id, card, text, keys, False)
        return delivery if _stands(delivery) else await self._send({"chat_id": chat_id, **_in(topic)}, text, keys)

    async def alarm(self, chat_id: int, text: str, card: int | None, topic: int | None = None) -> Delivery:
        """Send a new line below the card it is about."""
        values: dict[str, Any] = {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW, **_in(topic)}
        if card:
            values["reply_parameters"] = {"message_id": card, "allow_sending_without_reply": True}
        return await self._sent(values)

    async def _edit(self, chat_id: int, card: int, text: str, keys: list[list[Key]], links: bool) -> Delivery:
        values = {"chat_id": chat_id, "message_id": card, **_content(text, keys, links)}
        delivery = meaning(await self._calls.ask(EditMessageText, values))
        return Delivered((card,)) if isinstance(delivery, Delivered) else delivery

    async def _send(self, where: dict[str, Any], text: str, keys: list[list[Key]]) -> Delivery:
        delivery = await self._sent({**where, **_content(text, keys, True)})
        if isinstance(delivery, Never) and delivery.reason in PLAINER:
            return await self._sent({**where, **_content(text, keys, False)})
        return delivery

    async def _sent(self, values: dict[str, Any]) -> Delivery:
        answer = await self._calls.ask(SendMessage, values)
        if answer.ok:
            return Delivered((sent_id(answer),))
        delivery = meaning(answer)
        if isinstance(delivery, Never) and delivery.reason == "topic_gone" and TOPIC in values:
            return await self._sent({name: value for name, value in values.items() if name != TOPIC})
        return delivery


def _in(topic: int | None) -> dict[str, int]:
    return {TOPIC: topic} if topic else {}


def _content(text: str, keys: list[list[Key]], links: bool) -> dict[str, Any]:
    """Return a card's text and keys; an empty keyboard takes old keys away."""
    return {"text": text, "link_preview_options": NO_PREVIEW, "reply_markup": keyboard(keys, links)}


def _stands(delivery: Delivery) -> bool:
    """Return whether this answer is final: only a card that is gone is sent anew."""
    return not (isinstance(delivery, Never) and delivery.reason == "card_gone")


async def trouble_with_group(calls: Calls, chat_id: int) -> str:
    """Return what keeps cards from the moderators' group, in one line for the operator; '' when nothing does."""
    seen = await calls.ask(GetChat, {"chat_id": chat_id})
    if not seen.ok:
        return "SAFEBOT_DESK_CHAT: the bot cannot see this group. Add it there, and check the id."
    member = await calls.ask(GetChatMember, {"chat_id": chat_id, "user_id": calls.bot.id})
    if member.ok and b'"administrator"' not in bytes(member.result):
        return "SAFEBOT_DESK_CHAT: make the bot an administrator, or a closed General topic will keep cards out."
    return ""
