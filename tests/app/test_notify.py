"""What systemd is told."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.app.notify import watchdog
from bot.work.health import Health
from tests.telegram.standin import JumpingClock


@pytest.mark.parametrize(("alive", "told"), [(True, b"WATCHDOG=1"), (False, b"")])
async def test_a_store_that_refuses_is_no_reason_to_be_restarted_but_silence_is(
    alive: bool, told: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "30000000")
        health: Any = SimpleNamespace(alive=alive, report=SimpleNamespace(ready=False))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await watchdog(cast(Health, health), Patient())
        assert (systemd.recv(100) if told else b"") == told


class Patient(JumpingClock):
    """A clock whose waits pass at once, but let others have a turn."""

    async def sleep_until(self, when: Any) -> None:
        await super().sleep_until(when)
        await asyncio.sleep(0.02)
