"""Trains the model and writes its file: `python -m bot.flowfile.ear.training FOLDER CORPUS [SET.jsonl …]` (`make ear`).

The same word lists and sentences give the same bytes on every machine. Nothing here runs in the bot.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.detect import Model, Told, compile_hearing, told
from bot.flowfile.ear.corpus import Sentence, corpus_hash, read_corpus, word_sentences
from bot.flowfile.ear.learning import Example, learn, model_of
from bot.flowfile.ear.model_file import NAME, to_bytes
from bot.flowfile.load import load_words
from bot.model.campaign import WordFile

WHERE: Final = Path(__file__).parent.parent.parent / "detect" / NAME
HARD_ALARMS: Final = 0.03
"""So much of the hard harmless talk may be heard by the model where no rule or hint is, of an author it has not read."""
EVERYDAY_ALARMS: Final = 0.01
"""So much of the plain talk, what rules and hints hear counted in."""
PLEAS_KEPT: Final = 0.97
"""So many of the pleas that hints hear stay heard, of an author the model has not read."""
PROMISED: Final = 4.0
PEACE_PROMISED: Final = 8.0
"""What staff wrote under `catches` and `ignores` is a promise: such a sentence pulls so much harder than another. Pleas pull
harder anyway."""
EVERYDAY_COUNTS: Final = 4.0
"""Plain talk is most of what girls write: a false alarm there is dearer than in a hard case."""
_HEARD_ANYWAY: Final = 99.0
_TURNS: Final = 3
_WORKERS: Final = 2


@dataclass(frozen=True, slots=True)
class Tried:
    """One sentence, what is heard in it without the model, and the score of a model that has not read its author."""

    sentence: Sentence
    told: Told
    score: float


def trained(files: Sequence[WordFile], sentences: Iterable[Sentence], corpus: str) -> tuple[Model, list[Tried]]:
    """Return the model that word lists and sentences give, with its limits per language from authors held back."""
    ear = compile_hearing(files)
    heard = [(sentence, told(ear, sentence.text)) for sentence in sentences]
    authors = sorted({sentence.author for sentence, _ in heard if sentence.author})
    held_back = [frozenset(authors[turn::_TURNS]) for turn in range(min(_TURNS, len(authors)))]
    with ProcessPoolExecutor(_WORKERS) as both:
        whole = both.submit(learn, [_example(*each) for each in heard])
        tried = [t for found in both.map(_tried, held_back, [heard] * len(held_back)) for t in found]
        learnt = whole.result()
    mine = {f.language: [t for t in tried if t.sentence.language == f.language] for f in files}
    consents = {language: _consent(found) for language, found in mine.items()}
    thresholds = {language: _threshold(found, consents[language]) for language, found in mine.items()}
    return model_of(learnt, thresholds, consents, corpus), tried


def _example(sentence: Sentence, heard: Told) -> Example:
    return Example(heard.text, sentence.category, sentence.kind, heard.slots, _counts(sentence))


def _counts(sentence: Sentence) -> float:
    if sentence.promised:
        return PROMISED if _is_plea(sentence) else PEACE_PROMISED
    return EVERYDAY_COUNTS if sentence.everyday else 1.0


def _tried(authors: frozenset[str], heard: Sequence[tuple[Sentence, Told]]) -> list[Tried]:
    """Return the sentences of some authors with the scores of a model that has read only those of others."""
    model = model_of(learn([_example(*each) for each in heard if each[0].author not in authors]), {}, {})
    return [Tried(s, t, model.sound(t.text, t.slots).score) for s, t in heard if s.author in authors and not s.hurried]


def _threshold(tried: Sequence[Tried], consent: float) -> float:
    """Return the score that only a few harmless sentences of a language reach, and of plain talk still fewer."""
    hard = [t.score for t in tried if _is_hard(t.sentence) and not (t.told.by_rule or t.told.by_hint)]
    plain = [_loud(t, consent) for t in tried if _is_everyday(t.sentence)]
    return max(_passed_by(hard, HARD_ALARMS), _passed_by(plain, EVERYDAY_ALARMS))


def _loud(tried: Tried, consent: float) -> float:
    """Return the score of a sentence, or one that no limit keeps out where a rule hears it, or a hint that may count."""
    by_hint = tried.told.by_hint and tried.score >= consent
    return _HEARD_ANYWAY if tried.told.by_rule or by_hint else min(tried.score, _HEARD_ANYWAY)


def _consent(tried: Sequence[Tried]) -> float:
    return _passed_by([t.score for t in tried if t.told.by_hint and t.sentence.category != "none"], PLEAS_KEPT)


def _passed_by(scores: Sequence[float], share: float) -> float:
    """Return a limit that only this share of the scores passes."""
    ordered = sorted(scores)
    return round(ordered[min(int(len(ordered) * (1 - share)), len(ordered) - 1)], 2) if ordered else 0.0


def report(model: Model, tried: Sequence[Tried]) -> Iterator[str]:
    """Yield per language what is heard of authors held back: pleas, hard harmless talk and plain talk."""
    yield "held back  pleas  hard harmless  plain talk"
    for language, threshold in model.thresholds.items():
        mine = [t for t in tried if t.sentence.language == language]
        shares = [
            _heard([t for t in mine if wanted(t.sentence)], threshold, model.consents[language]) for wanted in _SIDES
        ]
        yield f"{language:<9}  {shares[0]:5.1%}  {shares[1]:13.1%}  {shares[2]:10.1%}"


def _is_plea(sentence: Sentence) -> bool:
    return sentence.category != "none"


def _is_hard(sentence: Sentence) -> bool:
    return sentence.category == "none" and not sentence.everyday


def _is_everyday(sentence: Sentence) -> bool:
    return sentence.everyday


_SIDES: Final = (_is_plea, _is_hard, _is_everyday)


def _heard(tried: Sequence[Tried], threshold: float, consent: float) -> float:
    heard = (t.told.by_rule or t.score >= (consent if t.told.by_hint else threshold) for t in tried)
    return sum(heard) / (len(tried) or 1)


def main(folder: Path, corpus: Path, sets: Sequence[Path], say: Callable[[str], object] = sys.stdout.write) -> int:
    files, problems = load_words(folder)
    if any(problem.severity == "error" for problem in problems):
        sys.stderr.write("The word lists have mistakes: safebot flows check names them.\n")
        return 1
    sentences = [*read_corpus(corpus, sets), *word_sentences(files)]
    model, tried = trained(files, sentences, corpus_hash(corpus, sets))
    WHERE.write_bytes(to_bytes(model))
    say("\n".join([*report(model, tried), ""]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(each) for each in sys.argv[3:]]))
