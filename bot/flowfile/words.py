"""One file of flows/words/ from plain YAML to a `WordFile`, with a sentence for everything staff should change.

The data is what a base loader gives: every scalar is a string. Problems come with their place in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.detect.patterns import BadPattern, parse_pattern
from bot.detect.phrases import parse_phrase
from bot.model.campaign import RiskFrame, WordFile
from bot.model.levels import CATEGORIES, Level

Place = tuple[str | int, ...]
WordProblem = tuple[Place, str]

_SECTIONS: Final = (
    "language", "reviewed", "lists", "fillers", "text_speak", "known_words", "slots", "negations", "negations_after",
    "not_negations", "first_person", "masks", "doubts", "asides", "raises", "frames",
)  # fmt: skip
_FRAME_KEYS: Final = ("level", "says", "catches", "ignores", "any_order", "gap", "firm", "hint", "raised_by")
_LONGEST_GAP: Final = 15


def read_words(data: Mapping[str, object], language: str) -> tuple[WordFile, list[WordProblem]]:
    """Return the word file, without what could not be understood, and a placed sentence for each such thing."""
    reader = _Reader(data, language)
    return reader.file(), reader.problems


class _Reader:
    def __init__(self, data: Mapping[str, object], language: str) -> None:
        self.data = data
        self.language = language
        self.problems: list[WordProblem] = []

    def file(self) -> WordFile:
        self._unknown((), self.data, _SECTIONS)
        if str(self.data.get("language", self.language)) != self.language:
            self._say(("language",), f"the file is named {self.language}, but says language: {self.data['language']}.")
        slots = self._named("slots", self._phrases)
        return WordFile(
            language=self.language,
            lists=self._named("lists", self._phrases),
            slots=slots,
            frames=tuple(self._frames(slots)),
            raises=self._named("raises", self._phrases),
            masks=self._section("masks", self._patterns),
            doubts=self._section("doubts", self._patterns),
            negations=self._section("negations", self._phrases),
            negations_after=self._section("negations_after", self._phrases),
            not_negations=self._section("not_negations", self._phrases),
            asides=self._named("asides", self._patterns),
            first_person=self._section("first_person", self._phrases),
            text_speak=self._text_speak(),
            fillers=self._section("fillers", self._phrases),
            known_words=tuple(w for text in self._section("known_words", self._phrases) for w in text.split()),
            reviewed=self._reviewed(),
        )

    def _reviewed(self) -> bool:
        """Return whether somebody accepted the whole list: `reviewed: yes`, or `frame: accepted, NAME, DATE` for each."""
        said, frames = self.data.get("reviewed"), self.data.get("frames")
        if not isinstance(said, Mapping):
            return said in ("yes", "true")
        names = frames if isinstance(frames, Mapping) else {}
        for name in said:
            if name not in names:
                self._say(
                    ("reviewed", str(name)), f"there is no frame '{name}' in this file any more: take it out here."
                )
        return bool(names) and all(str(said.get(name, "")).startswith("accepted") for name in names)

    def _say(self, place: Place, sentence: str) -> None:
        self.problems.append((place, sentence))

    def _unknown(self, place: Place, data: Mapping[str, object], known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                self._say((*place, key), f"'{key}' is not a word this file knows. It knows: {', '.join(known)}.")

    def _section(self, name: str, read: Callable[[Place, object], tuple[str, ...]]) -> tuple[str, ...]:
        return read((name,), self.data[name]) if name in self.data else ()

    def _named(self, name: str, read: Callable[[Place, object], tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {key: read((name, key), value) for key, value in self._mapping((name,), self.data.get(name, {})).items()}

    def _mapping(self, place: Place, value: object) -> Mapping[str, object]:
        if isinstance(value, Mapping):
            return {str(key): each for key, each in value.items()}
        if value != "":
            self._say(place, "here we need names with something behind each, as in 'name: words'.")
        return {}

    def _texts(self, place: Place, value: object) -> Iterator[tuple[Place, str]]:
        """Yield each entry of a list, or of words between commas."""
        if isinstance(value, str):
            yield from ((place, part.strip()) for part in value.split(",") if part.strip())
        elif isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, str):
                    yield (*place, index), each.strip()
                else:
                    self._say((*place, index), "here we need plain words; quote them if they hold a colon or a brace.")
        else:
            self._say(place, "here we need words with commas between them, or a list of them.")

    def _phrases(self, place: Place, value: object) -> tuple[str, ...]:
        return tuple(text for where, text in self._texts(place, value) if self._good_phrase(where, text))

    def _good_phrase(self, place: Place, text: str) -> bool:
        try:
            if "{" not in text and "}" not in text:
                parse_phrase(text)
            elif not (text.startswith("{") and text.endswith("}")):
                raise BadPattern(f"'{text}': another slot stands alone here, as in {{relative}}, without quotes.")
        except BadPattern as problem:
            self._say(place, str(problem))
            return False
        return True

    def _patterns(self, place: Place, value: object) -> tuple[str, ...]:
        items = self._texts(place, value if isinstance(value, list) else [value])
        return tuple(text for where, text in items if self._good_pattern(where, text))

    def _good_pattern(self, place: Place, text: str) -> bool:
        try:
            parts = parse_pattern(text)
            for phrase in (phrase for part in parts for phrase in part.phrases):
                parse_phrase(phrase)
        except BadPattern as problem:
            self._say(place, str(problem))
            return False
        unknown = [part for part in parts if not self._known_slot(place, part.slot)]
        return not unknown

    def _known_slot(self, place: Place, slot: str) -> bool:
        """Return whether a slot is one of ours; another language's (`{en.photo}`) is checked when all are joined."""
        slots = self.data.get("slots")
        if not slot or "." in slot or (isinstance(slots, Mapping) and slot in slots):
            return True
        self._say(place, f"there is no slot '{slot}' in this file.")
        return False

    def _text_speak(self) -> dict[str, str]:
        pairs = self._mapping(("text_speak",), self.data.get("text_speak", {}))
        return {short: str(meant) for short, meant in pairs.items() if isinstance(meant, str) and meant}

    def _frames(self, slots: Mapping[str, tuple[str, ...]]) -> Iterator[RiskFrame]:
        self._check_slots(slots)
        for name, value in self._mapping(("frames",), self.data.get("frames", {})).items():
            place = ("frames", name)
            frame = self._frame(place, name, self._mapping(place, value))
            if frame is not None:
                yield frame

    def _check_slots(self, slots: Mapping[str, tuple[str, ...]]) -> None:
        for name, words in slots.items():
            for word in words:
                if word.startswith("{"):
                    self._known_slot(("slots", name), word[1:-1].strip())

    def _frame(self, place: Place, name: str, data: Mapping[str, object]) -> RiskFrame | None:
        self._unknown(place, data, _FRAME_KEYS)
        category = name.partition(".")[0]
        level = self._level((*place, "level"), data.get("level"))
        patterns = self._patterns((*place, "says"), data.get("says", []))
        if category not in CATEGORIES or "." not in name:
            self._say(place, f"a frame is named category.word; the categories are: {', '.join(CATEGORIES)}.")
            return None
        if level is None or not patterns:
            self._say(place, "this frame needs a 'level' (P1 to P4) and a 'says'.") if level and not patterns else None
            return None
        return self._built(place, name, category, level, patterns, data)

    def _built(
        self,
        place: Place,
        name: str,
        category: str,
        level: Level,
        patterns: tuple[str, ...],
        data: Mapping[str, object],
    ) -> RiskFrame:
        catches = self._sentences((*place, "catches"), data.get("catches", []))
        if not catches:
            self._say(place, "this frame has no 'catches': write at least one sentence it must hear.")
        return RiskFrame(
            id=f"{self.language}.{name}",
            language=self.language,
            patterns=patterns,
            category=category,
            level=level,
            catches=catches,
            ignores=self._sentences((*place, "ignores"), data.get("ignores", [])),
            any_order=data.get("any_order") == "yes",
            gap=self._gap((*place, "gap"), data.get("gap", "6")),
            firm=data.get("firm") == "yes",
            hint=data.get("hint") == "yes",
            raised_by=self._raised_by((*place, "raised_by"), data.get("raised_by")),
        )

    def _sentences(self, place: Place, value: object) -> tuple[str, ...]:
        return tuple(text for _, text in self._texts(place, value if isinstance(value, list) else [value]))

    def _level(self, place: Place, value: object) -> Level | None:
        if value in ("P1", "P2", "P3", "P4"):
            return Level(value)
        self._say(place, "the level is P1, P2, P3 or P4.")
        return None

    def _gap(self, place: Place, value: object) -> int:
        if isinstance(value, str) and value.isdecimal() and 1 <= int(value) <= _LONGEST_GAP:
            return int(value)
        self._say(place, f"a gap is a number of words from 1 to {_LONGEST_GAP}.")
        return 6

    def _raised_by(self, place: Place, value: object) -> tuple[str, ...] | None:
        if value is None:
            return None
        names = tuple(text for _, text in self._texts(place, value))
        return () if names == ("nothing",) else names
