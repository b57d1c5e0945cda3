"""What Telegram sends, as we take it in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.events import Blocked, Commanded, Said, SentMedia, Tapped
from bot.telegram.body import read_object, salvage
from bot.telegram.updates import PAYLOADS, read_update
from bot.work.incoming import Incoming, Kind

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SENT = datetime(2026, 3, 1, 11, 59, tzinfo=UTC)
DATE = int(SENT.timestamp())
ME, DESK, ANA = 424242, -1001234567890, 777
ANA_SENDS = {"id": ANA, "is_bot": False, "first_name": "A", "language_code": "sw"}
PRIVATE = {"id": ANA, "type": "private"}


def read(**payload: Any) -> Incoming:
    return read_update({"update_id": 9, **payload}, ME, DESK, NOW)


def wrote(**content: Any) -> Incoming:
    return read(message={"message_id": 5, "date": DATE, "chat": PRIVATE, "from": ANA_SENDS, **content})


def test_a_private_text_is_said_at_its_own_date() -> None:
    got = wrote(text="hello there")
    assert (got.kind, got.what, got.text) == (Kind.EVENT, Said("hello there"), "hello there")
    assert (got.chat_id, got.user_id, got.message_id, got.language_code) == (ANA, ANA, 5, "sw")
    assert (got.at, got.chat_kind) == (SENT, "private")


def test_a_date_in_the_future_is_now() -> None:
    assert wrote(text="x", date=DATE + 10**6).at == NOW


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [("/help", "help", ""), ("/start s7", "start", "s7"), ("/HELP@our_bot", "help", ""), (" /wipe\n", "wipe", "")],
)
def test_a_command_is_known_by_name_and_argument(text: str, name: str, argument: str) -> None:
    assert wrote(text=text).what == Commanded(name, argument)


def test_words_behind_a_command_are_there_to_be_heard() -> None:
    got = wrote(text="/help please somebody listen")
    assert got.what == Commanded("help", "please somebody listen")
    assert got.text == "/help please somebody listen"


def test_an_edit_brings_the_whole_new_text() -> None:
    message = {"message_id": 5, "date": DATE - 60, "edit_date": DATE, "chat": PRIVATE, "text": "new words"}
    got = read(edited_message=message)
    assert (got.what, got.at) == (Said("new words", edited=True), SENT)


def test_a_live_place_that_moves_is_no_news() -> None:
    message = {"message_id": 5, "date": DATE, "chat": PRIVATE, "location": {"latitude": 1, "longitude": 2}}
    assert read(edited_message=message).kind is Kind.IGNORED


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [{"file_id": "SECRET"}]}, "photo"),
        ({"animation": {"file_id": "SECRET"}, "document": {"file_id": "SECRET"}}, "animation"),
        ({"voice": {"file_id": "SECRET"}}, "voice"),
        ({"contact": {"phone_number": "SECRET"}}, "contact"),
        ({"venue": {"title": "SECRET"}, "location": {}}, "location"),
        ({"sticker": {"file_id": "SECRET"}}, "sticker"),
        ({"dice": {"value": 3}}, "other"),
        ({"something_of_next_year": {"file_id": "SECRET"}}, "other"),
    ],
)
def test_media_are_known_by_kind_only(content: dict[str, Any], kind: str) -> None:
    got = wrote(**content, caption="look")
    assert isinstance(got.what, SentMedia)
    assert (got.what.kind, got.what.caption, got.text) == (kind, "look", "look")
    assert "SECRET" not in repr(got)


def test_the_words_of_a_poll_are_heard() -> None:
    got = wrote(poll={"question": "what should I do", "options": [{"text": "tell"}, {"text": "wait"}]})
    assert got.text == "what should I do\ntell\nwait"


def test_words_quoted_from_another_chat_are_heard_and_our_own_are_not() -> None:
    assert wrote(text="see", external_reply={}, quote={"text": "his words"}).text == "see\nhis words"
    assert wrote(text="see", reply_to_message={"text": "ours"}, quote={"text": "ours"}).text == "see"


def test_a_service_message_is_ignored() -> None:
    assert wrote(pinned_message={"text": "old"}).kind is Kind.IGNORED


def test_a_tap_needs_nothing_of_its_message() -> None:
    gone = {"message_id": 0, "date": 0, "chat": PRIVATE}
    got = read(callback_query={"id": "77", "from": ANA_SENDS, "message": gone, "data": "abcdef.yes"})
    assert (got.kind, got.what, got.tap_id, got.at) == (Kind.EVENT, Tapped("abcdef.yes"), "77", NOW)
    assert read(callback_query={"id": "78", "from": ANA_SENDS, "data": "!help"}).chat_id == ANA


def test_a_tap_at_the_desk_names_its_presser_unless_nobody_can_be_credited() -> None:
    card = {"message_id": 5, "date": DATE, "chat": {"id": DESK, "type": "supergroup"}}
    by_max = read(callback_query={"id": "7", "from": {"id": 8}, "message": card, "data": "claim:abc"})
    unnamed = read(callback_query={"id": "7", "from": {"id": 1087968824}, "message": card, "data": "claim:abc"})
    assert (by_max.kind, by_max.user_id, by_max.what) == (Kind.DESK, 8, Tapped("claim:abc"))
    assert unnamed.user_id is None


@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("member", False)])
def test_blocking_and_coming_back_are_told(status: str, blocked: bool) -> None:
    got = read(my_chat_member={"chat": PRIVATE, "from": ANA_SENDS, "date": DATE, "new_chat_member": {"status": status}})
    assert (got.kind, got.what, got.at) == (Kind.EVENT, Blocked(blocked), SENT)


def test_a_group_that_is_not_ours_is_to_be_left_and_its_words_stay_out() -> None:
    group = {"id": -5, "type": "group", "title": "class"}
    got = read(message={"message_id": 1, "date": DATE, "chat": group, "from": ANA_SENDS, "text": "words of others"})
    added = read(my_chat_member={"chat": group, "new_chat_member": {"status": "member"}})
    left = read(my_chat_member={"chat": group, "new_chat_member": {"status": "left"}})
    assert [got.kind, added.kind, left.kind] == [Kind.GROUP, Kind.GROUP, Kind.IGNORED]
    assert got.text == ""


def test_talk_at_the_desk_is_ignored_but_its_move_is_followed() -> None:
    desk = {"id": DESK, "type": "supergroup"}
    assert read(message={"message_id": 1, "chat": desk, "text": "lunch?"}).kind is Kind.IGNORED
    from_old = read(message={"message_id": 1, "chat": desk, "migrate_to_chat_id": -1009})
    from_new = read(
        message={"message_id": 1, "chat": {"id": -1009, "type": "supergroup"}, "migrate_from_chat_id": DESK}
    )
    assert [(m.kind, m.chat_id, m.moved_to) for m in (from_old, from_new)] == [(Kind.MOVED, DESK, -1009)] * 2


@pytest.mark.parametrize("name", ["channel_post", "inline_query", "poll", "kind_of_next_year"])
def test_other_kinds_are_ignored(name: str) -> None:
    assert read(**{name: {"text": "x"}}).kind is Kind.IGNORED


def test_what_cannot_be_read_keeps_its_chat_and_words() -> None:
    got = read(message={"chat": {"id": "?"}, "from": {"id": ANA}, "text": "some words"})
    assert (got.kind, got.chat_id, got.text, got.chat_kind) == (Kind.UNREADABLE, ANA, "some words", "private")
    assert read(message="nonsense").kind is Kind.UNREADABLE


def test_an_update_that_is_too_deep_is_salvaged() -> None:
    deep = (
        b'{"update_id":9,"message":{"chat":{"id":777},"text":"my \\"words\\"","x":' + b"[" * 9999 + b"]" * 9999 + b"}}"
    )
    raw = read_object(deep)
    assert raw is not None
    got = read_update(raw, ME, DESK, NOW)
    assert (got.kind, got.chat_id, got.text) == (Kind.UNREADABLE, 777, 'my "words"')


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b'{"update_id":"9"}', b'{"update_id":true}', b'{"a":1}', b"\xff"])
def test_bytes_without_an_integer_update_id_are_no_update(body: bytes) -> None:
    assert read_object(body) is None


def test_broken_characters_do_not_cost_the_update() -> None:
    for body in (b'{"update_id":9,"message":{"text":"a\xffb"}}', b'{"update_id":9,"message":{"text":"a\\ud83db"}}'):
        raw = read_object(body)
        assert raw is not None
        assert raw["message"]["text"].encode()


NAMES = st.sampled_from(
    "message from chat id type text caption date data photo poll new_chat_member status message_id "
    "migrate_to_chat_id external_reply quote is_bot language_code question edit_date left_chat_member chat_id".split()
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["private", "group", "/help"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=5), inner, max_size=6),
    max_leaves=15,
)
PAYLOAD_NAMES = st.sampled_from([*PAYLOADS, "channel_post", "next_year"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(st.integers(-(2**31), 2**31), st.dictionaries(PAYLOAD_NAMES, ANYTHING, max_size=3))
def test_any_object_with_an_update_id_is_taken_in(update_id: int, payloads: dict[str, Any]) -> None:
    got = read_update({**payloads, "update_id": update_id}, ME, DESK, NOW)
    assert got.update_id == update_id
    assert got.kind is not Kind.EVENT or (got.chat_id is not None and got.what is not None)


@settings(deadline=None)
@given(st.binary())
def test_no_bytes_make_the_readers_fail(body: bytes) -> None:
    for read_bytes in (read_object, salvage):
        read_bytes(body)
        read_bytes(b'{"update_id":1,"message":{"text":"' + body)
