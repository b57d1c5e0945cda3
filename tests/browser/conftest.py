"""Chromium, the whole demo with a clock that can be moved, and people with a screen each."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.screens import Screens
from tests.scenarios.town import Town, town

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
NO_CHROMIUM = "there is no Chromium on this machine (Debian: apt install chromium)"


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def chromium() -> AsyncIterator[Browser]:
    # CI never skips: without a Chromium the launch below fails there, and says so.
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip(NO_CHROMIUM)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM or "chromium", args=QUIET.split())
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="package")
async def here() -> AsyncIterator[Town]:
    async with town() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def screens(chromium: Browser, here: Town) -> AsyncIterator[Screens]:
    """Open screens of people; at the end none of them may have complained."""
    opened = Screens(chromium, here)
    yield opened
    assert opened.complaints == []
