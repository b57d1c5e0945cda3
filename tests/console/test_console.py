"""The console over HTTP on real SQLite: who gets in, what is shown, what forms do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.console.answers import HEADERS
from bot.console.rules import RouteWithoutRule, check_rules
from bot.model.case import CaseState
from bot.model.ids import CaseId
from bot.store.errors import StoreError
from bot.store.reply_records import ReplyState
from bot.work.clock import SystemClock
from tests.console.house import House, a_house

ANA = CaseId("ana1")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as made:
        yield made


async def test_a_route_without_a_rule_does_not_start() -> None:
    async def bare(_request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_get("/forgotten", bare)

    with pytest.raises(RouteWithoutRule, match="/forgotten"):
        check_rules(app)


async def test_a_stranger_is_asked_to_sign_in_everywhere(house: House) -> None:
    await house.room.opens()
    sam = house.stranger()

    assert {await sam.get(path) for path in ("/", "/queue", "/cases/ana1", "/cases/never", "/shift", "/operator")} == {
        (303, "/sign-in")
    }
    assert (await sam.get("/queue/rows"))[0] == (await sam.get("/live"))[0] == 401


async def test_signing_in_takes_name_passphrase_and_the_forms_own_token(house: House) -> None:
    await house.accounts.add("Mona", ("moderator",), ("KE",), ("sw",), "four kettles sing at dawn")
    mona = house.stranger()
    _, page = await mona.get("/sign-in")
    token = page.split('name="csrf" value="')[1].split('"')[0]

    forged = await mona.send("/sign-in", "another", name="Mona", passphrase="four kettles sing at dawn")
    wrong = await mona.send("/sign-in", token, name="Mona", passphrase="not this one at all")
    right = await mona.send("/sign-in", token, name="Mona", passphrase="four kettles sing at dawn")

    assert (forged[0], wrong[0], right) == (403, 403, (303, "/queue"))
    assert (await mona.get("/queue"))[0] == 200
    await mona.send("/sign-out")
    assert await mona.get("/queue") == (303, "/sign-in")


async def test_cookies_are_guarded_where_there_is_tls(tmp_path: Path) -> None:
    async with a_house(tmp_path, secure=True) as house:
        code = await house.accounts.sign_in_link("Max")
        async with aiohttp.ClientSession() as http, http.get(f"{house.root}/sign-in/{code}") as answer:
            cookies = answer.headers.getall("Set-Cookie")
            assert answer.headers["Strict-Transport-Security"]

    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/"))


async def test_the_one_use_link_exists_in_the_demo_only(tmp_path: Path) -> None:
    async with a_house(tmp_path, demo=False) as house:
        code = await house.accounts.sign_in_link("Max")
        assert (await house.stranger().get(f"/sign-in/{code}"))[0] == 404


async def test_every_answer_carries_the_strict_headers_and_no_inline_script_or_style(house: House) -> None:
    await house.room.opens()
    await house.room.desk.claim(house.room.max, ANA)
    max_ = await house.browser("Max")

    for path in ("/queue", "/cases/ana1?words=open", "/shift", "/guide", "/nothing", "/files/console.js"):
        async with max_.http.get(house.root + path) as answer:
            text = await answer.text()
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        if path != "/files/console.js":
            assert "<script>" not in text and "<style" not in text and " style=" not in text and "onclick" not in text


async def test_the_queue_shows_coded_facts_and_no_words(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")

    _, page = await max_.get("/queue")

    assert all(fact in page for fact in ("P2", "sextortion", "Swahili", "Otter 12", "sw.sextortion.threat", "0 min"))
    assert "please help me" not in page


async def test_the_words_stay_behind_a_tap_that_is_written_down(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")
    assert await max_.send("/cases/ana1/claim") == (303, "/cases/ana1")

    _, closed = await max_.get("/cases/ana1")
    _, opened = await max_.get("/cases/ana1?words=open")

    assert "please help me" not in closed and "1 message from her" in closed
    assert "please help me" in opened and "She wrote" in opened and "P2, sextortion" in opened
    looks = [line.detail for line in await house.room.store.audit_lines(0, 100) if line.action == "look"]
    assert looks == ["facts", "words"]


async def test_when_the_audit_cannot_be_written_nothing_is_shown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")
    await max_.send("/cases/ana1/claim")

    async def broken(_line: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(house.room.store, "audit", broken)
    status, page = await max_.get("/cases/ana1?words=open")

    assert status == 503 and "please help me" not in page and "nothing was shown" in page


async def test_hostile_words_are_shown_as_words(house: House) -> None:
    await house.room.opens()
    await house.room.desk.claim(house.room.max, ANA)
    await house.room.ana_writes(text='<script>alert(1)</script> " onload=x \u202e{{ 7*7 }}')
    max_ = await house.browser("Max")

    _, page = await max_.get("/cases/ana1?words=open")

    assert "<script>alert" not in page and "&lt;script&gt;" in page and "{{ 7*7 }}" in page


async def test_a_reply_is_sent_taken_back_and_sent_again(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")
    await max_.send("/cases/ana1/claim")
    seen = str((await house.room.desk.look(house.room.max, ANA)).seen)

    assert (await max_.send("/cases/ana1/reply", text="Asante.", seen=seen))[0] == 303
    _, page = await max_.get("/cases/ana1?words=open")
    assert "Take it back" in page
    (reply,) = await house.room.store.replies(ANA)
    assert (await max_.send("/cases/ana1/undo", reply=reply.id))[0] == 303
    _, page = await max_.get("/cases/ana1?words=open")
    assert "Asante." in page and f'value="{reply.id}"' in page
    assert (await max_.send("/cases/ana1/reply", text="Asante sana.", seen=seen, draft=reply.id))[0] == 303
    assert [r.state for r in await house.room.store.replies(ANA)] == [ReplyState.PENDING]


async def test_a_reply_unseen_of_her_newer_message_comes_back_with_it(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")
    await max_.send("/cases/ana1/claim")
    seen = str((await house.room.desk.look(house.room.max, ANA)).seen)
    await house.room.ana_writes(text="I am outside now")

    status, page = await max_.send("/cases/ana1/reply", text="Asante.", seen=seen)

    assert status == 409 and "I am outside now" in page and "Asante." in page and "She wrote again" in page


async def test_a_form_without_the_sessions_token_does_nothing(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")

    for token in ("", "wrong"):
        assert (await max_.send("/cases/ana1/claim", token))[0] == 403
    assert (await house.room.case()).state is CaseState.NEW


async def test_a_case_is_closed_with_how_it_ended(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")
    await max_.send("/cases/ana1/claim")

    assert (await max_.send("/cases/ana1/close", how="resolve"))[0] == 409
    _, page = await max_.get("/cases/ana1")
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    assert (await max_.send("/cases/ana1/close", how="resolve", outcome="real", seen="0"))[0] == 409  # she wrote since
    assert (await max_.send("/cases/ana1/close", how="resolve", outcome="real", seen=seen.group(1)))[0] == 303
    assert (await house.room.case()).state is CaseState.RESOLVED
    assert "Otter 12" in (await max_.get("/shift"))[1]


async def test_the_operator_sees_ids_kinds_and_codes_and_no_case(house: House) -> None:
    await house.room.opens()
    sam = await house.browser("Sam")

    assert (await sam.get("/operator"))[0] == 200
    refused = {(await sam.get(path))[0] for path in ("/queue", "/cases/ana1", "/shift")}
    assert refused == {404}
    assert (await (await house.browser("Max")).get("/operator"))[0] == 404
    assert (await sam.send("/operator/quarantine/7/drop"))[0] == 409


async def test_an_idle_page_is_signed_out_even_while_it_listens(house: House) -> None:
    max_ = await house.browser("Max")
    for _ in range(4):
        house.room.clock.pass_by(minutes=4)
        status, _ = await max_.get("/queue/rows")

    assert status == 401


async def test_a_new_case_is_told_to_an_open_page_within_a_second(tmp_path: Path) -> None:
    async with a_house(tmp_path, clock=SystemClock()) as house:
        house.room.clock.at = SystemClock().now()
        max_ = await house.browser("Max")
        async with max_.http.get(house.root + "/live") as stream:
            assert (await stream.content.readuntil(b"\n\n")).startswith(b"retry")
            await stream.content.readuntil(b"\n\n")
            before = SystemClock().now()
            await house.room.opens()
            told = await stream.content.readuntil(b"\n\n")
            took = (SystemClock().now() - before).total_seconds()

    assert told == b"event: queue\ndata: ana1\n\n"
    assert took < 1
