"""What is past its time is gone: from the answers, and from the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model.case import CaseState
from bot.model.ids import ChatToken
from bot.store.case_records import CaseWrite
from bot.store.chat_records import TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.expiry import SEEN
from bot.store.operator_records import Quarantined
from bot.store.protocol import KeyStore, Store
from bot.store.reply_records import ReplyState
from bot.store.staff_records import Session
from bot.vault.box import Box
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from tests.store.given import (
    ANA,
    BEA,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    a_mark,
    a_row,
    a_turn,
    add_staff,
    commit,
    open_case,
    send_reply,
)


async def test_a_chat_is_forgotten_when_nothing_of_it_is_left(store: Store) -> None:
    await commit(store, a_turn(1), a_turn(2, chat=BEA, profile=b"p", profile_until=NOW + 99 * DAY))
    early = await store.expire(NOW + DAY - MINUTE)
    expired = await store.expire(NOW + DAY)
    ana, bea = (await store.load_chats([ANA, BEA])).values()

    assert early.keys == ()
    assert expired.keys == (f"chat:{ANA}",)
    assert (expired.counts["states"], expired.counts["chats"]) == (2, 1)
    assert (ana.version, ana.address) == (0, None)
    assert (bea.version, bea.state, bea.profile) == (1, None, b"p")
    assert (await store.expire(NOW + 99 * DAY)).keys == (f"chat:{BEA}",)


async def test_a_state_that_was_renewed_lives_on(store: Store) -> None:
    await commit(store, a_turn(1), a_turn(2, version=1, state_until=NOW + 2 * DAY))
    await store.expire(NOW + DAY + HOUR)
    await commit(store, a_turn(3, version=2, profile=b"p", profile_until=NOW + 3 * DAY, state_until=NOW + 4 * DAY))
    await store.expire(NOW + 3 * DAY)
    chat = (await store.load_chats([ANA]))[ANA]

    assert (chat.state, chat.profile) == (b"sealed state", None)
    assert (await store.expire(NOW + 4 * DAY)).keys == (f"chat:{ANA}",)


async def test_an_open_case_keeps_the_chat_reachable(store: Store) -> None:
    case = await open_case(store)
    await store.expire(NOW + 9 * DAY)
    chat = (await store.load_chats([ANA]))[ANA]
    await store.commit_desk(DeskWrite(case=CaseWrite(replace(case, state=CaseState.RESOLVED, closed_at=NOW))))

    assert (chat.address, chat.state, chat.case) == (b"sealed id", None, case)
    assert (await store.expire(NOW + 9 * DAY)).keys == (f"chat:{ANA}",)
    assert await store.case(case.id) is not None
    assert len(await store.entries(case.id)) == 1


async def test_what_is_due_later_keeps_a_chat_and_so_do_staff(store: Store) -> None:
    timer, row, staff = (ChatToken(c) for c in "trs")
    await add_staff(store, telegram=staff)
    await commit(
        store,
        a_turn(1, chat=timer, timers=(TimerChange("remind", NOW + 9 * DAY),)),
        a_turn(2, chat=row, outbox=(a_row(chat=row, not_before=NOW + 9 * DAY),)),
        a_turn(3, chat=staff),
    )

    assert (await store.expire(NOW + 5 * DAY)).keys == ()


async def test_marks_and_payloads_go_after_48_hours_and_seen_ids_later(store: Store) -> None:
    await commit(store, a_turn(1, marks=(a_mark(1), a_mark(2, NOW + HOUR)), outbox=(a_row(),)))
    await store.expire(NOW + 47 * HOUR)
    kept = (len(await store.marks(ANA, NOW)), (await store.backlog(NOW)).unsent, await store.seen(7, [1]))
    await store.expire(NOW + 48 * HOUR)
    gone = (len(await store.marks(ANA, NOW)), (await store.backlog(NOW)).unsent, await store.seen(7, [1]))
    await store.expire(NOW + 72 * HOUR)

    assert kept == (2, 1, {1})
    assert gone == (1, 0, {1})
    assert await store.seen(7, [1]) == set()


async def test_quarantine_sessions_links_and_old_replies_go(store: Store) -> None:
    case = await open_case(store)
    max_ = await add_staff(store)
    await commit(store, a_turn(2, version=1, quarantine=Quarantined("message", "E1", b"x", NOW)))
    await store.add_session(Session(b"t", max_.id, "c", NOW, NOW))
    await store.add_link(b"code", max_.id, "telegram", NOW + HOUR)
    await store.add_failed_sign_in("Max", NOW)
    for state in ReplyState:
        await send_reply(store, name=state.value, state=state)
    counts = (await store.expire(NOW + 8 * DAY)).counts

    assert {name: counts[name] for name in ("quarantine", "sessions", "links", "failed_sign_ins", "replies")} == {
        "quarantine": 1,
        "sessions": 1,
        "links": 1,
        "failed_sign_ins": 1,
        "replies": 1,
    }
    await store.commit_desk(DeskWrite(case=CaseWrite(replace(case, state=CaseState.REFERRED, closed_at=NOW))))
    assert (await store.expire(NOW + 8 * DAY)).counts["replies"] == len(ReplyState) - 1


async def test_orphans_are_keys_that_seal_nothing(store: Store) -> None:
    await open_case(store)
    await commit(store, a_turn(2, chat=BEA))

    names = ["chat:gone", f"chat:{ANA}", "case:c1", "case:gone"]
    assert await store.orphans(names) == ["chat:gone", "case:gone"]


async def test_keys_made_a_moment_ago_are_no_orphans_yet(keys: KeyStore) -> None:
    await keys.add({"chat:a": b"1", "chat:b": b"2"})

    assert await keys.names() == ["chat:a", "chat:b"]
    assert await keys.names(made_before=datetime.now(UTC) - HOUR) == []


async def test_an_older_key_stays_when_somebody_adds_another(keys: KeyStore) -> None:
    first = await keys.add({"chat:a": b"1"})

    assert await keys.add({"chat:a": b"2", "chat:b": b"3"}) == {"chat:a": b"1", "chat:b": b"3"}
    assert first == await keys.load(["chat:a", "chat:none"])


async def test_after_a_shred_and_expiry_words_and_keys_are_nowhere_in_the_files(
    store: Store, keys: KeyStore, tmp_path: Path
) -> None:
    ring = KeyRing.new()
    vault = Vault(ring, keys)
    words = b"these words must never be found in a file"
    chats = [ChatToken(f"chat{i}") for i in range(40)]
    boxes = await vault.boxes(f"chat:{chat}" for chat in chats)
    sealed = {chat: boxes[f"chat:{chat}"].seal(words * 9, f"state:{chat}") for chat in chats}
    wrapped = await keys.load([f"chat:{chat}" for chat in chats])
    turns = [
        a_turn(i, chat=chat, state=sealed[chat], marks=(a_mark(i),), outbox=(a_row(chat=chat, body=sealed[chat]),))
        for i, chat in enumerate(chats)
    ]
    await commit(store, *turns)
    assert any(piece in read_all(tmp_path) for piece in pieces(sealed.values()))
    assert any(piece in read_all(tmp_path) for piece in pieces(wrapped.values()))
    assert words not in read_all(tmp_path)

    expired = await store.expire(NOW + 3 * DAY)
    await vault.shred(expired.keys)

    found = read_all(tmp_path)
    assert len(expired.keys) == 40
    assert expired.counts["log_kept"] == 0
    assert [piece for piece in pieces([*sealed.values(), *wrapped.values()]) if piece in found] == []
    assert not any(box._key in found for box in boxes.values())
    assert await vault.known(expired.keys) == {}


async def test_a_wiped_state_is_gone_from_the_files_with_the_next_expiry(store: Store, tmp_path: Path) -> None:
    box = Box(Box.new_key())
    sealed = box.seal(b"hello" * 300, "state:a")
    await commit(store, a_turn(1, state=sealed))
    await commit(store, a_turn(2, version=1, cancel_all=True, state=None, state_until=None))
    await store.expire(NOW + timedelta(minutes=1))

    assert [piece for piece in pieces([sealed]) if piece in read_all(tmp_path)] == []


def test_expiry_counts_from_a_messages_own_date_which_may_be_a_day_old() -> None:
    assert timedelta(microseconds=SEEN) >= timedelta(hours=48) + timedelta(hours=24)


def read_all(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def pieces(sealed: Iterable[bytes]) -> list[bytes]:
    """Return a few 16-byte pieces of each: long enough to be there by no accident."""
    return [body[at : at + 16] for body in sealed for at in range(0, len(body) - 16, 40)]
