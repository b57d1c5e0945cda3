"""The webhook answers 200 only for what is committed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.telegram.problems import CannotStart
from bot.telegram.webhook import HEADER, LARGEST_BODY, Webhook
from tests.telegram.standin import serving

SECRET = "s" * 32


@dataclass
class House:
    """What the webhook hands over."""

    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    works: bool = True
    breaks: bool = False
    alarms: int = 0

    async def intake(self, update: dict[str, Any]) -> bool:
        if self.breaks:
            raise RuntimeError("lantern words")
        self.taken.append(update)
        return self.works

    def oversize(self) -> None:
        self.alarms += 1

    async def post(self, body: bytes, secret: str | None = SECRET) -> tuple[int, str | None]:
        headers = {} if secret is None else {HEADER: secret}
        async with ClientSession() as session, session.post(self.url, data=body, headers=headers) as response:
            return response.status, response.headers.get("Retry-After")


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    async with serving(Webhook(SECRET, house.intake, house.oversize).application("/hook")) as url:
        house.url = f"{url}/hook"
        yield house


@pytest.mark.parametrize("secret", ["", "short", "s" * 31, "s" * 257, "s" * 31 + "é"])
def test_without_a_proper_secret_it_does_not_start(secret: str) -> None:
    with pytest.raises(CannotStart, match="SAFEBOT_WEBHOOK_SECRET"):
        Webhook(secret, House().intake, House().oversize)


@pytest.mark.parametrize("secret", [None, "", "S" * 32, "s" * 33, "é" * 32])
async def test_a_wrong_secret_is_refused_and_nothing_is_taken_in(house: House, secret: str | None) -> None:
    assert (await house.post(b'{"update_id":1}', secret))[0] == 401
    assert house.taken == []


@pytest.mark.parametrize("body", [b'{"update_id":1}', b'{"update_id":2,"kind_of_next_year":[1]}'])
async def test_any_update_is_committed_and_then_acknowledged(house: House, body: bytes) -> None:
    assert await house.post(body) == (200, None)
    assert len(house.taken) == 1


@pytest.mark.parametrize("body", [b"", b"no", b"[]", b'{"update_id":1.5}', b'{"message":{}}', b"\x00\xff"])
async def test_bytes_that_are_no_update_are_refused(house: House, body: bytes) -> None:
    assert (await house.post(body))[0] == 400
    assert house.taken == []


async def test_what_the_store_could_not_write_comes_again_soon(house: House) -> None:
    house.works = False
    assert await house.post(b'{"update_id":1}') == (503, "1")


async def test_an_error_of_ours_is_no_acknowledgement_and_shows_no_words(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.breaks = True
    assert await house.post(b'{"update_id":1}') == (503, "1")
    assert "lantern" not in caplog.text


async def test_an_update_that_is_too_large_alerts_and_is_committed_as_far_as_it_goes(house: House) -> None:
    head = b'{"update_id":7,"message":{"message_id":1,"chat":{"id":777},"text":"some words","x":"'
    assert await house.post(head + b"a" * LARGEST_BODY + b'"}}') == (200, None)
    assert house.taken == [{"update_id": 7, "salvaged": {"chat_id": 777, "text": "some words"}}]
    assert house.alarms == 1


async def test_a_large_body_without_an_update_id_is_let_go_with_an_alert(house: House) -> None:
    assert await house.post(b" " * (LARGEST_BODY + 10)) == (200, None)
    assert (house.taken, house.alarms) == ([], 1)


async def test_a_body_of_just_the_cap_is_read_whole(house: House) -> None:
    body = b'{"update_id":7,"x":"'
    assert (await house.post(body + b"a" * (LARGEST_BODY - len(body) - 2) + b'"}'))[0] == 200
    assert len(house.taken[0]["x"]) > 10**6


@pytest.mark.parametrize("number", [2**63, -(2**63), 2**64, -(2**70), 10**30, int("9" * 4000)])
async def test_an_integer_too_large_for_a_database_still_names_its_update(house: House, number: int) -> None:
    body = b'{"update_id":%d,"message":{}}' % number
    assert [(await house.post(body))[0] for _ in range(2)] == [200, 200]
    first, again = (update["update_id"] for update in house.taken)
    assert first == again
    assert 2**57 <= first < 2**58
