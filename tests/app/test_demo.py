"""A demo that cannot start."""

from __future__ import annotations

import gc
import socket
from pathlib import Path

import pytest

from bot.app.demo import HOST, running_demo

ROOT = Path(__file__).parent.parent.parent


async def test_a_demo_whose_port_is_taken_leaves_nothing_open(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        with pytest.raises(OSError, match="address already in use"):
            async with running_demo(ROOT, other.getsockname()[1]):
                pass
    gc.collect()

    assert "Unclosed" not in caplog.text
