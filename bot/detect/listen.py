"""What the bot calls: hear one message. Pure: the same ear, text and context always give the same answer."""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

from msgspec.structs import replace

from bot.detect.emoji import calls_for_help, heard_in_signs, signs_alone
from bot.detect.hearing import Hearing
from bot.detect.likeness import Likeness, concepts
from bot.detect.lists import word_lists
from bot.detect.signs import added_up, signs_in, spoken_of
from bot.detect.tokens import tokens
from bot.detect.verdict import Hearer, verdict
from bot.detect.views import View, views
from bot.model.assessment import NOTHING_HEARD, Assessment, Context, Evidence, Heard

PIECES = 5
PIECE_WORDS = 6
PIECE_LENGTH = 45
UNSPACED_LENGTH = 20
"""A plea comes in pieces: so many of her messages before this one are read together with it, back to the first long one.

A long message says enough by itself; reading every one twice would cost more than the rest of the turn.
"""
_DAY = 20
HELP = frozenset({"help"})
_NO_CONTEXT = Context()


def assess(hearing: Hearing, text: str, context: Context) -> Assessment:
    """Return how worrying a text is, what it is about, and which rules matched where."""
    return _assessed(hearing, text, views(hearing, tokens(text)), context)


def hear(hearing: Hearing, text: str, context: Context) -> Heard:
    """Return the assessment, and the word lists that this text is as a whole."""
    seen = views(hearing, tokens(text))
    lists = HELP if calls_for_help(text) else word_lists(hearing, seen)
    return Heard(_assessed(hearing, text, seen, context), lists)


def _assessed(hearing: Hearing, text: str, seen: list[View], context: Context) -> Assessment:
    hearers = _hearers(hearing, seen, context)
    likeness = Likeness(hearing, hearers, context.language)
    alone = likeness.raised(verdict(hearers, likeness.consents))
    if alone.level is None and signs_alone(text):
        return heard_in_signs(text)  # the model would guess at what is no word
    if alone.level is None:
        alone = _in_pieces(hearing, text, context)
    if alone.level is None:
        alone = likeness.alone()
    return _over_the_day(hearing, alone, hearers, text, context)


def _over_the_day(
    hearing: Hearing, alone: Assessment, hearers: list[Hearer], text: str, context: Context
) -> Assessment:
    """Return the assessment with what her messages of the last day add to it; they are heard again only if need be."""
    if not context.day or context.quiz is not None:
        return alone
    here = spoken_of(hearers)
    if not signs_in(here):
        return alone
    earlier = (_hearers(hearing, views(hearing, tokens(each)), context) for each in context.day[-_DAY:])
    return added_up(alone, len(text), here, [spoken_of(each) for each in earlier])


class Told(NamedTuple):
    """What the model learns from a sentence: the plain text and the slots that were heard; and whether a rule hears it
    anyway, or a hint."""

    text: str
    slots: frozenset[str]
    by_rule: bool
    by_hint: bool


def told(hearing: Hearing, text: str) -> Told:
    """Return what is heard in a sentence before the model is asked."""
    hearers = _hearers(hearing, views(hearing, tokens(text)))
    heard = verdict(hearers).level is not None
    by_rule = heard and verdict(hearers, lambda _hearer, _place: False).level is not None
    return Told(hearers[0].view.text, concepts(hearers), by_rule, heard and not by_rule)


def _hearers(hearing: Hearing, seen: list[View], context: Context = _NO_CONTEXT) -> list[Hearer]:
    return [Hearer(hearing, view, context.language, context.quiz is not None) for view in seen]


def _in_pieces(hearing: Hearing, text: str, context: Context) -> Assessment:
    """Return what is heard across her last messages and this one: only what needs both, so that nothing is heard twice."""
    before = _pieces(context.recent) if _is_piece(text) else ""
    if not before:
        return NOTHING_HEARD
    whole = f"{before} {text}"
    hearers = _hearers(hearing, views(hearing, tokens(whole)), context)
    heard = verdict(hearers, Likeness(hearing, hearers, context.language).consents)
    start = len(before) + 1
    across = tuple(_within(e, start) for e in heard.evidence if e.start < start < e.end)
    return replace(heard, evidence=across) if across else NOTHING_HEARD


def _pieces(recent: tuple[str, ...]) -> str:
    """Return her last messages in a row, back to the first that is long."""
    return " ".join(reversed([*takewhile(_is_piece, reversed(recent[-PIECES:]))]))


def _is_piece(text: str) -> bool:
    longest = UNSPACED_LENGTH if any("\u1780" <= c <= "\u17ff" for c in text[:PIECE_LENGTH]) else PIECE_LENGTH
    return len(text) <= longest and text.count(" ") < PIECE_WORDS


def _within(evidence: Evidence, start: int) -> Evidence:
    return replace(evidence, start=0, end=evidence.end - start)
