"""The bot's own English sentences keep the rules for words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.texts import parse_po

ROOT = Path(__file__).parents[2]
OWN = {key: forms[0] for (_, key), forms in parse_po((ROOT / "locales/en/LC_MESSAGES/bot.po").read_bytes()).items()}
SAID = {k: v for k, v in OWN.items() if not k.startswith(("button.", "command.", "helpline.", "staff.", "media."))}
TELLING = re.compile(
    r"\b(abus\w+|danger|hurt|harm|naked|sex\w*|police|suicide|threat\w*|blackmail|violen\w+|rape\w*|trained person)\b",
    re.I,
)


@pytest.mark.parametrize("key", sorted(SAID))
def test_the_first_forty_characters_tell_nothing(key: str) -> None:
    assert not TELLING.search(OWN[key][:40])


@pytest.mark.parametrize("key", sorted(k for k in SAID if not k.startswith("helpline")))
def test_sentences_are_short(key: str) -> None:
    sentences = re.split(r"(?<=[.?!:])\s+", OWN[key])
    assert max(len(s.split()) for s in sentences) <= 12


@pytest.mark.parametrize("key", sorted(OWN))
def test_nothing_is_promised_that_cannot_be_kept(key: str) -> None:
    assert not re.search(r"\b(soon|secret|anonymous\w*)\b|100 ?%", OWN[key], re.I)


def test_every_sentence_the_engine_says_is_there() -> None:
    source = "\n".join(path.read_text() for path in sorted((ROOT / "bot/engine").glob("*.py")))
    wanted = set(re.findall(r'own\("([a-z0-9_.]+)"', source)) | set(re.findall(r'"(hit\.[a-z0-9_.]+)"', source))
    for row in re.findall(r'column\(((?:"[a-z_]+"(?:, )?)+)\)', source):
        wanted |= {f"button.{name}" for name in re.findall(r'"([a-z_]+)"', row)}
    assert sorted(wanted - set(OWN)) == []


def test_what_the_rules_quote_is_said_in_these_words() -> None:
    assert "A trained person may read this, because you may be in danger." in OWN["hit.p1.after"]
    assert "We try to read by {read_by}" in OWN["hit.in_line"]
    assert "This chat is cleared. Some things may be kept to keep you safe." in " ".join(OWN["wipe.done"].split())
    assert OWN["reply.neutral"] == "Something new is here."
    assert "{helpline}" in OWN["hit.closed"]
    assert "{opens_at}" in OWN["hit.closed"]
