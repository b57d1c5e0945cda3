"""All parts of a running bot, opened in order and closed in reverse."""

from __future__ import annotations

import asyncio
import fcntl
import os
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.app.listen import Loop
from bot.app.versions import versions_of
from bot.model.ids import BotId
from bot.settings import Settings
from bot.store.errors import StoreError
from bot.store.open import database_path, open_keys, open_store
from bot.store.protocol import KeyFile, Store
from bot.vault.audit import AuditKey
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work.audit.anchoring import Anchoring
from bot.work.audit.room import AuditRoom
from bot.work.calling.blind_paging import BlindPager
from bot.work.calling.page_taps import PageTaps
from bot.work.calling.paging import Pager
from bot.work.desk.cards import cards_for
from bot.work.desk.core import no_cards
from bot.work.desk.desk import Desk
from bot.work.desk.held_replies import LettingGo
from bot.work.desk.holder_lines import HolderLines
from bot.work.desk.keys import DeskKeys
from bot.work.desk.report_watch import ReportWatch
from bot.work.dispatch import Dispatch, desk_chat_now
from bot.work.duty_now import DutyNow
from bot.work.emergency import Emergency
from bot.work.health import Health
from bot.work.intake import DeskTap, Intake
from bot.work.live import Live
from bot.work.ports import Clock, Transport, Watch
from bot.work.pseudonyms import fresh_id
from bot.work.retention import Retention
from bot.work.sender import Limits, Sender
from bot.work.staff.accounts import StaffAccounts
from bot.work.staff.second_factor import SecondFactors
from bot.work.timers import CaseClocks, Timers
from bot.work.turns import Turns


@dataclass(slots=True)
class Ground:
    """What bot and console both stand on."""

    settings: Settings
    clock: Clock
    store: Store
    keys: KeyFile
    vault: Vault
    live: Live
    people: DutyNow
    desk: Desk
    accounts: StaffAccounts
    health: Health
    anchoring: Anchoring
    audit: AuditRoom
    demo: bool = False
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def close(self) -> None:
        """Finish what is written, and let go."""
        await self._open.aclose()


async def open_ground(settings: Settings, clock: Clock, *, demo: bool = False) -> Ground:
    """Open store, keys and campaign. Raises StoreError, KeyRingError or CampaignError with what to do."""
    ring = KeyRing.parse(settings.key)
    live = await asyncio.to_thread(Live.start, settings.campaign, None if demo else versions_of(settings))
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database_url, signer=AuditKey.of(ring))
        stack.push_async_callback(store.close)
        keys = await open_keys(settings.database_url)
        stack.push_async_callback(keys.close)
        anchoring = Anchoring(store, keys, clock)
        stack.push_async_callback(anchoring.last_look)
        vault = Vault(ring, keys)
        people = DutyNow(store)
        await people.refresh()
        cards = cards_for(vault, live) if settings.desk_chat is not None else no_cards
        desk_keys = DeskKeys(store, clock, settings.escrow)
        vault.desks = await desk_keys.sealing_for()
        ground = Ground(
            settings=settings,
            clock=clock,
            store=store,
            keys=keys,
            vault=vault,
            live=live,
            people=people,
            desk=Desk(store, vault, clock, lambda: live.campaign.clocks, cards, desk_keys.chain, lambda: live.campaign),
            accounts=StaffAccounts(store, clock, keys=desk_keys, second=SecondFactors(store, clock, vault)),
            health=Health(
                store,
                vault,
                clock,
                database_path(settings.database_url).resolve().parent,
                desk=settings.desk_chat is not None,
            ),
            anchoring=anchoring,
            audit=AuditRoom(store, clock, keys, (AuditKey.of(ring).public,)),
            demo=demo,
        )
        ground._open = stack.pop_all()
    return ground


@dataclass(slots=True)
class Bot:
    """The parts that only the process which talks to Telegram has."""

    ground: Ground
    turns: Turns
    sender: Sender
    timers: Timers
    clocks: CaseClocks
    pager: Pager
    blind: BlindPager
    letting_go: LettingGo
    reports: ReportWatch
    retention: Retention
    intake: Intake

    @property
    def desk_chat(self) -> int | None:
        """Return where the moderators' group is now: it may have moved."""
        return self.sender.desk_chat

    def loops(self) -> tuple[Loop, ...]:
        """Return the coroutine functions that run for as long as the bot does."""
        return (
            self.turns.run,
            self.sender.run,
            self.timers.run,
            self.clocks.run,
            self.pager.run,
            self.blind.run,
            self.letting_go.run,
            self.reports.run,
            self.retention.run,
        )


async def build_bot(ground: Ground, transport: Transport, watch: Watch | None, desk_tap: DeskTap) -> Bot:
    """Join turns, sender and timers to a Telegram."""
    settings, store, vault, clock = ground.settings, ground.store, ground.vault, ground.clock
    desk = settings.desk_chat is not None
    owner = f"{os.getpid()}-{fresh_id(6)}"
    desk_chat = await desk_chat_now(store, settings.desk_chat)
    dispatch = Dispatch(store, vault, transport, ground.live, ground.people, desk_chat, settings.console_url)
    dispatch.topics = settings.desk_topics
    limits = Limits(settings.rate_chat, settings.burst_chat, settings.rate_group, settings.rate_broadcast)
    sender = Sender(store, dispatch, clock, owner, limits)
    blind = BlindPager(store, vault, ground.people, clock, transport)
    turns = Turns(
        store=store,
        vault=vault,
        running=ground.live,
        clock=clock,
        duty=ground.people,
        outlet=sender,
        last_words=Emergency(transport, clock, blind),
        owner=owner,
        demo=ground.demo,
        desk=desk,
        after=HolderLines(store, vault, ground.people, clock) if settings.desk_content == "full" else None,
    )
    ground.health.watch = watch
    return Bot(
        ground=ground,
        turns=turns,
        sender=sender,
        timers=Timers(store, turns, clock),
        clocks=CaseClocks(store, vault, ground.live, clock, desk, ground.people),
        letting_go=LettingGo(store, clock),
        reports=ReportWatch(store, vault, ground.live, ground.people, clock, desk),
        blind=blind,
        pager=Pager(store, vault, ground.live, ground.people, clock, settings.console_url),
        retention=Retention(store, ground.keys, vault, clock),
        intake=Intake(
            bot=BotId(settings.bot_id),
            turns=turns,
            store=store,
            vault=vault,
            transport=transport,
            accounts=ground.accounts,
            clock=clock,
            desk_tap=desk_tap,
            page_tap=PageTaps(store, ground.accounts, vault, clock, transport),
            desk_moved=dispatch.desk_moved,
        ),
    )


def only_bot_of(database: Path) -> IO[str]:
    """Hold the lock that makes this the only bot process on a database file; it is let go with the process.

    Raises StoreError when another one holds it: two would send the same rows.
    """
    path = database.with_suffix(database.suffix + ".bot.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise StoreError(f"another bot process already works on {database.name}. Stop it first.") from error
    return lock
