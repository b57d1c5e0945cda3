"""Which frames stand in a view, and where. Time is linear: one pass of the automaton, then two fingers per frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final, NamedTuple

from bot.detect.hearing import Anchors, Frame
from bot.detect.letters import COENG, is_khmer_dependent
from bot.detect.phrases import Edge

Span = tuple[int, int]
Phrase = tuple[Span, frozenset[int], frozenset[str]]
"""A phrase that was heard: its place, the slots it stands in, and what these are called in every language."""
_MOST_MATCHES: Final = 8
_MANY: Final = 48
"""So many phrases say much again: those that stand in the same slots are then looked at together."""
_WORDS, _BEGINS, _ENDS, _KHMER, _TWO_ENDED = (
    int(e) for e in (Edge.WORDS, Edge.BEGINS, Edge.ENDS, Edge.KHMER, Edge.BEGINS_AND_ENDS)
)


class Match(NamedTuple):
    """A frame that stands in a view, with the place of each of its parts."""

    frame: Frame
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        return min(start for start, _ in self.spans)

    @property
    def end(self) -> int:
        return max(end for _, end in self.spans)

    def stretches(self) -> list[Span]:
        """Return where its parts stand, those that follow each other as one; nothing of what stands between others."""
        joined: list[Span] = []
        for start, end in sorted(self.spans):
            if joined and start - joined[-1][1] <= 1:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined


class Hits:
    """What was heard in a view: its slots at once, the places of a slot when somebody asks. Of most nobody does."""

    __slots__ = ("_alike", "_phrases", "slots")

    def __init__(self, phrases: list[Phrase]) -> None:
        self._phrases = phrases
        self._alike: list[tuple[frozenset[int], list[Span]]] | None = None
        slots = chain.from_iterable([slots for _, slots, _ in phrases])
        self.slots: dict[int, list[Span] | None] = dict.fromkeys(slots)

    def concepts(self) -> frozenset[str]:
        """Return what the slots are called in every language."""
        return frozenset().union(*[concepts for _, _, concepts in self._phrases])

    def of(self, slot: int) -> Sequence[Span]:
        """Return the places where a phrase of the slot stands, in the order in which they end."""
        if slot not in self.slots:
            return ()
        places = self.slots[slot]
        if places is None:
            places = self.slots[slot] = self._places(slot)
        return places

    def _places(self, slot: int) -> list[Span]:
        if len(self._phrases) < _MANY:
            return [span for span, slots, _ in self._phrases if slot in slots]
        if self._alike is None:
            self._alike = _alike(self._phrases)
        return sorted(chain.from_iterable([s for slots, s in self._alike if slot in slots]), key=itemgetter(1))

    def outside(self, words: Sequence[Span]) -> Hits:
        """Return the hits that do not lie inside a longer word: scripts without spaces have no other edge."""
        return Hits([phrase for phrase in self._phrases if not _within_one(phrase[0], words)])


def _alike(phrases: Iterable[Phrase]) -> list[tuple[frozenset[int], list[Span]]]:
    """Return the places of phrases that stand in the same slots, together: the ear holds each set of slots once."""
    together: dict[int, tuple[frozenset[int], list[Span]]] = {}
    for span, slots, _ in phrases:
        together.setdefault(id(slots), (slots, []))[1].append(span)
    return list(together.values())


def scan(automaton: Any, text: str) -> Hits:
    """Return what was heard in a text: every phrase that stands there, and where."""
    phrases: list[Phrase] = []
    for last, entries in automaton.iter(text):
        for back, forward, edge, tail, slots, concepts in entries:
            span = (last - back, last + forward)
            if edge != _WORDS:
                whole = _whole(text, *span, edge, tail)
                if whole is None:
                    continue
                span = whole
            phrases.append((span, slots, concepts))
    return Hits(phrases)


def _whole(text: str, start: int, end: int, edge: int, tail: str) -> Span | None:
    """Return the span widened to the word it stands in, or None where it may not stand."""
    if edge == _KHMER:
        return (start, end) if _on_clusters(text, start, end) else None
    if edge != _BEGINS and edge != _TWO_ENDED:
        start = text.rfind(" ", 0, start) + 1
    stop = end if edge == _ENDS else text.find(" ", end)
    if edge == _TWO_ENDED and not text.endswith(tail, end, stop):
        return None
    return start, stop


def _on_clusters(text: str, start: int, end: int) -> bool:
    return text[start - 1] != COENG and not is_khmer_dependent(text[end])


def _within_one(span: Span, words: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in words)


def candidates(frames: Anchors, hits: Hits) -> list[Frame]:
    """Return the frames all of whose parts were heard somewhere."""
    found: list[Frame] = []
    heard = hits.slots
    for slot in frames.keys() & heard.keys():
        for rare, frame in frames[slot]:
            if rare in heard and heard.keys() >= frame.needs:
                found.append(frame)
    return found


def matches(frames: Iterable[Frame], hits: Hits, text: str) -> list[Match]:
    """Return every place where a frame stands, a few per frame at most."""
    return [
        m for frame in frames for m in (_anywhere(frame, hits) if frame.any_order else _in_order(frame, hits, text))
    ]


def _in_order(frame: Frame, hits: Hits, text: str) -> list[Match]:
    rows: list[tuple[Span, ...]] = [(span,) for span in hits.of(frame.slots[0])]
    for slot, gap in zip(frame.slots[1:], frame.gaps[1:], strict=True):
        if not rows:
            return []
        rows = _extended(rows, sorted(hits.of(slot)), frame.window if gap else 1, text)
    return [Match(frame, row) for row in rows[:_MOST_MATCHES]]


def _extended(rows: list[tuple[Span, ...]], spans: list[Span], room: int, text: str) -> list[tuple[Span, ...]]:
    """Join each span to the nearest row that ends before it, if that is within the room and the sentence."""
    rows = sorted(rows, key=lambda row: row[-1][1])
    longer: list[tuple[Span, ...]] = []
    finger = -1
    for span in spans:
        while finger + 1 < len(rows) and rows[finger + 1][-1][1] <= span[0]:
            finger += 1
        if finger >= 0 and _reaches(rows[finger][-1][1], span[0], room, text):
            longer.append((*rows[finger], span))
    return longer


def _reaches(end: int, start: int, room: int, text: str) -> bool:
    return start - end <= room and text.find(" . ", end, start) < 0 and text.find(" ? ", end, start) < 0


def _anywhere(frame: Frame, hits: Hits) -> list[Match]:
    found: list[Match] = []
    for first in hits.of(frame.slots[0])[:_MOST_MATCHES]:
        row = [first]
        for slot in frame.slots[1:]:
            near = [s for s in hits.of(slot)[:32] if _beside(s, row, frame.window)]
            if not near:
                break
            row.append(min(near, key=lambda s: abs(s[0] - first[0])))
        if len(row) == len(frame.slots):
            found.append(Match(frame, tuple(row)))
    return found


def _beside(span: Span, row: list[Span], window: int) -> bool:
    apart = all(span[1] <= start or end <= span[0] for start, end in row)
    return apart and abs(span[0] - row[0][0]) <= window * 2
