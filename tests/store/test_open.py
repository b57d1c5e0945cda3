"""Opening, refusing, failing and closing: what an operator meets."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.store import migrations
from bot.store.errors import StoreError
from bot.store.open import database_path, keys_path, open_keys, open_store
from bot.store.protocol import Store
from tests.store.given import ANA, a_case, a_turn, commit, open_case


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data.db", "data.db"),
        ("sqlite:////srv/bot/data.db", "/srv/bot/data.db"),
        ("data.db", "data.db"),
        ("/srv/data.db", "/srv/data.db"),
    ],
)
def test_a_url_or_a_plain_path_names_a_file_and_its_keys_lie_beside_it(url: str, path: str) -> None:
    assert database_path(url) == Path(path)
    assert keys_path(database_path(url)) == Path(path.removesuffix(".db") + ".keys.db")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://bot@host/bot", "needs the postgres extra, which is not part of this version"),
        ("mysql://x", "'mysql' is not known"),
        ("sqlite://data.db", "Use sqlite:///data.db"),
        ("", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
async def test_anything_else_is_refused_with_the_cure(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        await open_store(url)


async def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Does the folder exist"):
        await open_store(str(tmp_path / "no" / "bot.db"))


async def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"a letter to a friend, and quite a long one " * 200)
    with pytest.raises(StoreError, match="not a database"):
        await open_store(str(tmp_path / "bot.db"))


async def test_what_was_committed_is_there_after_opening_again(tmp_path: Path) -> None:
    url = str(tmp_path / "bot.db")
    first = await open_store(url)
    await open_case(first)
    await first.close()
    second = await open_store(url)

    assert (await second.load_chats([ANA]))[ANA].version == 1
    await second.close()


async def test_several_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    stores = await asyncio.gather(*(open_store(str(tmp_path / "bot.db")) for _ in range(4)))
    for store in stores:
        assert await store.check() == ""
        await store.close()


async def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    newer = (*migrations.MAIN, ("999_later", "create table later (id integer)"))
    migrations.migrate(path, "safebot", newer)
    with pytest.raises(StoreError, match=r"written by a newer version .*999_later"):
        await open_store(str(path))


async def test_an_older_file_is_brought_up_to_date_and_a_failed_step_leaves_it_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    await (await open_store(str(path))).close()
    broken = (*migrations.MAIN, ("002_x", "create table x (id integer);\ncreate table chats (id integer)"))
    with pytest.raises(StoreError):
        migrations.migrate(path, "safebot", broken)
    await (await open_store(str(path))).close()
    migrations.migrate(path, "safebot", (*migrations.MAIN, ("002_y", "create table y (id integer)")))

    assert tables(path) >= {"chats", "y"}
    assert "x" not in tables(path)


async def test_opened_for_reading_it_answers_and_refuses_to_write(store: Store, url: str) -> None:
    await open_case(store)
    reader = await open_store(url, read_only=True)

    assert await reader.case(a_case().id) is not None
    with pytest.raises(StoreError, match="for reading only"):
        await commit(reader, a_turn(2, version=1))
    await reader.close()


async def test_a_closed_store_says_so_and_closing_twice_is_no_trouble(tmp_path: Path) -> None:
    store, keys = await open_store(str(tmp_path / "bot.db")), await open_keys(str(tmp_path / "bot.db"))
    for one in (store, keys):
        await one.close()
        await one.close()
    with pytest.raises(StoreError):
        await commit(store, a_turn(1))
    assert await store.check() != ""


async def test_what_was_asked_before_closing_is_still_written(tmp_path: Path) -> None:
    url = str(tmp_path / "bot.db")
    store = await open_store(url)
    asked = asyncio.ensure_future(commit(store, a_turn(1)))
    await asyncio.sleep(0)
    await store.close()

    assert [result.outcome for result in await asked] == ["done"]


async def test_a_full_disk_is_a_store_error_with_a_cure_and_nothing_half_is_left(tmp_path: Path) -> None:
    store = await open_store(str(tmp_path / "bot.db"))
    await commit(store, a_turn(1))
    pages = await limit_pages(store)
    with pytest.raises(StoreError, match="disk is full"):
        await commit(
            store, a_turn(2, version=1), a_turn(3, chat=a_case().chat, version=2, state=b"x" * 4096 * (pages + 50))
        )

    assert await store.seen(7, [1, 2, 3]) == {1}
    assert [result.outcome for result in await commit(store, a_turn(4, version=1))] == ["done"]
    await store.close()


async def test_a_locked_file_is_a_store_error_with_a_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.connection.BUSY_SECONDS", 0.05)
    path = tmp_path / "bot.db"
    store = await open_store(str(path))
    shell = sqlite3.connect(path, isolation_level=None)
    shell.execute("begin immediate")
    with pytest.raises(StoreError, match="another process holds the file"):
        await commit(store, a_turn(1))
    shell.execute("rollback")

    assert [result.outcome for result in await commit(store, a_turn(1))] == ["done"]
    shell.close()
    await store.close()


async def test_errors_tell_no_words_of_a_row(store: Store) -> None:
    (result,) = await commit(store, a_turn(1, state="private words"))

    assert (result.outcome, result.error) == ("failed", "IntegrityError")


async def test_durability_is_as_promised(store: Store) -> None:
    file = store._file
    asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    got = [await file.write(lambda db, name=name: db.execute(f"pragma {name}").fetchone()[0]) for name in asked]

    assert got == ["wal", 2, 1, 1]


def test_every_statement_of_the_schema_is_applied(tmp_path: Path) -> None:
    migrations.migrate(tmp_path / "bot.db", "safebot", migrations.MAIN)

    statements = "".join(script for _, script in migrations.MAIN)
    assert statements.count("create table") + 2 == len(tables(tmp_path / "bot.db"))  # migrations, sqlite_sequence


def tables(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute("select name from sqlite_schema where type = 'table'")}
    finally:
        connection.close()


async def limit_pages(store: Store) -> int:
    """Let the file grow no further, as on a full disk."""
    file = store._file
    pages = await file.write(lambda db: db.execute("pragma page_count").fetchone()[0])
    await file.write(lambda db: db.execute(f"pragma max_page_count = {pages + 4}").fetchone()[0])
    return int(pages)


async def test_a_file_taken_away_while_it_is_used_refuses_instead_of_losing(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    store, keys = await open_store(str(path)), await open_keys(str(path))
    await commit(store, a_turn(1))
    for file in (path, keys_path(path)):
        file.rename(tmp_path / f"{file.name}.away")

    with pytest.raises(StoreError, match="deleted or replaced"):
        await commit(store, a_turn(2, version=1))
    with pytest.raises(StoreError, match="deleted or replaced"):
        await keys.add({"case:c1": b"wrapped"})
    assert "deleted or replaced" in await store.check()
    assert "deleted or replaced" in await keys.check()

    for file in (path, keys_path(path)):
        (tmp_path / f"{file.name}.away").rename(file)
    await commit(store, a_turn(2, version=1))
    assert await keys.add({"case:c1": b"wrapped"}) == {"case:c1": b"wrapped"}
    await store.close()
    await keys.close()
