"""The bot without Telegram: real SQLite, the engine's small campaign, a few made-up risk words, a transport that records."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import detect
from bot.flowfile.ear.model_file import shipped_model
from bot.model.campaign import Campaign, Helpline, RiskFrame, Shift, WordFile
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.events import Commanded, Said, Tapped, What
from bot.model.ids import BotId, ChatToken, StaffId
from bot.model.levels import Level
from bot.model.outbox import Delivered, Delivery, Message, OutboxRow, Parcel
from bot.store.chat_records import ChatRow
from bot.store.open import open_keys, open_store
from bot.store.protocol import KeyStore, Store
from bot.store.staff_records import Staff
from bot.store.turn_records import UpdateKey
from bot.vault.paged import open_paged
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work import codec
from bot.work.dispatch import Dispatch
from bot.work.duty_now import DutyNow
from bot.work.emergency import Emergency
from bot.work.job import Job
from bot.work.sealing import chat_key, entry_place
from bot.work.sender import Limits, Sender
from bot.work.timers import Timers
from bot.work.turns import Turns
from tests.clocks import JumpClock
from tests.engine.campaign import CAMPAIGN

ANA, BEA = 1001, 1002
EVERY_DESK = ("KE", "NL", "ZZ", "focal")
DANGER, SERIOUS, WORRYING = "purple wolf tonight", "silver fox sends", "yellow crow follows"
WORDS = WordFile(
    language="en",
    lists={"help": ("sos please",), "yes_words": ("yes",)},
    frames=(
        RiskFrame("danger", "en", (DANGER,), "sextortion", Level.P1),
        RiskFrame("serious", "en", (SERIOUS,), "grooming", Level.P2),
        RiskFrame("worrying", "en", (WORRYING,), "stalking", Level.P3),
        RiskFrame("worker", "en", ("the green owl",), "staff_conduct", Level.P2),
    ),
)
LINES = tuple(
    Helpline(f"{country}-{kind}", country, f"{kind} of {country}", kind, number="116", verified=True)
    for country in ("KE", "NL", "ZZ")
    for kind in ("child_helpline", "gbv_helpline", "emergency", "crisis_line")
)
ALWAYS = tuple(Shift(day, datetime.min.time(), datetime.max.time()) for day in range(7))
HOUSE = replace(
    CAMPAIGN,
    words=(WORDS,),
    helplines=LINES,
    countries={code: replace(c, rota={"en": ALWAYS}) for code, c in CAMPAIGN.countries.items()},
)
HEARING = detect.compile_hearing(HOUSE.words, shipped_model())


@dataclass
class House:
    """What `Running` asks for."""

    campaign: Campaign = HOUSE
    hearing: detect.Hearing = HEARING


@dataclass
class Recording:
    """A Telegram that takes everything, unless `answers` holds something else for a chat. `now` stamps what it took."""

    clock: JumpClock
    took: list[tuple[int, Parcel, datetime]] = field(default_factory=list)
    answers: dict[int, list[Delivery]] = field(default_factory=dict)
    deleted: list[tuple[int, ...]] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    tapped: list[str] = field(default_factory=list)
    refused: int = 0
    hold: asyncio.Event | None = None
    _next: int = 5000

    async def deliver(self, chat_id: int, parcel: Parcel) -> Delivery:
        if self.hold is not None:
            await self.hold.wait()
        if self.answers.get(chat_id):
            answer = self.answers[chat_id].pop(0)
            if not isinstance(answer, Delivered):
                return answer
        self._next += 1
        self.took.append((chat_id, parcel, self.clock.now()))
        return Delivered((self._next,))

    async def delete(self, chat_id: int, ids: Sequence[int]) -> Delivery:
        self.deleted.append(tuple(ids))
        return Delivered(refused=self.refused)

    async def show_card(self, chat_id: int, text: str, rows: Any, card: int | None) -> Delivery:
        self.cards.append(text)
        return Delivered((77,))

    async def alarm(self, chat_id: int, text: str, card: int | None) -> Delivery:
        self.alarms.append(text)
        return Delivered((78,))

    async def answer_tap(self, tap_id: str, text: str = "") -> None:
        self.tapped.append(text)

    async def typing(self, chat_id: int) -> None:
        return None

    def texts(self, chat_id: int = ANA) -> list[str]:
        """Return what this chat was sent."""
        return [p.text for chat, p, _ in self.took if chat == chat_id and isinstance(p, Message)]


@dataclass
class Outbox:
    """What Turns hands over, without sending it."""

    rows: list[OutboxRow] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)

    def offer(self, rows: Sequence[OutboxRow], cancelled: Sequence[int]) -> None:
        self.rows += rows
        self.cancelled += cancelled


@dataclass
class BotRoom:
    """Turns at work; with `sending` a real sender too."""

    store: Store
    keys: KeyStore
    vault: Vault
    clock: JumpClock
    house: House
    telegram: Recording
    people: DutyNow
    turns: Turns
    timers: Timers
    dispatch: Dispatch
    outbox: Outbox
    sender: Sender | None
    _update: int = 0

    def chat(self, girl: int = ANA) -> ChatToken:
        return self.vault.token(girl)

    def job(self, what: What | str, girl: int = ANA, update: int | None = None, **more: Any) -> Job:
        """Return an event: `/help` is a command, `!menu` a tap, else words."""
        self._update += 1
        number = update or self._update
        made = Job(
            chat=self.chat(girl),
            what=_what(what),
            at=self.clock.now(),
            key=UpdateKey(BotId(7), number),
            language_hint="en",
            chat_id=girl,
            message_id=number,
        )
        return replace(made, **more)

    async def does(self, what: What | str, girl: int = ANA, **more: Any) -> list[str]:
        """Let one event act; return what it sends, a text a row."""
        before = len(self.outbox.rows)
        job = self.job(what, girl, **more)
        assert await self.turns.take(job, {"update_id": job.key.update, "words": repr(what)} if job.key else None)
        return [await self.text(row) for row in self.outbox.rows[before:]]

    async def text(self, row: OutboxRow) -> str:
        parcel = await self.dispatch._open(row)
        return getattr(parcel, "text", "") or getattr(parcel, "done", "")

    async def row(self, girl: int = ANA) -> ChatRow:
        chat = self.chat(girl)
        return (await self.store.load_chats([chat], self.clock.now()))[chat]

    async def conversation(self, girl: int = ANA) -> Conversation:
        row = await self.row(girl)
        assert row.state is not None
        name = chat_key(row.chat)
        return codec.unpack((await self.vault.known([name]))[name].open(row.state, f"state:{row.chat}"))

    async def cases(self) -> list[Case]:
        return await self.store.open_cases(EVERY_DESK)

    async def words_of(self, case: Case) -> list[str]:
        """Return her words in a case."""
        name = f"case:{case.id}"
        box = (await self.vault.known([name]))[name]
        return [
            open_paged(box, e.body, entry_place(case.id, e.kind, e.seq)).decode()
            for e in await self.store.entries(case.id)
        ]

    async def arrives(self, girl: int = ANA, opted_in: str = "yes") -> None:
        """Put her behind the first contact, in English in Kenya."""
        await self.does("/start", girl)
        for choice in ("en", "13_15", "KE", opted_in):
            prompt = (await self.conversation(girl)).prompt
            assert prompt is not None
            await self.does(Tapped(f"{prompt.nonce}.{choice}"), girl)


def _what(what: What | str) -> What:
    if not isinstance(what, str):
        return what
    if what.startswith("/"):
        command, _, argument = what[1:].partition(" ")
        return Commanded(command, argument)
    return Tapped(what) if what.startswith("!") else Said(what)


@asynccontextmanager
async def bot_room(
    folder: Path,
    *,
    sending: bool = False,
    limits: Limits | None = None,
    ring: KeyRing | None = None,
    desk: bool = False,
    clock: JumpClock | None = None,
) -> AsyncIterator[BotRoom]:
    """Open the bot on a file in `folder`; the same folder and ring open it again."""
    url = f"sqlite:///{folder / 'bot.db'}"
    clock = clock or JumpClock()
    async with AsyncExitStack() as stack:
        store = await open_store(url)
        stack.push_async_callback(store.close)
        keys = await open_keys(url)
        stack.push_async_callback(keys.close)
        vault = Vault(ring or KeyRing.new(), keys)
        house, telegram, outbox = House(), Recording(clock), Outbox()
        people = DutyNow(store, (Staff(StaffId(1), "Max", ("moderator",), ("KE",), ("en",)),))
        dispatch = Dispatch(store, vault, telegram, house, people, -100 if desk else None)
        wide = limits or Limits(chat=1000.0, burst=1000, group=60000.0, broadcast=1000.0)
        sender = Sender(store, dispatch, clock, "me", wide) if sending else None
        emergency = Emergency(telegram, clock)
        turns = Turns(
            store, vault, house, clock, people, outlet=sender or outbox, last_words=emergency, owner="me", desk=desk
        )
        room = BotRoom(
            store, keys, vault, clock, house, telegram, people, turns,
            Timers(store, turns, clock), dispatch, outbox, sender,
        )  # fmt: skip
        stack.push_async_callback(stop, started(turns.run(), *([sender.run()] if sender else [])))
        yield room


def started(*loops: Any) -> list[asyncio.Task[None]]:
    return [asyncio.ensure_future(loop) for loop in loops]


async def stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def until(true: Any, seconds: float = 5.0) -> None:
    """Let the others work until something is true."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.001)


MINUTE = timedelta(minutes=1)
