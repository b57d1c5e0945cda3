"""After a rotation: all that the key ring itself has sealed is sealed anew, so that an old key may leave the ring."""

from __future__ import annotations

from bot.store.protocol import Store
from bot.vault.errors import CannotOpen
from bot.vault.vault import Vault
from bot.work.sealed_rows import resealed_quarantined


async def rewrap(store: Store, vault: Vault) -> int:
    """Seal wrapped keys, chats' addresses, staff's second factors and quarantined updates by the newest key; return how many changed."""
    addresses = {}
    for chat, old in (await store.all_addresses()).items():
        if (new := _anew(vault, old, f"address:{chat}")) is not None:
            addresses[chat] = (old, new)
    bodies = {}
    for waits in await store.quarantined(100_000):
        if not vault.sealed_by_newest(waits.body) and (new := resealed_quarantined(vault, waits)) is not None:
            bodies[waits.id] = new
    secrets = {}
    for staff, factor in (await store.second_factors()).items():
        if (new := _anew(vault, factor.secret, f"totp:{staff}")) is not None:
            secrets[staff] = (factor.secret, new)
    changed = await store.reseal(addresses, bodies) + await store.reseal_second_factors(secrets)
    return changed + await vault.rewrap()


def _anew(vault: Vault, sealed: bytes, about: str) -> bytes | None:
    """Return it sealed by the newest key; None when it is already, or was sealed by a ring that is lost."""
    try:
        return None if vault.sealed_by_newest(sealed) else vault.seal(vault.open(sealed, about), about)
    except CannotOpen:
        return None
