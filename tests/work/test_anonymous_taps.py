"""A tap in the moderators' group: who stands for nobody gets a sentence, and no case."""

from __future__ import annotations

from pathlib import Path

from bot.model.case import CaseState
from bot.model.events import Tapped
from bot.work.desk.taps import ANONYMOUS, NOT_LINKED, DeskTaps
from bot.work.incoming import Incoming, Kind
from bot.work.staff.accounts import StaffAccounts
from bot.work.staff.passphrases import Passphrases
from tests.clocks import JumpClock
from tests.work.bot_room import Recording
from tests.work.desk_room import a_room


async def test_an_anonymous_administrator_is_told_what_to_do_and_gets_no_case(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        await room.opens()
        accounts = StaffAccounts(room.store, room.clock, Passphrases(room.store, room.clock))
        telegram = Recording(JumpClock())
        taps = DeskTaps(room.desk, accounts, room.vault, telegram)
        tap = Incoming(1, Kind.DESK, room.clock.now(), -1001, what=Tapped("claim:ana1"), tap_id="t", chat_kind="desk")

        await taps(tap)
        await taps(Incoming(2, Kind.DESK, room.clock.now(), -1001, 4242, what=Tapped("claim:ana1"), tap_id="t"))

        assert telegram.tapped == [ANONYMOUS, NOT_LINKED]
        assert (await room.case()).state is CaseState.NEW
