"""Over HTTP on the loopback: bodies of every kind, faults on the wire, the postman, control routes, the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import msgspec
import pytest
from aiohttp import web

from bot.simulator.core import DEMO
from bot.simulator.faults import Fault, Faults
from bot.simulator.people import NotPossible
from bot.simulator.server import Simulator
from tests.simulator.clock import VirtualClock

Answer = tuple[int, Any]


class Client:
    """A bot and a browser in one: plain HTTP."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def api(self, method: str, token: str = DEMO, **fields: Any) -> Answer:
        async with self.session.post(f"{self.url}/bot{token}/{method}", json=fields) as response:
            return response.status, await response.json()

    async def post(self, path: str, **fields: Any) -> Answer:
        async with self.session.post(self.url + path, json=fields) as response:
            return response.status, await response.json()

    async def get(self, path: str) -> tuple[int, str, Any]:
        async with self.session.get(self.url + path) as response:
            return response.status, await response.text(), response.headers


@pytest.fixture
async def client(sim: Simulator) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, sim.url)


@pytest.fixture
def ana(sim: Simulator) -> int:
    sim.say("Ana", "hello")
    return sim.person("Ana").id


# --- the Bot API on the wire


async def test_a_wrong_token_is_401_and_a_malformed_one_404(client: Client) -> None:
    assert await client.api("getMe", token="2:other") == (
        401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
    )  # fmt: skip
    assert (await client.api("getMe", token="nonsense"))[0] == 404


async def test_method_names_have_no_case(client: Client) -> None:
    assert (await client.api("GETme"))[1]["result"]["is_bot"] is True


async def test_json_forms_and_query_say_the_same(sim: Simulator, client: Client, ana: int) -> None:
    url = f"{sim.url}/bot1:demo/sendMessage"
    fields = {
        "chat_id": str(ana),
        "text": "hi & you",
        "reply_markup": '{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}',
    }
    form = aiohttp.FormData(fields)
    multipart = aiohttp.FormData(fields)
    multipart._is_multipart = True
    for request in ({"json": fields}, {"data": form}, {"data": multipart}, {"params": fields}):
        async with client.session.post(url, **request) as response:  # type: ignore[arg-type]  # passed on as it came
            assert response.status == 200

    assert sim.texts("Ana") == ["hi & you"] * 4
    assert sim.buttons("Ana") == ["A"]


async def test_a_picture_sent_by_multipart_is_shown_on_the_page(sim: Simulator, client: Client, ana: int) -> None:
    form = aiohttp.FormData({"chat_id": str(ana), "photo": "attach://file"})
    form.add_field("file", b"\x89PNG\r\n\r\n--not-a-boundary", filename="a.png")
    async with client.session.post(f"{sim.url}/bot1:demo/sendPhoto", data=form) as response:
        file_id = (await response.json())["result"]["photo"][0]["file_id"]
    async with client.session.get(f"{sim.url}/file/{file_id}") as response:
        assert (response.content_type, await response.read()) == ("image/png", b"\x89PNG\r\n\r\n--not-a-boundary")


async def test_broken_json_is_refused(sim: Simulator, client: Client) -> None:
    headers = {"Content-Type": "application/json"}
    async with client.session.post(f"{sim.url}/bot1:demo/sendMessage", data=b'{"chat', headers=headers) as response:
        assert response.status == 400


# --- trouble


async def test_429_has_retry_after_in_body_and_header(sim: Simulator, client: Client, ana: int) -> None:
    sim.fault("too_many", method="sendMessage", seconds=3, times=1)
    async with client.session.post(f"{sim.url}/bot1:demo/sendMessage", json={"chat_id": ana, "text": "a"}) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "3")
        assert (await response.json())["parameters"] == {"retry_after": 3}
    assert sim.texts("Ana") == []


@pytest.mark.parametrize("name", ["blocked", "deactivated", "cant_parse", "no_thread", "old_query", "server_error"])
async def test_any_refusal_can_be_planned_by_name(sim: Simulator, client: Client, ana: int, name: str) -> None:
    sim.fault("refuse", text=name)
    planned = Fault("refuse", text=name).refusal()

    status, answer = await client.api("sendMessage", chat_id=ana, text="a")
    assert (status, answer["description"]) == (planned.code, planned.text)


async def test_an_html_page_comes_instead_of_json(sim: Simulator, client: Client) -> None:
    sim.fault("html", code=500, times=1)
    async with client.session.post(f"{sim.url}/bot1:demo/getMe") as response:
        assert (response.status, response.content_type) == (500, "text/html")


@pytest.mark.parametrize(("kind", "happened"), [("reset", 0), ("cut", 1), ("half", 1)])
async def test_a_cut_connection_says_nothing_about_what_happened(
    sim: Simulator, client: Client, ana: int, kind: str, happened: int
) -> None:
    sim.fault(kind, method="sendMessage", times=1)
    with pytest.raises(aiohttp.ClientError):
        await client.api("sendMessage", chat_id=ana, text="a")

    assert len(sim.texts("Ana")) == len(sim.ledger.sends) == happened


async def test_half_a_json_body_can_come_as_a_whole_answer(sim: Simulator, client: Client, ana: int) -> None:
    sim.fault("broken", times=1)
    async with client.session.post(f"{sim.url}/bot1:demo/sendMessage", json={"chat_id": ana, "text": "a"}) as response:
        with pytest.raises(msgspec.DecodeError):
            msgspec.json.decode(await response.read())
    assert len(sim.texts("Ana")) == 1


async def test_a_hanging_call_is_never_answered(sim: Simulator, client: Client, clock: VirtualClock) -> None:
    sim.fault("hang", method="getChat", seconds=100)
    hanging = asyncio.ensure_future(client.api("getChat", chat_id=1))
    await sim.until(lambda: sim.ledger.faults["hang"] == 1)
    await client.api("getMe")
    assert not hanging.done()
    clock.advance(100)
    with pytest.raises(aiohttp.ClientError):
        await hanging


def test_faults_strike_by_method_chat_number_and_seeded_chance() -> None:
    faults = Faults(seed=7)
    faults.add([Fault("cut", method="sendMessage", chat=5, times=2)])
    struck = [faults.pick(m, c) is not None for m, c in [("getme", 5), ("sendmessage", 6), *[("sendmessage", 5)] * 3]]
    assert struck == [False, False, True, True, False]

    def fall(seed: int) -> list[bool]:
        some = Faults(seed)
        some.add([Fault("cut", chance=0.3)])
        return [some.pick("sendmessage", 1) is not None for _ in range(200)]

    assert fall(3) == fall(3) != fall(4)
    assert 40 < sum(fall(3)) < 80


# --- the postman


class Bot:
    """A webhook that answers from a list of statuses, then 200."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.answer: dict[str, Any] = {}

    async def hook(self, request: web.Request) -> web.Response:
        self.updates.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.json_response(self.answer, status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def hooked(sim: Simulator, client: Client) -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await client.api("setWebhook", url=url, secret_token="s" * 40)
    yield bot
    await runner.cleanup()


async def test_updates_are_posted_in_order_with_the_secret(sim: Simulator, hooked: Bot) -> None:
    for n in range(20):
        sim.say("Ana", str(n))
    await sim.until(lambda: sim.ledger.confirmed == 20)

    assert [u["message"]["text"] for u in hooked.updates] == [str(n) for n in range(20)]
    assert set(hooked.secrets) == {"s" * 40}


async def test_a_5xx_is_posted_again_at_once_then_after_two_seconds(
    sim: Simulator, hooked: Bot, clock: VirtualClock
) -> None:
    hooked.statuses = [500, 503]
    sim.say("Ana", "hello")
    update = sim.ledger.all_updates[0]
    await sim.until(lambda: len(update.attempts) == 2)
    clock.advance(2)
    await sim.until(lambda: sim.ledger.confirmed == 1)

    assert [outcome[:3] for _, outcome in update.attempts] == ["500", "503", "200"]
    assert update.attempts[2][0] - update.attempts[1][0] == 2


async def test_a_2xx_that_got_lost_and_a_repeat_on_demand_both_deliver_twice(sim: Simulator, hooked: Bot) -> None:
    sim.fault("lost_answer", method="webhook", times=1)
    sim.say("Ana", "one")
    await sim.until(lambda: sim.ledger.confirmed == 1)
    sim.fault("twice", method="webhook", times=1)
    sim.say("Ana", "two")
    sim.say("Ana", "three")
    await sim.until(lambda: sim.ledger.confirmed == 3)

    assert [u["message"]["text"] for u in hooked.updates] == ["one", "one", "two", "two", "three"]


async def test_a_call_placed_in_the_webhooks_answer_is_done(sim: Simulator, hooked: Bot, ana: int) -> None:
    hooked.answer = {"method": "sendMessage", "chat_id": ana, "text": "hi"}
    await sim.until(lambda: sim.texts("Ana") == ["hi"])


async def test_no_more_than_max_connections_are_open(sim: Simulator, client: Client) -> None:
    now, most = 0, 0
    go_on = asyncio.Event()

    async def slow(request: web.BaseRequest) -> web.Response:
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        if now == 3:
            go_on.set()
        await go_on.wait()
        now -= 1
        return web.Response()

    runner = web.ServerRunner(web.Server(slow))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await client.api("setWebhook", url=url, max_connections=3)
    for n in range(12):
        sim.say(f"Girl {n}", "hello")
    await sim.until(lambda: sim.ledger.confirmed == 12)
    await runner.cleanup()

    assert most == 3


async def test_a_poller_over_http_gets_what_is_said(sim: Simulator, client: Client) -> None:
    waiting = asyncio.ensure_future(client.api("getUpdates", timeout=30))
    await sim.until(lambda: sim.ledger.calls["getupdates"] == 1)
    number = sim.say("Ana", "hello")
    _, answer = await waiting

    assert [u["update_id"] for u in answer["result"]] == [number]


# --- control and page


async def test_acts_come_in_batches_and_the_ledger_counts_them(sim: Simulator, client: Client) -> None:
    await client.post("/_sim/people", count=100, first=1000, language="sw")
    acts = [{"do": "say", "user": 1000 + n, "text": "hello"} for n in range(100)]
    _, answer = await client.post("/_sim/acts", acts=acts)
    _, page, _ = await client.get("/_sim/updates?after=98")

    assert len({done["update"] for done in answer["done"]}) == 100
    assert msgspec.json.decode(page)["next"] == 100
    assert (await client.post("/_sim/wait", confirmed=1, seconds=0.01))[1]["reached"] is False


async def test_reset_forgets_everything_but_the_address(sim: Simulator, client: Client, ana: int) -> None:
    sim.fault("cut")
    await client.post("/_sim/reset")

    assert sim.ledger.counts()["updates"] == 0
    assert (await client.api("getMe"))[0] == 200


async def test_what_cannot_be_done_is_said(client: Client) -> None:
    status, answer = await client.post("/_sim/acts", acts=[{"do": "fly"}])
    assert (status, "There are: say" in answer["error"]) == (400, True)
    with pytest.raises(NotPossible):
        Simulator(VirtualClock()).press("Ana", "Yes")


async def test_another_sites_form_or_name_cannot_move_anybody(sim: Simulator, client: Client) -> None:
    async with client.session.post(f"{sim.url}/_sim/reset", data="{}") as response:
        assert response.status == 415
    async with client.session.get(sim.url, headers={"Host": "elsewhere.example:80"}) as response:
        assert response.status == 421


async def test_the_page_comes_with_a_strict_policy_and_nothing_from_outside(client: Client) -> None:
    status, page, headers = await client.get("/")

    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http" not in page
    for name in ("page.js", "page.css", "icon.svg"):
        assert (await client.get(f"/{name}"))[0] == 200
    assert (await client.get("/..%2fserver.py"))[0] == 404


async def test_the_page_shows_her_language_the_desk_and_the_console(sim: Simulator, client: Client, ana: int) -> None:
    sim.speak("Ana", "sw")
    sim.desk_group("Moderators", members=["Max"])
    hers = msgspec.json.decode((await client.get("/state?user=Ana"))[1])
    desk = msgspec.json.decode((await client.get("/state?chat=desk"))[1])

    assert hers["labels"]["send"] == "Tuma"
    assert "Max" not in hers["people"]
    assert hers["console"] == "http://127.0.0.1:1/console"
    assert (desk["user"]["name"], desk["chat"]["title"]) == ("Max", "Moderators")


async def test_the_live_view_tells_of_messages_typing_and_deletions(sim: Simulator, client: Client, ana: int) -> None:
    async with client.session.get(f"{sim.url}/live?chat={ana}") as live:
        await live.content.readuntil(b"\n\n")
        await client.api("sendChatAction", chat_id=ana, action="typing")
        _, sent = await client.api("sendMessage", chat_id=ana, text="hello")
        await client.api("deleteMessage", chat_id=ana, message_id=sent["result"]["message_id"])
        told = [msgspec.json.decode((await live.content.readuntil(b"\n\n"))[6:]) for _ in range(3)]

    assert [event["event"] for event in told] == ["typing", "message", "deleted"]
    assert told[1]["message"]["text"] == "hello"


async def test_every_language_of_the_page_has_every_label() -> None:
    from bot.simulator.page_routes import _labels

    wanted = set(_labels()["en"])
    assert {language: wanted ^ set(words) for language, words in _labels().items() if wanted ^ set(words)} == {}
