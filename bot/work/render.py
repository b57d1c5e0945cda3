"""Effects of the engine as parcels in her language: the one place where references become words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from bot import texts
from bot.model.campaign import Campaign
from bot.model.outbox import Key, Message
from bot.model.words import Bubble, Button, Literal, Words
from bot.work.helplines import as_line, choose

TICK = "✓"
"""Behind the title of a story she has finished: a sign, so that whoever cannot read well sees it too."""


LISTEN = "!listen_"
LONGEST_DATA = 64
"""Telegram's limit for what a button carries, in bytes."""


class Reader(msgspec.Struct, frozen=True):
    """Who reads: her language and place, what it is about, and the times that stand in the words."""

    language: str
    country: str
    category: str
    timezone: str
    read_by: datetime | None = None
    opens_at: datetime | None = None
    danger: bool = False
    hurt: bool = False  # she took something or bleeds
    demo: bool = False
    now: datetime | None = None  # so that a time on another day is said with its day


class Fills(Mapping[str, str]):
    """What stands for {helpline}, {read_by} and {opens_at}: each is worked out when a text first asks for it."""

    def __init__(self, ways: Mapping[str, Callable[[], str]]) -> None:
        self._ways = ways
        self._known: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._known:
            way = self._ways[name]
            self._known[name] = ""  # a text that names itself finds nothing, and no circle
            self._known[name] = way()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ways)

    def __len__(self) -> int:
        return len(self._ways)


class Renderer:
    """Words for one reader in one turn."""

    def __init__(self, campaign: Campaign, reader: Reader) -> None:
        self._campaign = campaign
        self._reader = reader
        self._fills = Fills(
            {
                "helpline": self.helplines,
                "read_by": lambda: self._at("read_by", reader.read_by),
                "opens_at": lambda: self._at("opens_at", reader.opens_at),
            }
        )

    def message(self, bubble: Bubble, *, before: str = "") -> Message:
        """Return a bubble as a message; `before` stands above it (the honest word after an outage)."""
        body = "\n\n".join(filter(None, (before, *(self.words(w) for w in bubble.words), self._described(bubble))))
        return Message(
            text=body,
            rows=(*self._listen(bubble), *(tuple(self._key(b) for b in row) for row in bubble.rows)),
            photo=self._campaign.media.get(bubble.photo, ""),
            voice=self._campaign.media.get(bubble.voice, ""),
            mark=bubble.mark,
        )

    def _listen(self, bubble: Bubble) -> tuple[tuple[Key, ...], ...]:
        """Return the button that offers the recordings of these words, as many as it can carry."""
        wanted = list(bubble.listen)
        while wanted and len(f"{LISTEN}{','.join(wanted)}".encode()) > LONGEST_DATA:
            wanted.pop()
        return ((Key(self.bot("button.listen"), f"{LISTEN}{','.join(wanted)}"),),) if wanted else ()

    def _described(self, bubble: Bubble) -> str:
        """Return what a picture shows, for whoever cannot see it: Telegram has no field for it."""
        return f"({self.words(bubble.alt)})" if bubble.alt is not None else ""

    def words(self, words: Words | Literal) -> str:
        """Return one sentence in her language."""
        if isinstance(words, Literal):
            return words.text
        return texts.say(self._campaign.catalogues, self._reader.language, words, self._fills)

    def bot(self, key: str, **values: str | int) -> str:
        """Return one of the bot's own sentences by its key."""
        return self.words(Words("bot", key, values=values))

    def _key(self, button: Button) -> Key:
        label = self.words(button.label)
        return Key(f"{label} {TICK}" if button.done else label, button.data, button.url, button.copy)

    def _at(self, which: str, moment: datetime | None) -> str:
        if moment is None:
            return self.bot(f"{which}.unknown")
        return texts.when(self._reader.language, moment, self._reader.timezone, self._reader.now)

    def helplines(self) -> str:
        """Return her helplines, a line each; never empty (a compiled-in copy serves when the directory is)."""
        reader = self._reader
        lines = choose(
            self._campaign,
            reader.country,
            reader.language,
            reader.category,
            danger=reader.danger,
            hurt=reader.hurt,
            demo=reader.demo,
        )
        said = [as_line(line, self.bot, demo=reader.demo) for line in lines]
        return "\n".join(said) or texts.last_resort_helplines(reader.language, reader.country)


def folded(messages: Sequence[Message]) -> Message:
    """Return several messages as one: all words, the last one's buttons. For answers to a backlog."""
    return Message(text="\n\n".join(m.text for m in messages if m.text), rows=messages[-1].rows)
