"""flows/replies/*.yaml: moderators' ready sentences, and the words that show what a talk is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.flowfile.directory import entries_of, told_twice
from bot.flowfile.document import Data, Document, Path, group, plain, texts
from bot.flowfile.findings import Findings
from bot.flowfile.problem import Problem
from bot.model.campaign import CannedReply
from bot.model.levels import CATEGORIES


@dataclass(frozen=True, slots=True)
class ReadyReplies:
    """One file: its replies, and the words per language that show what a talk is about."""

    replies: tuple[CannedReply, ...]
    topic_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_replies(document: Document) -> tuple[ReadyReplies, list[Problem]]:
    """Return the ready replies of one file and all problems."""
    findings = Findings(document)
    found = [_reply(findings, path, entry) for path, entry in entries_of(findings, ("replies",), "E613")]
    good = [reply for reply in found if reply is not None]
    told_twice(findings, [reply.id for reply in good], "E613")
    return ReadyReplies(tuple(good), _topic_words(findings)), findings.problems


def _topic_words(findings: Findings) -> dict[str, tuple[str, ...]]:
    """Return what stands under `topic_words:`: words between commas, or in a list, per language."""
    data = findings.document.data
    given = group(data, "topic_words") if isinstance(data, dict) else {}
    found = {language: _words(value) for language, value in given.items()}
    for language in (language for language, words in found.items() if not words):
        findings.tell("E613", ("topic_words", language), "there are no words", "write them between commas")
    return {language: words for language, words in found.items() if words}


def _words(value: Data) -> tuple[str, ...]:
    lines = value if isinstance(value, list) else [value]
    words = (word.strip() for line in lines if isinstance(line, str) for word in line.split(","))
    return tuple(word for word in words if word)


def _reply(findings: Findings, at: Path, entry: Mapping[str, Data]) -> CannedReply | None:
    words = {language: str(text).strip() for language, text in group(entry, "words").items()}
    blanks = texts(entry, "blanks")
    whole = _whole(findings, at, entry, words)
    _blanks_stand_in(findings, at, words, blanks)
    categories = _meant_for(findings, at, entry)
    crisis = _yes_or_no(findings, at, entry, "crisis")
    if not whole:
        return None
    id_, situation, meaning = (plain(entry, key) for key in ("id", "situation", "meaning"))
    return CannedReply(id_, situation, meaning, words, plain(entry, "not_when"), blanks, categories, crisis)


def _whole(findings: Findings, at: Path, entry: Mapping[str, Data], words: Mapping[str, str]) -> bool:
    """Return whether a reply has all it needs, complaining of what is missing."""
    missing = [key for key in ("id", "situation", "meaning") if not plain(entry, key)]
    if not words or not all(words.values()):
        missing.append("words")
    for name in missing:
        findings.tell("E613", at, f"the reply has no '{name}'", "a reply has situation, meaning and words: {en: …}")
    return not missing


def _blanks_stand_in(findings: Findings, at: Path, words: Mapping[str, str], blanks: Iterable[str]) -> None:
    for language, text in words.items():
        for blank in (b for b in blanks if f"<{b}>" not in text and f"{{{b}}}" not in text):
            findings.tell("E613", (*at, "words", language), f"the blank <{blank[:40]}> is not in the text")


def _yes_or_no(findings: Findings, at: Path, entry: Mapping[str, Data], field: str) -> bool:
    """Return whether a field says yes, complaining of anything but yes and no."""
    said = plain(entry, field).lower()
    if said not in ("", "yes", "no", "true", "false"):
        findings.tell(
            "E613", (*at, field), f"'{said[:40]}' is neither yes nor no", f"write '{field}: yes', or leave it out"
        )
    return said in ("yes", "true")


def _meant_for(findings: Findings, at: Path, entry: Mapping[str, Data]) -> tuple[str, ...]:
    """Return the categories a reply is for, complaining of those there are not."""
    named = texts(entry, "for")
    for unknown in (name for name in named if name not in CATEGORIES):
        findings.tell("E613", at, f"'{unknown[:40]}' is no category", f"there is: {', '.join(CATEGORIES)}")
    return tuple(name for name in named if name in CATEGORIES)
