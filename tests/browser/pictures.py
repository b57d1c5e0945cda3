"""The README's screenshots. They are taken at every run and kept where there is none yet, or when asked for:
`SAFEBOT_SCREENSHOTS=1 pytest tests/browser`. So a test run does not change the checkout, and a lost picture comes back."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.async_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "screenshots"
LARGEST = 200_000


async def picture(page: Page, name: str, folder: Path = FOLDER) -> None:
    """Take a picture of what the window shows; it must be small enough for a README."""
    await page.mouse.move(0, 0)  # no button looks touched
    taken = await page.screenshot(animations="disabled", caret="hide")
    assert len(taken) < LARGEST, f"{name}.png has {len(taken)} bytes"
    path = folder / f"{name}.png"
    if os.environ.get("SAFEBOT_SCREENSHOTS") == "1" or not path.exists():
        _keep(path, taken)


def _keep(path: Path, taken: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(taken)
