"""Signing in with an app, asking whose chat it is, reading the audit: in Chromium, on a phone and a laptop, without a barrier."""

from __future__ import annotations

from base64 import b32decode

import pytest
from playwright.async_api import Page, expect

from bot.vault.totp import code, step_at
from tests.browser.queue import fill
from tests.browser.screens import DESK, PHONE, Screens, barriers, too_wide
from tests.scenarios.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

RIGHT = "four kettles sing at dawn"
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


async def wrong_with(page: Page) -> list[str]:
    return [*await barriers(page), *(["scrolls aside"] if await too_wide(page) else [])]


async def fills_in(page: Page, console: str, typed: str = "") -> None:
    await page.goto(f"{console}/sign-in")
    await page.get_by_label("Your name").fill("Mona")
    await page.get_by_label("Your passphrase").fill(RIGHT)
    await page.get_by_label("Code from your app").fill(typed)
    await page.get_by_role("button", name="Sign in").click()


@SIZES
async def test_the_first_sign_in_sets_an_app_up_and_the_next_takes_its_code(
    screens: Screens, here: Town, size: tuple[int, int]
) -> None:
    console = here.demo.console
    await here.ground.accounts.add("Mona", ("moderator",), ("KE",), ("sw",), RIGHT)
    page = await screens.window(size)
    await fills_in(page, console)
    await page.wait_for_url("**/second-factor")
    assert await wrong_with(page) == []
    box = await page.locator("svg").first.bounding_box()
    assert box is not None and box["width"] > 150, "large enough for a camera"
    key = (await page.locator("code.key").inner_text()).replace(" ", "")
    secret = b32decode(key)
    await page.get_by_label("Code").fill(code(secret, step_at(here.clock.now())))
    await page.get_by_role("button", name="Go on").click()
    await page.wait_for_url("**/queue")

    other = await screens.window(size)
    here.clock.jump(minutes=1)
    await fills_in(other, console, code(secret, step_at(here.clock.now())))
    await other.wait_for_url("**/queue")


@SIZES
async def test_the_pages_of_addresses_and_audit_have_no_barrier(
    screens: Screens, here: Town, size: tuple[int, int]
) -> None:
    cases = await fill(here, 3)
    await here.ground.accounts.add("Aud", ("auditor",), (), ("en",))
    lena = await screens.moderator("Lena", size=size)
    found = {}
    await lena.goes(f"/cases/{cases[0].id}/identity")
    await lena.page.get_by_label("Why, and for whom").fill("The child line sends somebody to her.")
    await lena.page.get_by_role("button", name="Ask a second person").click()
    await expect(lena.page.get_by_text("waits for a second person")).to_be_visible()
    for path in (f"/cases/{cases[0].id}/identity", "/identity", "/confirm?back=/identity"):
        await lena.goes(path)
        found[path] = await wrong_with(lena.page)
    aud = await screens.moderator("Aud", size=size)
    for path in ("/audit", "/audit?check=yes"):
        await aud.goes(path)
        found[path] = await wrong_with(aud.page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
