"""Before the first update."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.model.campaign import Campaign
from bot.telegram import introduction
from bot.telegram.answers import Answer
from bot.telegram.open import Telegram, open_telegram
from bot.telegram.problems import CannotStart
from bot.telegram.session import USUAL
from bot.telegram.startup import WebhookPlan, prepare
from bot.work.ports import Receiving
from tests.telegram.standin import TOKEN, JumpingClock, StandIn, refusal

ENGLISH = {
    ("bot", "command.help"): ("Help and numbers",),
    ("bot", "profile.name"): ("Learn & Chat",),
}
CAMPAIGN = Campaign(
    name="test",
    languages=("en", "sw", "fil"),
    flows={},
    countries={},
    helplines=(),
    words=(),
    replies=(),
    catalogues={"en": {"bot": ENGLISH}, "sw": {"bot": {("bot", "command.help"): ("Msaada",)}}},
)
HOOK = WebhookPlan("https://bot.example.org/hook", "s" * 40)


async def test_polling_removes_the_webhook_and_drops_nothing(
    api: StandIn, telegram: Telegram, clock: JumpingClock
) -> None:
    me = await prepare(telegram.calls, CAMPAIGN, clock, None)
    assert (me.id, me.username) == (424242, "stand_in_bot")
    assert api.calls("deleteWebhook") == [{"drop_pending_updates": False}]


async def test_a_webhook_is_set_with_its_secret_and_kinds(
    api: StandIn, telegram: Telegram, clock: JumpingClock
) -> None:
    api.will("setWebhook", refusal(429, "Too Many Requests", retry_after=1))
    await prepare(telegram.calls, CAMPAIGN, clock, HOOK)
    asked = api.calls("setWebhook")
    assert len(asked) == 2
    assert (asked[1]["secret_token"], asked[1]["max_connections"]) == (HOOK.secret, 40)
    assert asked[1]["drop_pending_updates"] is False
    assert "callback_query" in asked[1]["allowed_updates"]


async def test_commands_and_names_are_set_per_language_only_where_they_differ(
    api: StandIn, telegram: Telegram, clock: JumpingClock
) -> None:
    english = [{"command": "help", "description": "Help and numbers"}]
    api.will("getMyCommands", *[(200, {"ok": True, "result": english})] * 3)
    await prepare(telegram.calls, CAMPAIGN, clock, None)
    assert api.calls("setMyCommands") == [
        {"language_code": "sw", "commands": [{"command": "help", "description": "Msaada"}]}
    ]
    assert api.calls("setMyName") == [{"name": "Learn & Chat"}, {"language_code": "en", "name": "Learn & Chat"}]


async def test_a_refused_name_is_a_warning(
    api: StandIn, telegram: Telegram, clock: JumpingClock, caplog: pytest.LogCaptureFixture
) -> None:
    api.will("setMyName", *[refusal(429, "Too Many Requests", retry_after=80000)] * 2)
    await prepare(telegram.calls, CAMPAIGN, clock, None)
    assert "refused 2 of the bot's" in caplog.text


@pytest.mark.parametrize("code", [401, 404])
async def test_a_bad_token_is_one_clear_line(api: StandIn, telegram: Telegram, clock: JumpingClock, code: int) -> None:
    api.will("getMe", refusal(code, "Unauthorized"))
    with pytest.raises(CannotStart, match="SAFEBOT_TOKEN is not a bot") as caught:
        await prepare(telegram.calls, CAMPAIGN, clock, None)
    assert caught.value.exit_code == 2
    assert TOKEN not in str(caught.value)
    assert len(api.asked) == 1


async def test_an_unreachable_api_is_one_clear_line_after_a_few_tries(clock: JumpingClock) -> None:
    telegram = await open_telegram(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(CannotStart, match=r"http://127\.0\.0\.1:9 cannot be reached"):
        await prepare(telegram.calls, CAMPAIGN, clock, None)
    assert len(clock.waits) == 4
    await telegram.close()


async def test_a_token_that_cannot_be_one_is_refused_at_once() -> None:
    with pytest.raises(CannotStart, match="not a bot token"):
        await open_telegram("nonsense", "http://127.0.0.1:9")


async def test_a_group_that_the_bot_cannot_see_is_a_warning(
    api: StandIn, telegram: Telegram, clock: JumpingClock, caplog: pytest.LogCaptureFixture
) -> None:
    api.will("getChat", refusal(400, "Bad Request: chat not found"))
    await prepare(telegram.calls, CAMPAIGN, clock, None, desk_chat=-100)
    assert "SAFEBOT_DESK_CHAT" in caplog.text


async def test_the_watch_tells_what_waits_and_when_delivery_failed(api: StandIn, telegram: Telegram) -> None:
    info = {"url": "https://x", "pending_update_count": 60, "last_error_date": 1767225600, "new_field": 1}
    api.will("getWebhookInfo", (200, {"ok": True, "result": info}), (502, b"<html>"))
    assert await telegram.watch.receiving() == Receiving(60, datetime(2026, 1, 1, tzinfo=UTC))
    assert await telegram.watch.receiving() is None


async def test_an_api_that_never_answers_is_told_within_half_a_minute(
    telegram: Telegram, clock: JumpingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def silent(_bot: object, _name: str, _values: object, patience: float | None = None) -> Answer:
        waited.append(patience or USUAL)
        return Answer(trouble="timeout")

    monkeypatch.setattr(telegram.calls.session, "ask", silent)
    with pytest.raises(CannotStart, match=r"cannot be reached \(timeout\)"):
        await prepare(telegram.calls, CAMPAIGN, clock, None)
    assert sum(waited) + sum(clock.waits) < 40


async def test_an_introduction_that_hangs_does_not_keep_the_bot_from_receiving(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def silent(*_: object) -> Answer:
        await asyncio.Event().wait()
        return Answer()

    monkeypatch.setattr(introduction, "AT_MOST", 0.01)
    monkeypatch.setattr(telegram.calls.session, "ask", silent)
    await introduction.introduce(telegram.calls, CAMPAIGN)
    assert "the old ones stay" in caplog.text
