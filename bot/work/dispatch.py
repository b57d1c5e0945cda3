"""One row of the outbox as calls to Telegram: opened at the last moment, sent, and its message id sealed for a wipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.cases.permissions import is_complaint
from bot.model.ids import DESK, CaseId, ChatToken
from bot.model.outbox import (
    Alarm,
    Card,
    DeleteMessages,
    Delivered,
    Delivery,
    Leave,
    Message,
    Moved,
    Never,
    OutboxRow,
    Parcel,
    TryAgain,
)
from bot.store.protocol import Store
from bot.vault.errors import CannotOpen
from bot.vault.vault import Vault
from bot.work import codec
from bot.work.cards import card_keys, card_text, zone_of
from bot.work.crowd import cases_of, crowd_text
from bot.work.duty_now import DutyNow
from bot.work.job import Running
from bot.work.ports import Transport
from bot.work.sealing import chat_key, seal_mark


@dataclass(frozen=True, slots=True)
class Done:
    """What a row came to: Telegram's answer, the sealed ids of what now stands in her chat, and a new card's id."""

    delivery: Delivery
    marks: tuple[bytes, ...] = ()
    card: tuple[CaseId, int] | None = None


@dataclass(slots=True)
class Dispatch:
    """Sends single rows. Knows where the moderators' group is; keeps the opened chat ids of busy chats in memory."""

    store: Store
    vault: Vault
    transport: Transport
    running: Running
    people: DutyNow
    desk_chat: int | None = None
    console_url: str = ""
    topics: Mapping[str, int] = field(default_factory=dict)  # desk -> its topic in the group
    _ids: dict[ChatToken, int] = field(default_factory=dict)

    async def send(self, row: OutboxRow) -> Done:
        """Send one row. What cannot be opened is never going to be sent: it is parked for the operator to see."""
        try:
            parcel = await self._open(row)
        except (CannotOpen, codec.Unreadable):
            return Done(Never("cannot_open"))
        chat_id = self.desk_chat if row.chat == DESK else await self._address(row.chat)
        if chat_id is None:
            return Done(Never("no_address"))
        done = await self._send(row, chat_id, parcel)
        return await self._follow(done) if isinstance(done.delivery, Moved) else done

    async def tell_together(self, rows: Sequence[OutboxRow], now: datetime) -> Done:
        """Tell the moderators' group of many changes in one message, from the cases as they are now."""
        if self.desk_chat is None:
            return Done(Never("no_address"))
        found = [await self.store.case(case) for case in cases_of(rows)]
        text = crowd_text([case for case in found if case is not None], self.running.campaign, now)
        return Done(await self.transport.alarm(self.desk_chat, text, None) if text else Delivered())

    async def _open(self, row: OutboxRow) -> Parcel:
        name = chat_key(row.chat)
        box = (await self.vault.known([name])).get(name)
        about = f"outbox:{row.chat}"
        try:
            return codec.unpack_parcel((box or self.vault).open(row.body, about))
        except CannotOpen:  # the last words of a wipe are sealed by the ring: the chat's own key is gone
            return codec.unpack_parcel(self.vault.open(row.body, about))

    async def _send(self, row: OutboxRow, chat_id: int, parcel: Parcel) -> Done:
        match parcel:
            case Card():
                return await self._card(chat_id, CaseId(parcel.case))
            case Alarm():
                case = await self.store.case(CaseId(parcel.case)) if parcel.case else None
                topic = self.topics.get(case.desk) if case else None
                return Done(await self.transport.alarm(chat_id, parcel.text, case.card if case else None, **_in(topic)))
            case DeleteMessages():
                return await self._clear(row, chat_id, parcel)
            case Leave():
                return Done(await self.transport.deliver(chat_id, parcel))
            case Message():
                return await self._marked(row, await self.transport.deliver(chat_id, parcel), parcel.mark)

    async def _marked(self, row: OutboxRow, delivery: Delivery, mark: str = "") -> Done:
        if not isinstance(delivery, Delivered) or not delivery.message_ids or row.chat == DESK:
            return Done(delivery)
        box = (await self.vault.boxes([chat_key(row.chat)]))[chat_key(row.chat)]
        return Done(delivery, tuple(seal_mark(box, row.chat, number, mark) for number in delivery.message_ids))

    async def _card(self, chat_id: int, case_id: CaseId) -> Done:
        """A card is drawn from the case as it is now: edits that waited are all in it."""
        case = await self.store.case(case_id)
        if case is None:
            return Done(Never("case_gone"))
        if case.card is None and not case.open:
            return Done(Delivered())  # it was told of together with others, and is over
        if is_complaint(case):
            return Done(Delivered())  # it became one while the row waited: whom it is about may be in the group
        names = {person.id: person.name for person in self.people.staff}
        text = card_text(case, names, zone_of(self.running.campaign, case))
        delivery = await self.transport.show_card(
            chat_id, text, card_keys(case, self.console_url), case.card, **_in(self.topics.get(case.desk))
        )
        new = isinstance(delivery, Delivered) and delivery.message_ids and delivery.message_ids[0] != case.card
        return Done(
            delivery, card=(case_id, delivery.message_ids[0]) if new and isinstance(delivery, Delivered) else None
        )

    async def _clear(self, row: OutboxRow, chat_id: int, parcel: DeleteMessages) -> Done:
        delivery = await self.transport.delete(chat_id, parcel.ids) if parcel.ids else Delivered()
        if isinstance(delivery, TryAgain | Moved) or not parcel.done:
            return Done(delivery)
        refused = delivery.refused if isinstance(delivery, Delivered) else len(parcel.ids)
        text = parcel.done.replace("{n}", str(refused))
        return await self._marked(row, await self.transport.deliver(chat_id, Message(text)))

    async def _address(self, chat: ChatToken) -> int | None:
        if chat not in self._ids:
            sealed = (await self.store.addresses([chat])).get(chat)
            if sealed is None:
                return None
            try:
                self._ids[chat] = int(self.vault.open(sealed, f"address:{chat}"))
            except (CannotOpen, ValueError):
                return None
            if len(self._ids) > 50_000:
                self._ids.pop(next(iter(self._ids)))
        return self._ids[chat]

    async def _follow(self, done: Done) -> Done:
        """The moderators' group became a supergroup: remember its new id, and send again."""
        if isinstance(done.delivery, Moved):
            await self.desk_moved(done.delivery.chat_id)
        return Done(TryAgain("moved", after=0.0))

    async def desk_moved(self, new: int) -> None:
        """Note the group's new id: at once, for what comes next from there must not look like a strange group."""
        old, self.desk_chat = self.desk_chat, new
        await self.store.set_marker(f"moved:{old}", str(new))


def _in(topic: int | None) -> dict[str, int]:
    return {"topic": topic} if topic is not None else {}


async def desk_chat_now(store: Store, configured: int | None) -> int | None:
    """Return where the group of the setting is now: it may have moved since it was written down."""
    chat = configured
    while chat is not None and (moved := await store.marker(f"moved:{chat}")):
        chat = int(moved)
    return chat
