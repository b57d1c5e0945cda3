"""Stories as plain data that are edited at random, and an oracle that knows where a chat belongs after an edit.

Nothing here asks the engine or the loader: an oracle that shared their code would share their mistakes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

BYE = "bye"


@dataclass
class Part:
    """One step: words, and buttons with where each leads ('' is the step below); without buttons it only says."""

    id: str
    words: str
    buttons: dict[str, str] = field(default_factory=dict)
    checkpoint: bool = False


@dataclass
class Story:
    """One flow; its last step ends it."""

    name: str
    parts: list[Part]
    moved: dict[str, str] = field(default_factory=dict)

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.id == name), None)

    def yaml(self) -> str:
        """Return it as staff would have written it."""
        moved = f"moved: {{{', '.join(f'{a}: {b}' for a, b in self.moved.items())}}}\n" if self.moved else ""
        steps = "".join(_step(part, last=part is self.parts[-1]) for part in self.parts)
        return f"flow: {self.name}\ntitle: {self.name}\nstarts: {{link: {self.name}}}\n{moved}steps:\n{steps}"


def _step(part: Part, *, last: bool) -> str:
    lines = [f"  {part.id}:", f"    {'ask' if part.buttons else 'say'}: {part.words}"]
    if part.buttons:
        lines += ["    buttons:"]
        lines += [f"      {name}: Label {name}{f' -> {to}' if to else ''}" for name, to in part.buttons.items()]
    lines += ["    checkpoint: true"] if part.checkpoint else []
    lines += ["    end: done"] if last else []
    return "\n".join(lines) + "\n"


# The oracle.


def comes_to(story: Story, name: str) -> str | None:
    """Return the question one comes to from a step, None when the story ends before."""
    ids = [part.id for part in story.parts]
    at = ids.index(name)
    return next((part.id for part in story.parts[at:] if part.buttons), None)


def belongs(story: Story | None, asked: str, buttons: tuple[str, ...]) -> tuple[bool, str | None]:
    """Return whether her question still counts, and the question she belongs to: the same step, else where `moved` says,
    else the checkpoint, else the beginning."""
    if story is None:
        return False, None
    part = story.part(asked) or story.part(story.moved.get(asked, ""))
    if part is not None and part.buttons and tuple(part.buttons) == buttons:
        return True, part.id
    safe = next((p for p in story.parts if p.checkpoint), story.parts[0])
    return False, comes_to(story, (part or safe).id)


def answers(story: Story, asked: str, button: str) -> str | None:
    """Return the question a button leads to, None when it leads to the end."""
    part = story.part(asked)
    assert part is not None
    to = part.buttons[button]
    if to == "done":
        return None
    ids = [p.id for p in story.parts]
    return comes_to(story, to or ids[ids.index(asked) + 1])


# The edits.


def begin(name: str, dice: random.Random) -> Story:
    """Return a story with a few questions."""
    story = Story(name, [Part(BYE, "Good night.")])
    for _ in range(6):
        insert(story, dice)
    return story


def _fresh(dice: random.Random, what: str) -> str:
    return f"{what}_{dice.randrange(10**9)}"


def _some(story: Story, dice: random.Random) -> Part:
    return dice.choice(story.parts[:-1])


def insert(story: Story, dice: random.Random) -> None:
    part = Part(_fresh(dice, "s"), f"Words {dice.randrange(1000)}.")
    if dice.random() < 0.7:
        part.buttons = {_fresh(dice, "b"): "" for _ in range(dice.randint(1, 3))} | {"stop": "done"}
    story.parts.insert(dice.randrange(len(story.parts)), part)


def reword(story: Story, dice: random.Random) -> None:
    _some(story, dice).words = f"Other words {dice.randrange(1000)}."


def rename(story: Story, dice: random.Random, *, told: bool = True) -> None:
    part = _some(story, dice)
    old, part.id = part.id, _fresh(dice, "s")
    _leave(story, old, part.id if told else None)
    for other in story.parts:
        other.buttons = {name: part.id if to == old else to for name, to in other.buttons.items()}


def rename_untold(story: Story, dice: random.Random) -> None:
    rename(story, dice, told=False)


def remove(story: Story, dice: random.Random) -> None:
    if len(story.parts) < 4:
        return
    part = _some(story, dice)
    story.parts.remove(part)
    _leave(story, part.id, _some(story, dice).id if dice.random() < 0.4 else None)
    for other in story.parts:
        other.buttons = {name: "" if to == part.id else to for name, to in other.buttons.items()}


def _leave(story: Story, old: str, new: str | None) -> None:
    """A step goes: what had moved to it moves on, or is forgotten."""
    story.moved = {a: new if b == old else b for a, b in story.moved.items() if b != old or new}  # type: ignore[misc]  # truth of any kind
    if new:
        story.moved[old] = new


def rebutton(story: Story, dice: random.Random) -> None:
    part = _some(story, dice)
    if part.buttons and dice.random() < 0.5:
        part.buttons = {name: to for name, to in part.buttons.items() if name == "stop" or dice.random() < 0.6}
    else:
        part.buttons = {_fresh(dice, "b"): "", **part.buttons, "stop": "done"}


def relead(story: Story, dice: random.Random) -> None:
    part = _some(story, dice)
    part.buttons = {n: to if n == "stop" else dice.choice(story.parts).id for n, to in part.buttons.items()}


def swap(story: Story, dice: random.Random) -> None:
    one, two = dice.randrange(len(story.parts) - 1), dice.randrange(len(story.parts) - 1)
    story.parts[one], story.parts[two] = story.parts[two], story.parts[one]


def checkpoint(story: Story, dice: random.Random) -> None:
    for part in story.parts:
        part.checkpoint = False
    _some(story, dice).checkpoint = True


EDITS = (insert, reword, rename, rename_untold, remove, rebutton, relead, swap, checkpoint)
