"""At which questions chats wait now, counted and nothing else: what an edit of the campaign is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.flowfile.against import Place
from bot.model.ids import ChatToken
from bot.store.protocol import Store
from bot.vault.errors import CannotOpen
from bot.vault.vault import Vault
from bot.work.codec import Unreadable, unpack
from bot.work.sealing import chat_key

BATCH = 500


async def waiting_places(store: Store, vault: Vault) -> Counter[Place]:
    """Return how many chats wait at each question. A conversation that does not open any more waits nowhere."""
    found: Counter[Place] = Counter()
    everybody = list(await store.all_addresses())
    for first in range(0, len(everybody), BATCH):
        found.update(await _of(store, vault, everybody[first : first + BATCH]))
    return found


async def _of(store: Store, vault: Vault, chats: Sequence[ChatToken]) -> Counter[Place]:
    boxes = await vault.known(chat_key(chat) for chat in chats)
    found: Counter[Place] = Counter()
    for row in (await store.load_chats(chats)).values():
        box = boxes.get(chat_key(row.chat))
        if row.state is None or box is None:
            continue
        try:
            prompt = unpack(box.open(row.state, f"state:{row.chat}")).prompt
        except (CannotOpen, Unreadable):
            continue
        if prompt is not None:
            found[Place(prompt.flow, prompt.step, prompt.choices)] += 1
    return found
