"""Tips: another one each time, none twice before all were shown, and the same turn always shows the same."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

from msgspec.structs import replace

from bot.model.conversation import Conversation, Run
from bot.model.flow import Ask, Pick, Variable
from tests.engine.campaign import CAMPAIGN, FLOWS, NOON, ONBOARDED, Ana, flow, pick, w

NAMES = ("lock", "block", "tell", "wait", "report")
TIPS = flow(
    "tips",
    Pick(id="tip", tips={name: w(f"Tip {name}") for name in NAMES}, save_as="tips_seen"),
    Ask(id="more", words=w("Another?"), choices=(pick("yes", "tip"), pick("no", "done"))),
    remembers={"tips_seen": Variable("seen")},
)


def at_the_tips() -> Ana:
    campaign = dataclasses.replace(CAMPAIGN, flows={f.id: f for f in (*FLOWS, TIPS)})
    return Ana(Conversation(profile=ONBOARDED, last_at=NOON, stack=(Run("tips", "tip"),)), campaign=campaign)


def shown(ana: Ana, times: int) -> list[str]:
    first = ana.does("!go_on")[0]
    return [first, *(ana.does(">yes")[0] for _ in range(times - 1))]


def test_no_tip_comes_twice_before_all_were_shown() -> None:
    tips = shown(at_the_tips(), 15)

    assert all(len(set(tips[n : n + 5])) == 5 for n in (0, 5, 10))
    assert all(one != two for one, two in pairwise(tips))


def test_what_she_saw_lasts_beyond_the_end_of_the_flow() -> None:
    ana = at_the_tips()
    first = shown(ana, 2)
    ana.does(">no")
    ana.chat = replace(ana.chat, stack=(Run("tips", "tip"),), prompt=None)

    assert not set(shown(ana, 3)) & set(first)


def test_the_same_turn_shows_the_same_tip_and_other_turns_others() -> None:
    assert len({ana.does("!go_on", nonce="same")[0] for ana in (at_the_tips(), at_the_tips())}) == 1
    assert len({at_the_tips().does("!go_on", nonce=f"turn{n}")[0] for n in range(40)}) > 2


def test_tips_that_were_taken_out_or_put_in_do_no_harm() -> None:
    ana = at_the_tips()
    ana.chat = replace(ana.chat, answers={"tips_seen": "gone lock block tell wait"})

    assert shown(ana, 1) == ["Tip report"]
