"""Signing in with an app over HTTP: set up before any page, the code beside the passphrase, and asked again for what is grave."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console.routes import ROUTES
from bot.vault.totp import code, step_at
from tests.console.house import Browser, House, a_house

RIGHT = "four kettles sing at dawn"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path, second=True, demo=False) as made:
        await made.accounts.add("Mona", ("moderator",), ("KE",), ("sw",), RIGHT)
        yield made


async def sign_in(house: House, browser: Browser, typed: str = "") -> tuple[int, str]:
    _, page = await browser.get("/sign-in")
    return await browser.send("/sign-in", token_in(page), name="Mona", passphrase=RIGHT, code=typed)


def token_in(page: str) -> str:
    return page.split('name="csrf" value="')[1].split('"')[0]


def key_in(page: str) -> bytes:
    from base64 import b32decode

    found = re.search(r'class="key">([A-Z2-7 ]+)<', page)
    assert found is not None
    bare = found[1].replace(" ", "")
    return b32decode(bare + "=" * (-len(bare) % 8))


async def enrols(house: House) -> tuple[Browser, bytes]:
    mona = house.stranger()
    assert await sign_in(house, mona) == (303, "/second-factor")
    _, page = await mona.get("/second-factor")
    secret = key_in(page)
    done = await mona.send("/second-factor", token_in(page), code=code(secret, step_at(house.room.clock.at)))
    assert done == (303, "/queue")
    return mona, secret


async def test_without_an_app_every_route_but_the_one_that_sets_it_up_is_closed(house: House) -> None:
    mona = house.stranger()
    await sign_in(house, mona)

    for route in ROUTES:
        if route.rule.anyone or route.rule.unfinished:
            continue
        path = route.path.replace("{case:[A-Za-z0-9]{1,32}}", "ana1").replace(r"{row:\d{1,15}}", "1")
        if "{" in path or route.method != "GET":
            continue
        assert await mona.get(path) in ((303, "/sign-in"), (401, "Please sign in again.")), path


async def test_the_key_is_drawn_here_and_typed_and_the_first_code_opens_the_pages(house: House) -> None:
    mona, _ = await enrols(house)

    assert (await mona.get("/queue"))[0] == 200
    assert await mona.get("/second-factor") == (303, "/sign-in")


async def test_the_page_with_the_key_has_a_picture_without_style_or_script(house: House) -> None:
    mona = house.stranger()
    await sign_in(house, mona)
    _, page = await mona.get("/second-factor")

    assert "<svg" in page and "<path" in page and "style=" not in page and "<script" not in page
    assert "otpauth" not in page and "http" not in page


async def test_a_wrong_first_code_shows_the_same_key_again(house: House) -> None:
    mona = house.stranger()
    await sign_in(house, mona)
    _, page = await mona.get("/second-factor")
    status, again = await mona.send("/second-factor", token_in(page), code="000000")

    assert status == 403 and key_in(again) == key_in(page) and "does not fit" in again


async def test_the_next_sign_in_asks_for_name_passphrase_and_code_together(house: House) -> None:
    _, secret = await enrols(house)
    house.room.clock.pass_by(minutes=1)
    other = house.stranger()

    assert (await sign_in(house, other))[0] == 403
    assert (await sign_in(house, other, "123456"))[0] == 403
    assert await sign_in(house, other, code(secret, step_at(house.room.clock.at))) == (303, "/queue")


async def test_she_is_asked_again_and_goes_where_she_was_going_and_nowhere_else(house: House) -> None:
    mona, secret = await enrols(house)
    house.room.clock.pass_by(minutes=6)

    assert (await mona.send("/confirm?back=/shift", again="000000"))[0] == 403
    typed = code(secret, step_at(house.room.clock.at))
    assert await mona.send("/confirm?back=/shift", again=typed) == (303, "/shift")
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x"):
        assert await mona.send(f"/confirm?back={elsewhere}", again=RIGHT) == (303, "/")


async def test_choosing_a_language_leads_nowhere_else_either(house: House) -> None:
    mona, _ = await enrols(house)

    for elsewhere in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
    ):
        assert (await mona.send(f"/language?back={elsewhere}", language="en"))[1] == "/"
    assert (await mona.send("/language?back=/shift", language="en"))[1] == "/shift"
