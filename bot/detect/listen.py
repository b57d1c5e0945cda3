"""What the bot calls: hear one message. Pure: the same ear, text and context always give the same answer."""

from __future__ import annotations

from msgspec.structs import replace

from bot.detect.hearing import Hearing
from bot.detect.likeness import concepts, like_a_plea
from bot.detect.lists import word_lists
from bot.detect.tokens import tokens
from bot.detect.verdict import Hearer, verdict
from bot.detect.views import View, views
from bot.model.assessment import NOTHING_HEARD, Assessment, Context, Evidence, Heard

PIECES = 2
PIECE_WORDS = 6
PIECES_LENGTH = 200
"""A plea comes in pieces: so many of her messages before this one are read together with it, if all are short.

A long message says enough by itself; reading every one twice would cost more than the rest of the turn.
"""


def assess(hearing: Hearing, text: str, context: Context) -> Assessment:
    """Return how worrying a text is, what it is about, and which rules matched where."""
    return _assessed(hearing, text, views(hearing, tokens(text)), context)


def hear(hearing: Hearing, text: str, context: Context) -> Heard:
    """Return the assessment, and the word lists that this text is as a whole."""
    seen = views(hearing, tokens(text))
    return Heard(_assessed(hearing, text, seen, context), word_lists(hearing, seen))


def _assessed(hearing: Hearing, text: str, seen: list[View], context: Context) -> Assessment:
    hearers = _hearers(hearing, seen, context.language)
    alone = verdict(hearers)
    if alone.level is None:
        alone = _in_pieces(hearing, text, context)
    return alone if alone.level is not None else like_a_plea(hearing, hearers, context.language)


def concepts_of(hearing: Hearing, text: str) -> tuple[str, frozenset[str], bool]:
    """Return what the model learns from: the plain text, the slots that were heard, and whether a rule hears it anyway."""
    hearers = _hearers(hearing, views(hearing, tokens(text)))
    return hearers[0].view.text, concepts(hearing, hearers), verdict(hearers).level is not None


def _hearers(hearing: Hearing, seen: list[View], language: str | None = None) -> list[Hearer]:
    return [Hearer(hearing, view, language) for view in seen]


def _in_pieces(hearing: Hearing, text: str, context: Context) -> Assessment:
    """Return what is heard across her last messages and this one: only what needs both, so that nothing is heard twice."""
    if not context.recent or text.count(" ") >= PIECE_WORDS:
        return NOTHING_HEARD
    before = " ".join(context.recent[-PIECES:])
    if len(before) + len(text) > PIECES_LENGTH:
        return NOTHING_HEARD
    whole = f"{before} {text}"
    heard = verdict(_hearers(hearing, views(hearing, tokens(whole)), context.language))
    start = len(before) + 1
    across = tuple(_within(e, start) for e in heard.evidence if e.start < start < e.end)
    return replace(heard, evidence=across) if across else NOTHING_HEARD


def _within(evidence: Evidence, start: int) -> Evidence:
    return replace(evidence, start=0, end=evidence.end - start)
