"""Ways to reach a person or her money inside a text: links, e-mail, handles, phone, card and account numbers.

Only finding, with offsets into the text as typed; who hides them from whom is decided elsewhere. Better one too many
than one too few: a long number of another kind is hidden, and the moderator may look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

LONGEST: Final = 20_000
"""A text is searched so far; Telegram's messages end at 4,096 letters."""
_ENDINGS: Final = (
    "com|net|org|info|me|io|app|link|ly|gl|gg|tv|xyz|site|online|club|live|chat|nl|ke|np|kh|ph|co|to|be|us|uk|in|cc|ru"
)
_LINK: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s<>\"'()]{1,2000}"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{_ENDINGS})(?![\w-])(?:/[^\s<>\"'()]{{0,2000}})?"
)
_EMAIL: Final = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,5}\w{2,24}")
_HANDLE: Final = re.compile(r"(?<![\w@./])@\w(?:[\w.]{0,62}\w)?")
_UNSEEN: Final = r"[\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\u20e3\ufeff]{0,4}"
"""What nobody sees between two digits, and what makes a key of one."""
# Digits of any script, with what people put between them; never across a line.
_NUMBER: Final = re.compile(rf"(?<!\d)\+?[(]?\d(?:{_UNSEEN}(?:[ \u00a0.\-/()]{_UNSEEN}){{0,2}}\d){{6,40}}(?!\d)")
_DATE: Final = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
_ACCOUNT: Final = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_CARD_DIGITS: Final = range(13, 20)
_PHONE_DIGITS: Final = range(7, 16)
_TRAILING: Final = ".,;:!?…)]}'\"»”’।។"
KINDS: Final = ("link", "email", "account", "card", "phone", "handle", "number")


class Contact(NamedTuple):
    """What was found: its kind (one of `KINDS`) and where it stands in the text."""

    kind: str
    start: int
    end: int


def contacts(text: str) -> tuple[Contact, ...]:
    """Return what in a text leads to a person or her money, in order, none over another."""
    text = _lower(text[:LONGEST])
    found: list[Contact] = []
    for contact in _all(text):
        if all(contact.end <= other.start or other.end <= contact.start for other in found):
            found.append(contact)
    return tuple(sorted(found, key=lambda contact: contact.start))


def masked(text: str, mark: str = "•••") -> str:
    """Return the text with a mark in the place of each contact."""
    pieces, at = [], 0
    for contact in contacts(text):
        pieces += [text[at : contact.start], mark]
        at = contact.end
    return "".join([*pieces, text[at:]])


def _lower(text: str) -> str:
    """Return the text in small letters and European digits, every character still in its place."""
    if text.isascii():
        return text.lower()
    return "".join([_plain(char) for char in text])


def _plain(char: str) -> str:
    digit = unicodedata.digit(char, -1) if char.isdecimal() else -1
    small = str(digit) if digit >= 0 else unicodedata.normalize("NFKC", char).lower()
    return small if len(small) == 1 else char


def _all(text: str) -> Iterator[Contact]:
    """Yield everything, what says most first: an e-mail address is no handle, an account no phone number."""
    for kind, pattern in (("email", _EMAIL), ("link", _LINK), ("account", _ACCOUNT)):
        for match in pattern.finditer(text):
            end = match.start() + len(match.group().rstrip(_TRAILING))
            if end > match.start():
                yield Contact(kind, match.start(), end)
    for match in _NUMBER.finditer(text):
        if not _DATE.fullmatch(match.group()):
            yield Contact(_kind_of_number(match.group()), match.start(), match.end())
    for match in _HANDLE.finditer(text):
        yield Contact("handle", match.start(), match.end())


def _kind_of_number(written: str) -> str:
    digits = [int(c) for c in written if c.isdecimal()]
    if written.startswith("+"):
        return "phone"
    if len(digits) in _CARD_DIGITS and _adds_up(digits):
        return "card"
    return "phone" if len(digits) in _PHONE_DIGITS else "number"


def _adds_up(digits: list[int]) -> bool:
    """Return whether the last digit of a card number fits the others (Luhn)."""
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
