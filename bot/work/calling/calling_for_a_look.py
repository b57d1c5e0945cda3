"""Who is called when something waits for a second person: a line in their own linked chats, coded facts only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.cases.permissions import may
from bot.model.campaign import Campaign
from bot.model.case import Case
from bot.model.effects import Lane
from bot.model.ids import ChatToken
from bot.model.outbox import Message, Outgoing
from bot.store.staff_records import Staff
from bot.work.cards import alarm_text, zone_of
from bot.work.codec import pack_parcel
from bot.work.desk.core import Boxes, view_of
from bot.work.sealing import chat_key

WHY = "held"


async def calls_for_a_look(
    case: Case,
    writer: Staff,
    staff: Iterable[Staff],
    vault: Boxes,
    campaign: Campaign,
    now: datetime,
    *,
    action: str = "release_reply",
    why: str = WHY,
) -> tuple[Outgoing, ...]:
    """Return the messages to those who may do this `action`: who is on duty or on call, else everybody who may."""
    chats = _whom(case, writer, staff, now, action)
    if not chats:
        return ()
    text = alarm_text(case, why, zone_of(campaign, case))
    boxes = await vault.boxes([chat_key(chat) for chat in chats])
    return tuple(
        Outgoing(
            chat,
            Lane.CRISIS,
            boxes[chat_key(chat)].seal(pack_parcel(Message(text)), f"outbox:{chat}"),
            now,
            case=case.id,
        )
        for chat in chats
    )


def _whom(case: Case, writer: Staff, staff: Iterable[Staff], now: datetime, action: str) -> list[ChatToken]:
    able = [p for p in staff if p.telegram and p.id != writer.id and may(view_of(p), action, case, now)]
    there = [p for p in able if p.on_call or (p.on_shift_until is not None and p.on_shift_until > now)]
    return [p.telegram for p in there or able if p.telegram]
