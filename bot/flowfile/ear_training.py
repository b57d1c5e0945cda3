"""Trains the model and writes its file: `python -m bot.flowfile.ear_training FOLDER CORPUS [SET.jsonl …]` (`make ear`).

The same word lists and sentences give the same bytes on every machine. Nothing here runs in the bot.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.detect import Hearing, Model, compile_hearing, concepts_of
from bot.detect.learning import Example, out_of_family, train
from bot.flowfile.ear_corpus import IGNORES, Sentence, corpus_hash, read_corpus, word_sentences
from bot.flowfile.ear_model import NAME, to_bytes
from bot.flowfile.load import load_words
from bot.model.campaign import WordFile

WHERE: Final = Path(__file__).parent.parent / "detect" / NAME
HARD_ALARMS: Final = 0.03
"""So much of the hard harmless talk may be heard by the model alone, in sentences it has not seen."""
EVERYDAY_ALARMS: Final = 0.01
"""So much of the plain talk (headings `# none everyday`, `smalltalk`, `news`). The corpus has the trickiest of it: in
life less is heard."""
PROMISED: Final = 8.0
"""What staff wrote under `ignores` is a promise: such a sentence pulls so much harder than another."""
UNSURE: Final = 5.0
FOLDS: Final = 4


@dataclass(frozen=True, slots=True)
class Tried:
    """One sentence with the score of a model that has seen nothing of its family; `ruled`: a rule hears it anyway."""

    sentence: Sentence
    score: float
    ruled: bool


def trained(files: Sequence[WordFile], sentences: Iterable[Sentence], corpus: str) -> tuple[Model, list[Tried]]:
    """Return the model that word lists and sentences give, with a threshold per language from sentences held back."""
    ear = compile_hearing(files)
    sentences = list(sentences)
    heard = [_example(ear, sentence) for sentence in sentences]
    examples = [example for example, _ in heard]
    scores = out_of_family(examples, FOLDS)
    tried = [Tried(s, score, ruled) for s, score, (_, ruled) in zip(sentences, scores, heard, strict=True)]
    thresholds = {f.language: _threshold([t for t in tried if t.sentence.language == f.language]) for f in files}
    return train(examples, thresholds, UNSURE, corpus), tried


def _example(ear: Hearing, sentence: Sentence) -> tuple[Example, bool]:
    text, slots, heard = concepts_of(ear, sentence.text)
    counts = PROMISED if sentence.kind == IGNORES else 1.0
    return Example(text, sentence.language, sentence.category, sentence.family, slots, counts), heard


def _threshold(tried: Sequence[Tried]) -> float:
    """Return the score that only a few harmless sentences of a language reach, and of plain talk still fewer."""
    harmless = [t for t in tried if t.sentence.category == "none" and not t.ruled]
    hard = _only_a_few([t for t in harmless if not t.sentence.everyday], HARD_ALARMS)
    return max(hard, _only_a_few([t for t in harmless if t.sentence.everyday], EVERYDAY_ALARMS))


def _only_a_few(tried: Sequence[Tried], share: float) -> float:
    """Return a score that few families reach: many variants of one sentence count once."""
    families: dict[str, list[float]] = {}
    for each in tried:
        families.setdefault(each.sentence.family, []).append(each.score)
    ordered = sorted(sum(scores) / len(scores) for scores in families.values())
    return round(ordered[int(len(ordered) * (1 - share))] + 0.1, 1) if ordered else 0.0


def report(model: Model, tried: Sequence[Tried]) -> Iterator[str]:
    """Yield per language what the model adds in sentences held back: pleas no rule hears, and false alarms."""
    yield "held back  pleas no rule hears  hard harmless   plain talk"
    for language, threshold in model.thresholds.items():
        mine = [t for t in tried if t.sentence.language == language and not t.ruled]
        told = [
            _counted([t for t in mine if wanted(t.sentence)], threshold)
            for wanted in (_is_plea, _is_hard, lambda s: s.everyday)
        ]
        yield f"{language:<9}  {told[0]:<19}  {told[1]:<14}  {told[2]}"


def _is_plea(sentence: Sentence) -> bool:
    return sentence.category != "none"


def _is_hard(sentence: Sentence) -> bool:
    return sentence.category == "none" and not sentence.everyday


def _counted(tried: Sequence[Tried], threshold: float) -> str:
    return f"{sum(t.score >= threshold for t in tried)}/{len(tried)}"


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
