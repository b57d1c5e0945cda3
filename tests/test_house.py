"""The parts joined: one bot a file, everything closed in reverse, the campaign replaced as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.house import build_bot, only_bot_of, open_ground
from bot.settings import Settings
from bot.store.errors import StoreError
from bot.vault.errors import VaultError
from bot.vault.ring import KeyRing
from bot.work.incoming import Incoming
from bot.work.live import CampaignError
from tests.clocks import JumpClock
from tests.work.bot_room import HEARING, HOUSE, Recording

DESK = -100


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings on an empty file; the campaign is the small one."""
    from bot.work.live import Live

    monkeypatch.setattr(Live, "start", classmethod(lambda cls, folder, kept=None: cls(folder, HOUSE, HEARING)))
    return Settings(
        token="7:ABC", key=KeyRing.new().dump(), database_url=f"sqlite:///{tmp_path / 'bot.db'}", desk_chat=DESK
    )


def test_a_file_has_one_bot_at_a_time(tmp_path: Path) -> None:
    with only_bot_of(tmp_path / "bot.db"), pytest.raises(StoreError, match="another bot"):
        only_bot_of(tmp_path / "bot.db")
    only_bot_of(tmp_path / "bot.db").close()


async def test_a_bad_key_or_file_is_said_before_anything_is_opened(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(VaultError):
        await open_ground(replace(settings, key="nonsense"), JumpClock())
    assert not (tmp_path / "bot.db").exists()
    with pytest.raises(StoreError):
        await open_ground(replace(settings, database_url="sqlite:////no/such/folder/bot.db"), JumpClock())


async def test_without_a_campaign_the_house_does_not_open(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    with pytest.raises(CampaignError):
        await open_ground(Settings(key=KeyRing.new().dump(), database_url=url, campaign=tmp_path), JumpClock())


async def test_the_group_that_moved_is_known_after_a_restart_and_another_setting_wins(settings: Settings) -> None:
    clock = JumpClock()
    seen = []
    for configured in (DESK, DESK, -300):
        ground = await open_ground(replace(settings, desk_chat=configured), clock)
        bot = await build_bot(ground, Recording(clock), None, nobody_taps)
        seen.append(bot.desk_chat)
        if bot.desk_chat == DESK:
            await bot.intake.desk_moved(-200)
        assert len(bot.loops()) == 9
        await ground.close()
    assert seen == [DESK, -200, -300]


async def nobody_taps(_: Incoming) -> None:
    return None
