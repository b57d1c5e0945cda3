"""How hard the texts are to read, per language: `make readability`. Lengths are counted, LIX and Flesch are computed.

LIX (words a sentence + share of words over six letters) needs no dictionary, so it serves every language in Latin letters: under
25 is a children's book, over 40 a newspaper. Flesch counts syllables with the hyphenation patterns of Pyphen, where there are
some that were fitted to reading tests: English (Flesch) and Dutch (Douma); 90 is easy for an eleven-year-old, 60 for a
fifteen-year-old. Nepali and Khmer have no measure that we know of; for them the lengths must do.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pyphen

from bot.flowfile import load
from bot.model.campaign import Campaign
from bot.model.flow import spoken
from bot.model.words import Words

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = re.compile(r"[.!?…।។៕\n]+")
WORD = re.compile(r"[^\W\d_]+(?:[\u0900-\u097f\u1780-\u17ff’'-]*[^\W\d_]*)*")
PLACE = re.compile(r"\{[a-z_]+\}|https?://\S+|\b\S+\.(?:org|com)\b")
FLESCH = {"en": (206.835, 84.6, 1.015), "nl": (206.84, 77.0, 0.93)}
"""Constant, weight of syllables a word, weight of words a sentence."""
UNSPACED = frozenset({"km"})


@dataclass(frozen=True, slots=True)
class Measured:
    """One language. Lengths are words, in Khmer letters; `lix` and `flesch` None where they mean nothing."""

    language: str
    texts: int
    step_mean: float
    step_most: int
    sentence_mean: float
    sentence_p95: int
    sentence_most: int
    lix: float | None
    flesch: float | None


def measured(campaign: Campaign, language: str) -> Measured:
    """Return the figures of one language, over every text a girl reads in a story or as help."""
    texts = [said for words in _texts(campaign) if (said := _said(campaign, language, words))]
    steps = [_length(language, text) for text in texts]
    sentences = [s for text in texts for s in SENTENCE.split(PLACE.sub("", text)) if WORD.search(s)]
    lengths = sorted(_length(language, sentence) for sentence in sentences)
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    return Measured(
        language,
        len(texts),
        mean(steps or [0]),
        max(steps, default=0),
        mean(lengths or [0]),
        lengths[int(len(lengths) * 0.95)] if lengths else 0,
        max(lengths, default=0),
        _lix(words, len(sentences)) if words and all(map(str.isascii, words[:50])) else None,
        _flesch(language, words, len(sentences)) if language in FLESCH and words else None,
    )


def _texts(campaign: Campaign) -> Iterator[Words]:
    for flow in campaign.flows.values():
        for step in flow.steps.values():
            yield from spoken(step)


def _said(campaign: Campaign, language: str, words: Words) -> str:
    if language == "en":
        return words.source
    forms = campaign.catalogues.get(language, {}).get("flows", {}).get((words.context, words.source), ())
    return forms[0] if forms else ""


def _length(language: str, text: str) -> int:
    words = WORD.findall(PLACE.sub("", text))
    return sum(map(len, words)) if language in UNSPACED else len(words)


def _lix(words: list[str], sentences: int) -> float:
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def _flesch(language: str, words: list[str], sentences: int) -> float:
    whole, by_syllable, by_word = FLESCH[language]
    patterns = pyphen.Pyphen(lang={"en": "en_GB", "nl": "nl_NL"}[language])
    syllables = sum(len(patterns.positions(word)) + 1 for word in words)
    return whole - by_syllable * syllables / len(words) - by_word * len(words) / sentences


def as_table(rows: list[Measured]) -> str:
    """Return the figures as a Markdown table."""
    head = "| | texts | a step: mean | most | a sentence: mean | 95 % are at most | most | LIX | Flesch |"
    lines = [head, "|" + "---|" * 9]
    for row in rows:
        lix = "–" if row.lix is None else f"{row.lix:.0f}"
        flesch = "–" if row.flesch is None else f"{row.flesch:.0f}"
        unit = " letters" if row.language in UNSPACED else ""
        lines.append(
            f"| {row.language} | {row.texts} | {row.step_mean:.1f}{unit} | {row.step_most} | {row.sentence_mean:.1f}{unit} |"
            f" {row.sentence_p95} | {row.sentence_most} | {lix} | {flesch} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Print the table of the shipped campaign."""
    campaign = load(ROOT).campaign
    if campaign is None:
        print("the campaign has errors: safebot flows check", file=sys.stderr)
        return 2
    print(as_table([measured(campaign, language) for language in campaign.languages]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
