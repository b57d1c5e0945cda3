"""Word files to the ear: slots get numbers, patterns become frames, phrases one automaton. Done once at each reload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import exp
from typing import Any, Final

import ahocorasick

from bot.detect.hearing import Anchors, Cues, Danger, Frame, Hearing, Raise
from bot.detect.model import Model
from bot.detect.patterns import BadPattern, Part, parse_pattern
from bot.detect.phrases import Edge, Phrase, is_khmer, parse_phrase, plain
from bot.detect.repair import Readings, repairs
from bot.model.campaign import RiskFrame, WordFile
from bot.model.levels import Level

LETTERS_A_WORD: Final = 7
_USUAL_GAP: Final = 6
_FEW: Final = 4
"""A slot of frames of more categories ("want", "now") says that something is spoken of, not that it is danger."""
_BYTES_OF_A_LETTER_ELSEWHERE: Final = 3
PEOPLE: Final = frozenset(
    ("who", "me", "my", "i", "us", "friend", "girl", "someone", "relative", "doer", "outsider", "stranger_he", "staffw")
)
"""Slots that name people: a denial in front of them denies nothing ("not my uncle but…" is for a moderator)."""


def compile_hearing(word_files: Sequence[WordFile], model: Model | None = None) -> Hearing:
    """Return the ear for these word files, and the model beside them.

    `BadPattern` says what a frame names that no file has.
    """
    return replace(_Compiler(word_files).hearing(), model=model)


class _Compiler:
    def __init__(self, files: Sequence[WordFile]) -> None:
        self.files = files
        self.slots = {f"{f.language}.{name}": words for f in files for name, words in f.slots.items()}
        self.numbers: dict[str, int] = {}
        self.keys: dict[Phrase, set[int]] = {}
        self.words: dict[str, set[str]] = {f.language: set(f.known_words) for f in files}
        self.uses: dict[int, int] = {}
        self.ends = tuple(f":{f.language}" for f in files)

    def hearing(self) -> Hearing:
        risks = [frame for f in self.files for risk in f.frames for frame in self._risk(f, risk)]
        masks = tuple(frame for f in self.files for frame in self._plain_frames(f, "mask", f.masks))
        doubts = tuple(frame for f in self.files for frame in self._plain_frames(f, "doubt", f.doubts))
        asides = tuple(
            frame for f in self.files for name, p in f.asides.items() for frame in self._plain_frames(f, name, p)
        )
        for file in self.files:
            for name in file.slots:
                self._slot(file, name)  # also those no frame uses: they are there for the model
        cues = {f.language: self._cues(f) for f in self.files}
        raises = tuple(self._raise(f, name, words) for f in self.files for name, words in f.raises.items())
        lists = self._lists()
        known = self._known(lists)
        concepts = self._concepts(risks)
        return Hearing(
            automaton=self._automaton(concepts),
            risks=self._by_anchor(risks),
            masks=self._by_anchor(masks),
            doubts=self._by_anchor(doubts),
            asides=self._by_anchor(asides),
            cues=cues,
            raises=raises,
            danger=self._danger(risks),
            known=known,
            whole=self._whole_words(),
            vocabulary={language: frozenset(words) for language, words in self.words.items()},
            readings=Readings(known, repairs(self.words, {f.language: f.text_speak for f in self.files})),
            lists=lists,
            fillers=frozenset(plain(word) for f in self.files for word in f.fillers),
            languages=tuple(f.language for f in self.files),
            frames=len(risks),
            concepts=concepts,
        )

    def _risk(self, file: WordFile, risk: RiskFrame) -> Iterator[Frame]:
        for pattern in risk.patterns:
            raised = None if risk.raised_by is None else frozenset(risk.raised_by)
            frame = self._frame(file, parse_pattern(pattern), risk.id, risk.category, risk.gap)
            yield replace(
                frame, level=risk.level, any_order=risk.any_order, firm=risk.firm, hint=risk.hint, raised_by=raised
            )

    def _plain_frames(self, file: WordFile, name: str, patterns: Iterable[str]) -> Iterator[Frame]:
        for pattern in patterns:
            yield self._frame(file, parse_pattern(pattern), f"{file.language}.{name}", name, _USUAL_GAP)

    def _frame(self, file: WordFile, parts: tuple[Part, ...], rule: str, category: str, gap: int) -> Frame:
        slots = tuple(self._part(file, part) for part in parts)
        for slot in slots:
            self.uses[slot] = self.uses.get(slot, 0) + 1
        people = tuple(part.slot.partition(".")[2] in PEOPLE or part.slot in PEOPLE for part in parts)
        gaps = tuple(part.after_gap for part in parts)
        window = gap * LETTERS_A_WORD
        return Frame(rule, file.language, category, Level.P4, slots, gaps, window, people, frozenset(slots))

    def _part(self, file: WordFile, part: Part) -> int:
        if not part.slot:
            return self._phrases(file, f"phrase:{file.language}:{'|'.join(part.phrases)}", part.phrases)
        return self._slot(file, part.slot)

    def _slot(self, file: WordFile, name: str) -> int:
        full = name if "." in name else f"{file.language}.{name}"
        if full not in self.numbers:
            words = tuple(self._flat(full, ()))
            self._phrases(file, full, words)
        return self.numbers[full]

    def _flat(self, full: str, above: tuple[str, ...]) -> Iterator[str]:
        if full not in self.slots or full in above or len(above) > 8:
            raise BadPattern(f"there is no slot {{{full}}}, or it contains itself.")
        language = full.partition(".")[0]
        for word in self.slots[full]:
            if word.startswith("{") and word.endswith("}"):
                inner = word[1:-1].strip()
                yield from self._flat(inner if "." in inner else f"{language}.{inner}", (*above, full))
            else:
                yield word

    def _phrases(self, file: WordFile, name: str, phrases: Iterable[str]) -> int:
        number = self.numbers.setdefault(name, len(self.numbers))
        for text in phrases:
            phrase = parse_phrase(text)
            self.keys.setdefault(phrase, set()).add(number)
            if phrase.edge == Edge.WORDS:
                self.words[file.language].update(phrase.key.split())
        return number

    def _whole_words(self) -> int:
        """Return the slot of ordinary words in unspaced scripts: no phrase is heard inside one of them."""
        words = [(f, word) for f in self.files for word in f.known_words if is_khmer(plain(word)[:1] or " ")]
        for file, word in words:
            self._phrases(file, "phrase:whole", (word,))
        return self.numbers.setdefault("phrase:whole", len(self.numbers))

    def _raise(self, file: WordFile, name: str, words: Iterable[str]) -> Raise:
        return Raise(name, file.language, self._phrases(file, f"raise:{name}:{file.language}", words))

    def _cues(self, file: WordFile) -> Cues:
        language = file.language
        return Cues(
            self._phrases(file, f"denies:{language}", file.negations),
            self._phrases(file, f"denies_after:{language}", file.negations_after),
            self._phrases(file, f"not_denial:{language}", file.not_negations),
            self._phrases(file, f"first_person:{language}", file.first_person),
        )

    def _concepts(self, risks: Iterable[Frame]) -> dict[int, str]:
        """Return what each slot is called in every language: `who` for `sw.who`, `denies` for `denies:sw`.

        The words that stand in frames of one category only are called by it: part of a way to say it was heard.
        """
        named = {number: name for name, number in self.numbers.items() if not name.startswith("phrase:")}
        called = {
            n: name.rpartition(":")[0] if name.endswith(self.ends) else name.rpartition(".")[2]
            for n, name in named.items()
        }
        return {**self._parts(risks), **called}

    def _parts(self, risks: Iterable[Frame]) -> dict[int, str]:
        about = _categories(risks)
        return {slot: f"~{min(categories)}" for slot, categories in about.items() if len(categories) == 1}

    def _danger(self, risks: Sequence[Frame]) -> dict[int, Danger]:
        """Return the slots of frames that say what happens: not who, nor what is spoken of in danger of every kind."""
        names = {number: name for name, number in self.numbers.items() if ":" not in name}
        who = {slot for f in risks for slot, people in zip(f.slots, f.people, strict=True) if people}
        return {
            slot: _named_danger(names[slot])
            for slot, categories in _categories(risks).items()
            if slot in names and slot not in who and len(categories) <= _FEW
        }

    def _lists(self) -> dict[str, frozenset[str]]:
        lists: dict[str, set[str]] = {}
        for file in self.files:
            for name, entries in file.lists.items():
                for entry in entries:
                    lists.setdefault(plain(entry), set()).add(name)
        return {entry: frozenset(names) for entry, names in lists.items()}

    def _known(self, lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
        single = {word for entry in lists for word in entry.split()}
        return frozenset(single.union(*self.words.values()))

    def _by_anchor(self, frames: Iterable[Frame]) -> Anchors:
        """Give each frame to the part that fewest frames have, and beside it the part that is heard least."""
        common = self._commonness()
        by_anchor: dict[int, list[tuple[int, Frame]]] = {}
        for frame in frames:
            anchor, rare = min(frame.slots, key=self.uses.__getitem__), min(frame.slots, key=common.__getitem__)
            by_anchor.setdefault(anchor, []).append((rare, frame))
        return {slot: tuple(each) for slot, each in by_anchor.items()}

    def _commonness(self) -> dict[int, float]:
        """Return about how often each slot is heard: short words are common, and many words are heard more than one."""
        common = dict.fromkeys(self.numbers.values(), 0.0)
        for phrase, numbers in self.keys.items():
            often = exp(-len(phrase.key.encode()) / (1 if phrase.key.isascii() else _BYTES_OF_A_LETTER_ELSEWHERE))
            for number in numbers:
                common[number] += often
        return common

    def _automaton(self, concepts: Mapping[int, str]) -> Any:
        automaton = ahocorasick.Automaton()
        by_key: dict[str, list[tuple[int, int, int, str, frozenset[int], frozenset[str]]]] = {}
        once: dict[frozenset[int], frozenset[int]] = {}
        for phrase, numbers in self.keys.items():
            # How far the phrase reaches back from its last letter, and forward, without the spaces at its ends.
            back, forward = len(phrase.key) - 1 - (phrase.key[0] == " "), 1 - (phrase.key[-1] == " ")
            called = frozenset(concepts[n] for n in numbers if n in concepts)
            slots = once.setdefault(frozenset(numbers), frozenset(numbers))
            entry = (back, forward, int(phrase.edge), phrase.tail, slots, called)
            by_key.setdefault(phrase.key, []).append(entry)
        for key, entries in by_key.items():
            automaton.add_word(key, tuple(entries))
        if not by_key:
            automaton.add_word("\0", ())  # an automaton of nothing cannot be searched; no text holds this
        automaton.make_automaton()
        return automaton


def _categories(risks: Iterable[Frame]) -> dict[int, set[str]]:
    about: dict[int, set[str]] = {}
    for frame in risks:
        for slot in frame.slots:
            about.setdefault(slot, set()).add(frame.category)
    return about


def _named_danger(name: str) -> Danger:
    language, _, slot = name.partition(".")
    return Danger(f"{language}.danger.{slot}", language)
