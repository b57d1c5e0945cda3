"""Whom the bot may write to, what edits and deletions do, topics, groups, the bot's own profile."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bot.simulator.body import Upload
from bot.simulator.crowd import Crowd
from bot.simulator.errors import Refusal
from bot.simulator.people import MEDIA, NotPossible
from tests.simulator.conftest import Call

BUTTONS = {
    "inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "Page", "url": "https://example.org"}]]
}


def newest(crowd: Crowd) -> dict[str, Any]:
    update: dict[str, Any] = msgspec.json.decode(crowd.core.ledger.all_updates[-1].body)
    return update


@pytest.fixture
def ana(crowd: Crowd) -> int:
    crowd.say("Ana", "/start hello")
    return crowd.person("Ana").id


@pytest.mark.parametrize(
    ("state", "code", "words"),
    [
        ("new", 403, "bot can't initiate conversation with a user"),
        ("blocked", 403, "bot was blocked by the user"),
        ("deactivated", 403, "user is deactivated"),
        ("unknown", 400, "chat not found"),
    ],
)
def test_who_cannot_be_written_to(crowd: Crowd, bot: Call, state: str, code: int, words: str) -> None:
    user = crowd.person("Ana")
    user.started = state != "new"
    user.blocked, user.deactivated = state == "blocked", state == "deactivated"

    with pytest.raises(Refusal, match=words) as refused:
        bot("sendMessage", chat_id=12345 if state == "unknown" else user.id, text="hello")
    assert refused.value.code == code


def test_her_message_carries_her_name_language_and_command(crowd: Crowd, ana: int) -> None:
    crowd.speak("Ana", "sw")
    crowd.say("Ana", "/help")
    message = newest(crowd)["message"]

    assert message["from"] == {"id": ana, "is_bot": False, "first_name": "Ana", "language_code": "sw"}
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    assert message["chat"]["type"] == "private"


@pytest.mark.parametrize("kind", sorted(MEDIA))
def test_media_arrive_by_their_kind_with_the_caption(crowd: Crowd, kind: str) -> None:
    crowd.send_media("Ana", kind, "look")
    message = newest(crowd)["message"]

    assert kind in message
    assert message["caption"] == "look"
    assert "text" not in message


def test_a_tap_carries_the_message_and_its_answer_is_kept(crowd: Crowd, bot: Call, ana: int) -> None:
    sent = bot("sendMessage", chat_id=ana, text="Ready?", reply_markup=BUTTONS)
    _, tap = crowd.tap_with_id("Ana", sent["message_id"], "yes")
    query = newest(crowd)["callback_query"]
    bot("answerCallbackQuery", callback_query_id=tap)

    assert (query["id"], query["data"], query["message"]["text"]) == (tap, "yes", "Ready?")
    assert crowd.core.ledger.taps_answered == {tap: crowd.now()}


def test_a_button_nobody_sent_cannot_be_pressed_except_by_a_forger(crowd: Crowd, ana: int) -> None:
    with pytest.raises(NotPossible):
        crowd.tap("Ana", 1, "yes")
    crowd.tap("Ana", 77, "yes", forged=True)

    assert newest(crowd)["callback_query"]["message"]["date"] == 0


def test_old_buttons_stay_pressable_and_are_gone_after_an_edit_without_them(crowd: Crowd, bot: Call, ana: int) -> None:
    old = bot("sendMessage", chat_id=ana, text="One", reply_markup=BUTTONS)["message_id"]
    bot("sendMessage", chat_id=ana, text="Two", reply_markup=BUTTONS)
    crowd.tap("Ana", old, "yes")
    bot("editMessageText", chat_id=ana, message_id=old, text="One")
    with pytest.raises(NotPossible):
        crowd.tap("Ana", old, "yes")


def test_an_identical_edit_is_not_modified(bot: Call, ana: int) -> None:
    sent = bot("sendMessage", chat_id=ana, text="One", reply_markup=BUTTONS)["message_id"]
    same = {"chat_id": ana, "message_id": sent, "text": "One", "reply_markup": msgspec.json.encode(BUTTONS).decode()}
    with pytest.raises(Refusal, match="message is not modified"):
        bot("editMessageText", **same)
    with pytest.raises(Refusal, match="message to edit not found"):
        bot("editMessageText", **{**same, "message_id": 999})


def test_only_text_messages_of_the_bot_can_be_edited(crowd: Crowd, bot: Call, ana: int) -> None:
    with pytest.raises(Refusal, match="message can't be edited"):
        bot("editMessageText", chat_id=ana, message_id=1, text="mine now")


def test_the_ledger_remembers_every_accepted_send(crowd: Crowd, bot: Call, ana: int) -> None:
    bot(
        "sendMessage",
        chat_id=ana,
        text="Ready?",
        reply_markup=BUTTONS,
        disable_notification="true",
        protect_content=True,
    )
    [sent] = crowd.core.ledger.sends

    assert (sent.chat, sent.text, sent.silent, sent.protected, sent.at) == (ana, "Ready?", True, True, crowd.now())
    assert sent.buttons == (("Yes", "yes"), ("Page", "https://example.org"))


def test_an_uploaded_picture_is_kept_once_and_can_be_sent_by_id(crowd: Crowd, bot: Call, ana: int) -> None:
    upload = Upload("a.png", "image/png", b"\x89PNG picture")
    first = bot("sendPhoto", chat_id=ana, photo="attach://x", x=upload, caption="A girl")
    second = bot("sendPhoto", chat_id=ana, photo=first["photo"][0]["file_id"])

    assert first["photo"][0]["file_id"] == second["photo"][0]["file_id"]
    assert len(crowd.core.world.files) == 1


def test_blocking_and_coming_back_are_told(crowd: Crowd, ana: int) -> None:
    crowd.block("Ana")
    blocked = newest(crowd)["my_chat_member"]["new_chat_member"]["status"]
    with pytest.raises(NotPossible):
        crowd.say("Ana", "hello?")
    crowd.unblock("Ana")

    assert blocked == "kicked"
    assert newest(crowd)["my_chat_member"]["new_chat_member"]["status"] == "member"


def test_the_bot_can_leave_a_group_and_then_not_write_there(crowd: Crowd, bot: Call) -> None:
    _, group = crowd.join_group("Sam", "Friends")
    bot("sendMessage", chat_id=group.id, text="I talk to one person at a time.")
    bot("leaveChat", chat_id=group.id)

    told = [msgspec.json.decode(u.body) for u in crowd.core.ledger.all_updates]
    assert told[0]["my_chat_member"]["chat"]["title"] == "Friends"
    assert told[1]["message"]["new_chat_members"] == [crowd.core.world.bot]
    with pytest.raises(Refusal, match="bot is not a member of the supergroup chat"):
        bot("sendMessage", chat_id=group.id, text="Still here?")


def test_a_bot_that_is_no_administrator_sees_only_commands_in_a_group(crowd: Crowd) -> None:
    _, group = crowd.join_group("Sam", "Friends")
    desk = crowd.desk_group("Desk")

    assert crowd.say("Sam", "hello all", group) == 0
    assert crowd.say("Sam", "/help", group) > 0
    assert crowd.say("Max", "hello all", desk) > 0


def test_a_bot_that_was_thrown_out_gets_403(crowd: Crowd, bot: Call) -> None:
    _, group = crowd.join_group("Sam", "Friends")
    crowd.remove_bot("Sam", group)

    with pytest.raises(Refusal, match="bot was kicked from the supergroup chat"):
        bot("sendMessage", chat_id=group.id, text="hello")


def test_a_deleted_topic_is_not_found_and_takes_its_messages_along(crowd: Crowd, bot: Call) -> None:
    desk = crowd.desk_group("Desk")
    topic = bot("createForumTopic", chat_id=desk.id, name="Blue Heron")["message_thread_id"]
    bot("sendMessage", chat_id=desk.id, message_thread_id=topic, text="A card")
    bot("closeForumTopic", chat_id=desk.id, message_thread_id=topic)
    bot("reopenForumTopic", chat_id=desk.id, message_thread_id=topic)
    bot("editForumTopic", chat_id=desk.id, message_thread_id=topic, name="Heron")
    bot("deleteForumTopic", chat_id=desk.id, message_thread_id=topic)

    assert crowd.texts("Max", desk) == []
    with pytest.raises(Refusal, match="message thread not found"):
        bot("sendMessage", chat_id=desk.id, message_thread_id=topic, text="Another")


def test_topics_need_a_forum(crowd: Crowd, bot: Call) -> None:
    desk = crowd.desk_group("Desk", forum=False)
    with pytest.raises(Refusal, match="the chat is not a forum"):
        bot("createForumTopic", chat_id=desk.id, name="Blue Heron")


def test_a_group_that_moved_says_where(crowd: Crowd, bot: Call) -> None:
    desk = crowd.desk_group("Desk")
    old = desk.id
    crowd.migrate(desk)
    with pytest.raises(Refusal, match="upgraded to a supergroup") as refused:
        bot("sendMessage", chat_id=old, text="hello")

    assert refused.value.parameters == {"migrate_to_chat_id": desk.id}
    assert newest(crowd)["message"]["migrate_to_chat_id"] == desk.id
    assert bot("sendMessage", chat_id=desk.id, text="hello")["chat"]["id"] == desk.id


def test_who_is_in_the_group(crowd: Crowd, bot: Call) -> None:
    desk = crowd.desk_group("Desk", members=["Max"])
    crowd.person("Sam")

    status = {
        name: bot("getChatMember", chat_id=desk.id, user_id=crowd.person(name).id)["status"] for name in ("Max", "Sam")
    }
    assert status == {"Max": "member", "Sam": "left"}
    assert bot("getChatMember", chat_id=desk.id, user_id=1)["can_manage_topics"] is True


def test_name_and_commands_are_kept_per_language(bot: Call) -> None:
    bot("setMyName", name="Bright Side")
    bot("setMyName", name="Upande Mzuri", language_code="sw")
    bot("setMyCommands", commands='[{"command":"help","description":"Talk to someone"}]')

    assert bot("getMyName", language_code="sw") == {"name": "Upande Mzuri"}
    assert bot("getMyName", language_code="km") == {"name": "Bright Side"}
    assert bot("getMyCommands")[0]["command"] == "help"
    with pytest.raises(Refusal, match="BOT_COMMAND_INVALID"):
        bot("setMyCommands", commands=[{"command": "a" * 33, "description": "x"}])


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://example.org/hook", True),
        ("https://example.org:8443/hook", True),
        ("http://127.0.0.1:5000/hook", True),
        ("http://example.org/hook", False),
        ("https://example.org:5000/hook", False),
    ],
)
def test_a_webhook_needs_https_on_one_of_four_ports_except_on_this_machine(bot: Call, url: str, fine: bool) -> None:
    if fine:
        assert bot("setWebhook", url=url, secret_token="s" * 32) is True
    else:
        with pytest.raises(Refusal, match="bad webhook"):
            bot("setWebhook", url=url)


def test_set_webhook_twice_within_a_second_is_429(bot: Call) -> None:
    bot("setWebhook", url="https://example.org/hook")
    with pytest.raises(Refusal, match="retry after 1"):
        bot("setWebhook", url="https://example.org/hook")


def test_a_method_nobody_knows_is_404(bot: Call) -> None:
    with pytest.raises(Refusal, match="method not found") as refused:
        bot("sendPigeon")
    assert refused.value.code == 404
