"""Khmer clusters in one canonical order: the same syllable typed in another order becomes the same string."""

from __future__ import annotations

from typing import Final

from bot.detect.letters import COENG

_RO: Final = "\u179a"
Marked = tuple[str, int]
"""A folded character and the offset it came from."""


def in_canonical_order(chars: list[Marked]) -> list[Marked]:
    """Return the characters with each cluster sorted: base, subscripts (ro last), shifters, vowels, signs."""
    ordered: list[Marked] = []
    for cluster in _clusters(chars):
        ordered.extend(_sorted_cluster(cluster))
    return ordered


def _clusters(chars: list[Marked]) -> list[list[Marked]]:
    clusters: list[list[Marked]] = []
    below = False
    for mark in chars:
        base = mark[0] < "\u17b4"
        if not clusters or (base and not below):
            clusters.append([])
        clusters[-1].append(mark)
        below = mark[0] == COENG
    return clusters


def _sorted_cluster(cluster: list[Marked]) -> list[Marked]:
    if len(cluster) < 3:
        return cluster
    units: list[tuple[int, list[Marked]]] = []
    for mark in cluster[1:]:
        if units and units[-1][1][-1][0] == COENG and mark[0] < "\u17b4":
            units[-1][1].append(mark)
        else:
            units.append((_rank(mark[0]), [mark]))
    units.sort(key=lambda unit: (unit[0] + (unit[1][-1][0] == _RO), unit[1][0][0] if unit[0] > 3 else ""))
    return [cluster[0], *(mark for _, unit in units for mark in unit)]


def _rank(char: str) -> int:
    if char == COENG:
        return 0
    if char in "\u17c9\u17ca":
        return 2
    return 4 if "\u17b6" <= char <= "\u17c5" else 5
