"""One event being played: the conversation as it changes and the effects so far. Lives for one call of `step`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace

from bot.engine.bubbles import Rows
from bot.model.campaign import Campaign
from bot.model.conversation import Conversation
from bot.model.effects import Effect, Lane, Send
from bot.model.events import DeskView, Event
from bot.model.words import Bubble, Literal, Words


@dataclass(slots=True)
class Play:
    """What every part of the engine works on. `before` is the conversation as it came in, `chat` as it is now."""

    campaign: Campaign
    event: Event
    now: datetime
    before: Conversation
    chat: Conversation
    effects: list[Effect] = field(default_factory=list)
    lane: Lane = Lane.REPLY

    @property
    def desk(self) -> DeskView:
        """Return the desk as she would find it now."""
        return self.event.desk

    def say(self, *words: Words | Literal, rows: Rows = ()) -> None:
        """Send her one bubble of these words."""
        self.effects.append(Send(Bubble(words, rows), self.lane))

    def bubble(self, bubble: Bubble) -> None:
        """Send her this bubble."""
        self.effects.append(Send(bubble, self.lane))

    def emit(self, effect: Effect) -> None:
        """Add any other effect."""
        self.effects.append(effect)

    def last_bubble_gets(self, rows: Rows) -> bool:
        """Put buttons under the last bubble of this turn if it has none; False when nothing was said."""
        for place in range(len(self.effects) - 1, -1, -1):
            effect = self.effects[place]
            if isinstance(effect, Send):
                if not effect.bubble.rows:
                    self.effects[place] = replace(effect, bubble=replace(effect.bubble, rows=rows))
                return True
        return False
