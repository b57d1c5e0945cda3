"""Every word a moderator sees can be translated, is translated, and is shown in the language she chose."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot.console.collecting import sentences
from bot.flowfile.translating.book import Book, read_book
from bot.texts import PLACE, plural_expression

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "bot" / "console" / "templates").rglob("*.html"))

LANGUAGES = ("sw", "fil", "ne", "km", "nl")

NOT_WORDS = re.compile(
    r"(?s)\{% block main_class %\}.*?\{% endblock %\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<code>.*?</code>|<kbd>.*?</kbd>|&\w+;"
)
SEEN = re.compile(r'(?:aria-label|title|placeholder|alt|content)="([^"]*)"')
TECHNICAL = re.compile(r"^(width=device-width, initial-scale=1|\d+;url=|P[1-4])?$")


def book(language: str) -> Book:
    return read_book((ROOT / "locales" / language / "LC_MESSAGES" / "console.po").read_bytes())


def bare_words(template: str) -> list[str]:
    """Return what a template says without asking for its translation."""
    plain = NOT_WORDS.sub("", template)
    texts = re.sub(r"(?s)<[^>]*>", "\n", plain).split("\n") + SEEN.findall(plain)
    return [t.strip() for t in texts if re.search(r"[^\W\d_]{2}", t) and not TECHNICAL.match(t.strip())]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_words_that_cannot_be_translated(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8")) == []


def test_the_module_of_the_pages_says_nothing_by_itself() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "bot" / "console" / "static").glob("*.js"))
    texts = re.findall(
        r"(?:textContent|title|innerText|placeholder|alert)\s*=\s*[^;]*?(['`\"][A-Z][^'`\"]*['`\"])", code
    )
    assert texts == []


def test_every_refusal_of_the_desk_is_a_sentence_translators_get() -> None:
    wrong = []
    for path in sorted(p for room in ("console", "work") for p in (ROOT / "bot" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("NotPossible", "DeskError", "mark")
            if named and node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == [], "write the sentence in quotes, with {names}, and the values beside it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_every_sentence_there_is(language: str) -> None:
    there = {(entry.source, entry.plural) for entry in book(language).entries}
    assert [text.source for text in sentences() if (text.source, text.plural) not in there] == [], "run `make words`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_translation_with_the_same_names_and_all_plural_forms(language: str) -> None:
    forms, wrong = plural_expression(language)[0], []
    for entry in book(language).entries:
        names = set(PLACE.findall(f"{entry.source} {entry.plural or ''}"))
        whole = entry.complete and len(entry.forms) == (forms if entry.plural else 1)
        same = all(set(PLACE.findall(form)) | {"n"} == names | {"n"} for form in entry.forms)
        if not whole or not same:
            wrong.append(entry.source)
    assert wrong == []
