"""The vault: one key a name, whoever asks first; a shredded key is gone for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.open import open_keys
from bot.vault.errors import CannotOpen
from bot.vault.keystore import KeyStore
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault

RING = KeyRing.new()


@pytest.fixture
async def keys(tmp_path: Path) -> AsyncIterator[KeyStore]:
    store = await open_keys(str(tmp_path / "bot.db"))
    yield store
    await store.close()


async def test_a_key_is_durable_before_anybody_can_seal_with_it(keys: KeyStore) -> None:
    box = (await Vault(RING, keys).boxes(["chat:a"]))["chat:a"]
    sealed = box.seal(b"words", "state:a")

    again = (await Vault(RING, keys).known(["chat:a"]))["chat:a"]
    assert again.open(sealed, "state:a") == b"words"


async def test_callers_who_ask_at_the_same_moment_end_with_the_same_key(keys: KeyStore) -> None:
    vaults = [Vault(RING, keys), Vault(RING, keys)]
    found = await asyncio.gather(*(vaults[i % 2].boxes(["chat:a", f"chat:{i}"]) for i in range(10)))

    sealed = found[0]["chat:a"].seal(b"words", "x")
    assert all(boxes["chat:a"].open(sealed, "x") == b"words" for boxes in found)


async def test_known_makes_no_key(keys: KeyStore) -> None:
    assert await Vault(RING, keys).known(["chat:nobody"]) == {}
    assert await keys.names() == []


async def test_what_was_sealed_before_a_shred_never_opens_again(keys: KeyStore) -> None:
    vault = Vault(RING, keys)
    sealed = (await vault.boxes(["chat:a"]))["chat:a"].seal(b"words", "x")
    await vault.shred(["chat:a"])

    assert await vault.known(["chat:a"]) == {}
    with pytest.raises(CannotOpen):
        (await vault.boxes(["chat:a"]))["chat:a"].open(sealed, "x")


async def test_only_so_many_boxes_stay_in_memory_and_the_others_are_found_again(keys: KeyStore) -> None:
    vault = Vault(RING, keys, cached=3)
    names = [f"chat:{i}" for i in range(10)]
    made = await vault.boxes(names)
    found = await vault.boxes(names)

    assert all(found[name].open(made[name].seal(b"x", name), name) == b"x" for name in names)
    assert len(vault._boxes) == 3


async def test_after_a_rotation_and_a_rewrap_the_old_key_may_go(keys: KeyStore) -> None:
    sealed = (await Vault(RING, keys).boxes(["case:a"]))["case:a"].seal(b"words", "x")
    rotated = RING.rotated()
    newest = KeyRing(rotated.pepper, {2: rotated.keys[2]})

    assert await Vault(newest, keys).known(["case:a"]) == {}
    assert await Vault(rotated, keys).rewrap() == 1
    assert (await Vault(newest, keys).known(["case:a"]))["case:a"].open(sealed, "x") == b"words"


async def test_with_a_lost_ring_conversations_start_over_instead_of_failing(keys: KeyStore) -> None:
    await Vault(RING, keys).boxes(["chat:a"])
    vault = Vault(KeyRing.new(), keys)
    box = (await vault.boxes(["chat:a"]))["chat:a"]

    assert (await vault.boxes(["chat:a"]))["chat:a"].open(box.seal(b"new", "x"), "x") == b"new"


async def test_the_ring_itself_seals_addresses(keys: KeyStore) -> None:
    vault = Vault(RING, keys)

    assert vault.open(vault.seal(b"77", "address:a"), "address:a") == b"77"
    assert vault.token(77) == RING.token(77)
