"""What campaign staff may do beside the chat: see where a conversation stands, and put it somewhere else.

The simulator knows only this port; `bot/app/preview.py` fulfils it on the running demo's own store and turns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec


class StepInfo(msgspec.Struct, frozen=True):
    """A step as the list shows it."""

    id: str
    kind: str
    begins: str


class Remembered(msgspec.Struct, frozen=True):
    """A declared answer: what it may be (`options`; empty: anything), and whether it is private."""

    name: str
    options: tuple[str, ...] = ()
    private: bool = False


class FlowInfo(msgspec.Struct, frozen=True):
    """A flow that can be started."""

    id: str
    title: str
    steps: tuple[StepInfo, ...]
    remembers: tuple[Remembered, ...] = ()


class Stage(msgspec.Struct, frozen=True):
    """The campaign that runs now. `version` changes when anything of it, or of its problems, changes."""

    version: str
    flows: tuple[FlowInfo, ...]
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    age_bands: tuple[str, ...]


class Mistake(msgspec.Struct, frozen=True):
    """A problem as people read it: place and sentence, and how to mend it."""

    code: str
    place: str
    message: str
    hint: str
    error: bool


class Trouble(msgspec.Struct, frozen=True):
    """All problems of the files as they are now. `refused`: the version before them keeps running."""

    version: str
    refused: bool
    problems: tuple[Mistake, ...]


class Thought(msgspec.Struct, frozen=True):
    """What the detector makes of her last words."""

    text: str
    level: str
    category: str
    rules: tuple[str, ...]
    lists: tuple[str, ...]


class Standing(msgspec.Struct, frozen=True):
    """Where a conversation stands. `waits`: the step is a question of hers to answer; `under`: flows it comes back to."""

    flow: str = ""
    step: str = ""
    waits: bool = False
    under: tuple[str, ...] = ()
    profile: Mapping[str, str] = {}
    answers: Mapping[str, str] = {}
    private: tuple[str, ...] = ()
    careful: str = ""
    case: str = ""
    claimed: bool = False
    heard: Thought | None = None


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What staff want: a flow and a step ('' for where she is), and what is known of her. '' in `profile` or `answers`
    means not known; what is not named stays as it is."""

    flow: str = ""
    step: str = ""
    profile: Mapping[str, str] = {}
    answers: Mapping[str, str] = {}


class NotPossible(Exception):
    """A wish that names what is not there; the message says what."""


class Preview(Protocol):
    """The staff panel's way into the running bot."""

    async def stage(self) -> Stage:
        """Return the running campaign."""

    async def trouble(self) -> Trouble:
        """Return what is wrong with the files."""

    async def standing(self, chat_id: int) -> Standing:
        """Return where a person's conversation stands."""

    async def put(self, chat_id: int, wish: Wish) -> None:
        """Put her there, and let the bot say what stands there. Raises NotPossible."""

    async def picture(self, flow: str, language: str) -> str:
        """Return a flow ('' for the campaign) as SVG. Raises NotPossible."""
