"""Trains the model and writes its file: `python -m bot.flowfile.ear_training FOLDER CORPUS`.

The same word lists and sentences give the same bytes on every machine. Nothing here runs in the bot.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from bot.detect import Hearing, Model, compile_hearing, concepts_of
from bot.detect.learning import Example, out_of_family, train
from bot.flowfile.ear_corpus import Sentence, corpus_hash, read_corpus, word_sentences
from bot.flowfile.ear_model import NAME, to_bytes
from bot.flowfile.load import load_words
from bot.model.campaign import WordFile

WHERE: Final = Path(__file__).parent.parent / "detect" / NAME
FALSE_ALARMS: Final = 0.02
"""So much of the harmless talk in the corpus may be heard, in sentences the model has not seen."""
UNSURE: Final = 0.75
FOLDS: Final = 5


def trained(files: Sequence[WordFile], sentences: Iterable[Sentence], corpus: str) -> Model:
    """Return the model that word lists and sentences give, with a threshold per language from sentences held back."""
    ear = compile_hearing(files)
    heard = [_example(ear, sentence) for sentence in sentences]
    examples = [example for example, _ in heard]
    scores = out_of_family(examples, FOLDS)
    harmless = [
        (e.language, score) for (e, rules), score in zip(heard, scores, strict=True) if not e.worrying and not rules
    ]
    thresholds = {f.language: _threshold([s for name, s in harmless if name == f.language]) for f in files}
    return train(examples, thresholds, UNSURE, corpus)


def _example(ear: Hearing, sentence: Sentence) -> tuple[Example, bool]:
    text, slots, heard = concepts_of(ear, sentence.text)
    return Example(text, sentence.language, sentence.category, sentence.family, slots), heard


def _threshold(scores: Sequence[float]) -> float:
    """Return the score that only a few harmless sentences reach."""
    ordered = sorted(scores)
    return round(ordered[int(len(ordered) * (1 - FALSE_ALARMS))] + 0.1, 1) if ordered else 0.0


def main(folder: Path, corpus: Path) -> int:
    files, problems = load_words(folder)
    if any(problem.severity == "error" for problem in problems):
        sys.stderr.write("The word lists have mistakes: safebot flows check names them.\n")
        return 1
    model = trained(files, [*read_corpus(corpus), *word_sentences(files)], corpus_hash(corpus))
    WHERE.write_bytes(to_bytes(model))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), Path(sys.argv[2])))
