"""W311: a help text promises nothing that nobody can keep: soon, secret, anonymous, 100 %."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.checks.spoken import own_sentences
from bot.flowfile.checks.wording import words_of
from bot.flowfile.draft import MESSAGES, Draft
from bot.flowfile.problem import Problem, severity_of

HINT = "say what is certain: 'You are in line. We try to read by {read_by}.'"


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for each such word in a help text."""
    for said in look.said if look.helps else ():
        if said.spot.role not in MESSAGES:
            continue
        if found := _promise(said.language, said.text):
            yield said.flow.problem("W311", said.spot.path, f"promises '{found}'{said.where}", HINT)


def own(draft: Draft) -> Iterator[Problem]:
    """Return a warning for each such word in what the bot says by itself."""
    for said in own_sentences(draft):
        if found := _promise(said.language, said.text):
            message = f"'{said.key}' promises '{found}'"
            yield Problem("W311", said.file, 1, 1, "", message, HINT, severity_of("W311"))


def _promise(language: str, text: str) -> str:
    pattern = words_of("promises", language) or words_of("promises", "en")
    found = pattern.search(text) if pattern is not None else None
    return found[0] if found else ""
