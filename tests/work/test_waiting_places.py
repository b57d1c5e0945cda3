"""Where chats wait is counted from what is sealed, and nothing else of them comes out."""

from __future__ import annotations

from pathlib import Path

from bot.flowfile.against import Place
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work.waiting_places import waiting_places
from tests.work.bot_room import ANA, BEA, bot_room


async def test_chats_are_counted_at_the_question_they_wait_at(tmp_path: Path) -> None:
    async with bot_room(tmp_path) as room:
        await room.does("/start", ANA)
        await room.does("/start", BEA)
        assert await waiting_places(room.store, room.vault) == {Place("welcome", "tongue", ("en", "sw")): 2}

        await room.arrives(BEA)
        found = await waiting_places(room.store, room.vault)
        assert {(place.flow, place.step): count for place, count in found.items()} == {
            ("welcome", "tongue"): 1,
            ("menu", "pick"): 1,
        }


async def test_what_another_ring_sealed_waits_nowhere(tmp_path: Path) -> None:
    async with bot_room(tmp_path) as room:
        await room.does("/start", ANA)

        assert await waiting_places(room.store, Vault(KeyRing.new(), room.keys)) == {}
