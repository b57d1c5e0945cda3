"""What a turn costs in the store: printed, not judged, for machines differ. Run with `-s` to see it."""

from __future__ import annotations

import os
import time

from bot.model.ids import ChatToken
from bot.model.outbox import Settled
from bot.store.protocol import Store
from bot.store.turn_records import Outcome
from tests.store.given import DAY, NOW, a_mark, a_prompt, a_turn

CHATS, TOGETHER, ROUNDS = 400, 40, 40


async def test_the_price_of_a_turn_is_printed(store: Store) -> None:
    chats = [ChatToken(f"{i:026d}") for i in range(CHATS)]
    spent, update = 0.0, 0
    for turn in range(ROUNDS):
        group = [chats[(turn * TOGETHER + i) % CHATS] for i in range(TOGETHER)]
        bodies = [os.urandom(1500) for _ in group]
        before = time.process_time()
        rows = await store.load_chats(group)
        turns = [
            a_turn(
                update + i, chat, rows[chat].version, state=bodies[i], state_until=NOW + DAY, hers=True,
                marks=(a_mark(update + i),), outbox=(a_prompt("one", chat), a_prompt("two", chat)),
            )
            for i, chat in enumerate(group)
        ]  # fmt: skip
        results = await store.commit_turns(turns, "me", NOW)
        sent = [
            Settled(row.id, row.chat, "sent", marks=(bodies[i][:60],))
            for i, one in enumerate(results)
            for row in one.rows
        ]
        await store.settle_outbox(sent, NOW)
        spent += time.process_time() - before
        update += TOGETHER
        assert all(result.outcome is Outcome.DONE and len(result.rows) == 2 for result in results)
    print(
        f"\nstore: {spent / update * 1e6:.0f} µs of CPU a turn (load, commit, settle of two replies; {TOGETHER} together)"
    )
