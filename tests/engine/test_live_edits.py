"""Stories are edited under 500 chats: no exception, no silence, and each is where the oracle says she belongs."""

from __future__ import annotations

import copy
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot import engine
from bot.model.conversation import Conversation
from bot.model.effects import Effect, Send
from bot.model.events import Commanded, Event, Said, Tapped, What
from bot.work.live import Live
from tests.engine.campaign import NOON, ON_DUTY, ONBOARDED
from tests.engine.stories_in_change import EDITS, Story, answers, begin, belongs
from tests.flowfile.campaigns import write

CHATS = 500
ROUNDS = 24
NAMES = ("kite", "river", "market", "lamp")


class Chat:
    """One girl in a story, and the last button she could have tapped before the present ones."""

    def __init__(self) -> None:
        self.state = Conversation(profile=ONBOARDED, last_at=NOON)
        self.now = NOON
        self.old = "gone.yes"
        self.effects: tuple[Effect, ...] = ()

    def does(self, live: Live, what: What, nonce: str) -> list[str]:
        """Let her do something; return the sentences she is sent."""
        before = self.state.prompt
        self.now += timedelta(seconds=20)
        self.state, self.effects = engine.step(
            live.campaign, self.state, Event(what, self.now, nonce, ON_DUTY), self.now
        )
        if before is not None and before != self.state.prompt:
            self.old = f"{before.nonce}.{before.choices[0]}"
        sends = [effect for effect in self.effects if isinstance(effect, Send)]
        return [words.source for send in sends for words in send.bubble.words if hasattr(words, "source")]

    @property
    def at(self) -> tuple[str, str] | None:
        prompt = self.state.prompt
        return (prompt.flow, prompt.step) if prompt is not None else None


class Edited:
    """A folder that is edited, a bot that reloads it, 500 chats, and what ought to be the case."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.dice = root, random.Random(seed)
        self.stories = {name: begin(name, self.dice) for name in NAMES}
        write(root, **{f"flows/{name}.yaml": story.yaml() for name, story in self.stories.items()})
        self.live = Live.start(root)
        self.chats = [Chat() for _ in range(CHATS)]
        self.seen: Counter[str] = Counter()

    def begin(self, chat: Chat) -> None:
        story = self.dice.choice(list(self.stories))
        assert chat.does(self.live, Commanded("start", story), self.nonce())

    def nonce(self) -> str:
        return f"{self.dice.randrange(16**6):06x}"

    def edit(self) -> None:
        """Change one story, or break it: then nothing of the folder may be taken."""
        name = self.dice.choice(list(self.stories))
        file = self.root / "flows" / f"{name}.yaml"
        changed = copy.deepcopy(self.stories[name])
        for _ in range(self.dice.randint(1, 3)):
            self.dice.choice(EDITS)(changed, self.dice)
        if self.dice.random() < 0.2:
            file.write_text(changed.yaml() + "  broken:\n    say: x\n    go: nowhere\n", encoding="utf-8")
            assert not self.live.refresh()
            self.seen["refused"] += 1
        file.write_text(changed.yaml(), encoding="utf-8")
        assert self.live.refresh(), "\n".join(map(str, self.live.problems))
        self.stories[name] = changed

    def delete(self, name: str) -> None:
        (self.root / "flows" / f"{name}.yaml").unlink()
        assert self.live.refresh()
        del self.stories[name]

    def turn(self, chat: Chat) -> None:
        """Let one girl do something, and hold where she is against the oracle."""
        if chat.state.prompt is None:
            self.begin(chat)
            return
        prompt = chat.state.prompt
        story = self.stories.get(prompt.flow)
        counts, place = belongs(story, prompt.step, prompt.choices)
        kind = self.dice.choice(["tap", "tap", "old", "type", "go on"])
        button = self.dice.choice(prompt.choices)
        said = chat.does(self.live, self.what(kind, chat, button), self.nonce())
        if kind == "tap" and counts and story is not None and place is not None:
            place = answers(story, place, button)
        self.hold(chat, kind, prompt.flow, prompt.step, counts, place, said)

    def what(self, kind: str, chat: Chat, button: str) -> What:
        prompt = chat.state.prompt
        assert prompt is not None
        doing: dict[str, What] = {
            "tap": Tapped(f"{prompt.nonce}.{button}"),
            "old": Tapped(chat.old),
            "type": Said("something else"),
            "go on": Tapped("!go_on"),
        }
        return doing[kind]

    def hold(
        self, chat: Chat, kind: str, flow: str, step: str, counts: bool, place: str | None, said: list[str]
    ) -> None:
        assert said, f"silence after {kind} in {flow}/{step}"
        assert chat.at == (None if place is None else (flow, place)), (kind, flow, step, counts)
        assert ("moved" in said) == (not counts)
        assert kind != "old" or "passed" in said
        self.seen["followed" if counts else "sent on"] += 1
        self.seen["renamed"] += counts and kind != "tap" and place != step


@pytest.mark.parametrize("seed", [1, 2])
def test_edits_under_500_chats_leave_each_where_she_belongs(tmp_path: Path, seed: int) -> None:
    all_of_it = Edited(tmp_path, seed)
    for chat in all_of_it.chats:
        all_of_it.begin(chat)
    for number in range(ROUNDS):
        all_of_it.edit()
        if number == ROUNDS // 2:
            all_of_it.delete(NAMES[-1])
        for chat in all_of_it.chats:
            all_of_it.turn(chat)

    print(f"\n{CHATS} chats, {ROUNDS} edits: {dict(all_of_it.seen)}")
    assert all(all_of_it.seen[what] > 3 for what in ("followed", "sent on", "renamed"))
    assert all_of_it.seen["refused"] > 0


def test_the_oracle_itself_knows_the_rules() -> None:
    dice = random.Random(5)
    story = begin("kite", dice)
    first = next(part for part in story.parts if part.buttons)
    buttons = tuple(first.buttons)
    old = first.id

    assert belongs(story, old, buttons) == (True, old)
    first.id, story.moved = "renamed", {old: "renamed"}
    assert belongs(story, old, buttons) == (True, "renamed")
    assert belongs(story, old, ("others",)) == (False, "renamed")
    assert belongs(Story("kite", story.parts), old, buttons)[0] is False
    assert belongs(None, old, buttons) == (False, None)
