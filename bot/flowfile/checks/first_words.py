"""E310: phones are seen by others, so the first 40 characters of every message are harmless."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.checks.spoken import own_sentences
from bot.flowfile.checks.wording import words_of
from bot.flowfile.draft import MESSAGES, Draft
from bot.flowfile.problem import Problem

SEEN = 40
LONGEST = 30
"""How far a word may go on behind what is seen."""
HINT = "begin with something anybody may read, as in 'Good that you are here.'"


def seen_word(language: str, text: str) -> str:
    """Return the first risky word that begins within what a locked phone shows, or ''."""
    # English words are loanwords everywhere, so they count in every language.
    pattern = words_of("seen_by_others", language, "en", goes_on=True)
    found = pattern.search(text[: SEEN + LONGEST]) if pattern is not None else None
    return found[0] if found and found.start() < SEEN else ""


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each message that says too much at once."""
    for said in look.said:
        if said.spot.role in MESSAGES and (word := seen_word(said.language, said.text)):
            message = f"'{word}' stands in the first {SEEN} characters{said.where}"
            yield said.flow.problem("E310", said.spot.path, message, HINT)


def own(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each of the bot's own messages that says too much at once."""
    for said in own_sentences(draft):
        if not said.key.startswith("button.") and (word := seen_word(said.language, said.text)):
            message = f"'{said.key}' has '{word}' in its first {SEEN} characters"
            yield Problem("E310", said.file, 1, 1, "", message, HINT)
