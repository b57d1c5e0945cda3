"""The pseudo-language en_XA: English with accents, two fifths longer, in brackets. Made when a campaign is loaded.

What stands in the chat without brackets was never given to translators; what is cut off will be cut off in Swahili, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.flowfile.translating.book import Book, Forms, Translation
from bot.model.words import Words
from bot.texts import PLACE

PSEUDO = "en_XA"

_ACCENTS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)


def accented(text: str) -> str:
    """Return the text as the pseudo-language says it; {names} and links stay as they are."""
    words = " ".join(_kept(word) for word in text.split(" "))
    return f"[{words}{_more(len(text) * 2 // 5)}]"


def _kept(word: str) -> str:
    if "https://" in word:
        return word
    plain = PLACE.split(word)  # text, name, text, name, …
    return "".join(f"{{{piece}}}" if i % 2 else piece.translate(_ACCENTS) for i, piece in enumerate(plain))


def _more(length: int) -> str:
    """Return about this many signs that are no words, so that nobody is told of long sentences; they wrap like words."""
    return " ~~~~" * -(-length // 5)


def pseudo_flows(texts: Iterable[Words]) -> Book:
    """Return the pseudo-catalogue of these texts; a plural has the two forms of English."""
    return Book("", tuple(Translation(w.context, w.source, w.plural, _forms(w)) for w in texts))


def _forms(words: Words) -> Forms:
    return tuple(accented(form) for form in (words.source, words.plural) if form is not None)


def pseudo_own(english: Book) -> Book:
    """Return the pseudo-catalogue of the bot's own sentences, from their English one."""
    return Book("", tuple(replace(e, forms=tuple(map(accented, e.forms))) for e in english.entries if e.complete))
