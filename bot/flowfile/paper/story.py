"""One story as bubbles on a page: numbered, with where each button leads. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.campaign import Catalogue
from bot.model.flow import Ask, Flow, Quiz, Say, Step, spoken
from bot.model.words import Words


@dataclass(frozen=True, slots=True)
class Bubble:
    """One thing she reads. `buttons` are (label, number of the bubble it leads to, 0 for the end or another story)."""

    number: int
    text: str
    photo: str = ""
    alt: str = ""
    buttons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One story."""

    name: str
    title: str
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences in one language, English where there is none."""

    flows: Catalogue
    own_books: tuple[Catalogue, ...]
    english: bool = False

    def text(self, words: Words) -> str:
        """Return a sentence of a story; of a plural, the form for many."""
        forms = self.flows.get((words.context, words.source), ())
        return forms[-1] if forms else words.plural or words.source

    def own(self, key: str) -> str:
        """Return one of the bot's own sentences."""
        found = (book[("bot", key)] for book in self.own_books if ("bot", key) in book)
        return next(found, (key,))[0]

    def tells(self, flow: Flow) -> bool:
        """Return whether this story is told in the language at all."""
        return self.english or any((w.context, w.source) in self.flows for s in flow.steps.values() for w in spoken(s))


def page_of(flow: Flow, said: Said) -> Page | None:
    """Return the page of a story; None when nobody has begun to translate it."""
    if not said.tells(flow):
        return None
    shown = {name: step for name, step in flow.steps.items() if any(True for _ in spoken(step))}
    numbers = {name: number for number, name in enumerate(shown, 1)}
    bubbles = tuple(_bubble(step, numbers, said) for step in shown.values())
    return Page(flow.id, said.text(flow.title), bubbles)


def _bubble(step: Step, numbers: Mapping[str, int], said: Said) -> Bubble:
    text = "\n\n".join(said.text(words) for words in spoken(step))
    buttons: tuple[tuple[str, int], ...] = ()
    if isinstance(step, Ask | Quiz):
        buttons = tuple((said.text(c.label), numbers.get(c.to or "", 0)) for c in step.choices)
    photo, alt = (step.photo, step.alt) if isinstance(step, Say | Ask) else ("", None)
    return Bubble(numbers[step.id], text, photo, said.text(alt) if alt is not None else "", buttons)
