"""What one act brought: words, buttons and steps, in her language and in English side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.flowfile.conversation_model import StepName
from bot.model.outbox import Key, Message
from bot.work.job import Draft

TO_SOMEONE = ("!talk", "!help")
"""What the last button of a story's question carries; the second where no person is offered."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A button as it stands on her screen: its id in the flow, its labels, and what it carries."""

    id: str
    label: str
    english: str
    data: str

    def means(self, name: str) -> bool:
        """Return whether a test means this button: by id, or by its label in English or her language."""
        return name in (self.id, self.english, self.label)


@dataclass(frozen=True, slots=True)
class Brought:
    """What one act brought: the bot's words in her language and in English, its buttons, the steps that were played."""

    said: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    buttons: tuple[Shown, ...] = ()
    passed: tuple[StepName, ...] = ()

    @property
    def choices(self) -> tuple[Shown, ...]:
        """Return the buttons without the one that every question of a story ends with."""
        asked = len(self.buttons) > 1 and not self.buttons[-2].data.startswith("!")
        return self.buttons[:-1] if asked and self.buttons[-1].data in TO_SOMEONE else self.buttons

    def then(self, more: Brought) -> Brought:
        """Return both, one after the other."""
        return Brought(
            self.said + more.said, self.english + more.english, self.buttons + more.buttons, self.passed + more.passed
        )


def brought_by(draft: Draft, english: Draft, passed: tuple[StepName, ...]) -> Brought:
    """Return what a turn brought; `english` is the same turn said in English."""
    said, in_english = _messages(draft), _messages(english)
    keys = zip((k for m in said for k in _keys(m)), (k for m in in_english for k in _keys(m)), strict=True)
    choices = draft.after.prompt.choices if draft.after.prompt else ()
    buttons = tuple(Shown(_id(one, choices), one.text, two.text, one.data) for one, two in keys)
    return Brought(tuple(m.text for m in said), tuple(_digits(m.text) for m in in_english), buttons, passed)


def _digits(english: str) -> str:
    """Return English with 0 to 9: the numbers put into it stand as her language writes them."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in english)


def _messages(draft: Draft) -> list[Message]:
    messages = [parcel for _, parcel in draft.messages if isinstance(parcel, Message)]
    if draft.wipe is None:
        return messages
    # The sender puts the number that Telegram refused for {n}; a rehearsal has no Telegram, so nothing was refused.
    return [*messages, Message(draft.wipe.replace("{n}", "0"))]


def _keys(message: Message) -> Iterable[Key]:
    return (key for row in message.rows for key in row)


def _id(key: Key, choices: tuple[str, ...]) -> str:
    """Return a button's id: a lasting one's name, a choice's id."""
    if key.data.startswith("!"):
        return key.data[1:]
    name = key.data.partition(".")[2]
    if name.startswith("#") and name[1:].isdecimal() and int(name[1:]) < len(choices):
        return choices[int(name[1:])]
    return name
