"""Links, numbers, handles and names of accounts in her words are hidden from everybody who reads a case.

A moderator does not need them to help; what she has not read she cannot look up, and cannot let slip. A lead may uncover one for a
referral (`desk_unmasking`). What stands in their place are private signs, which the page says as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.detect.contacts import KINDS, LONGEST, Contact, contacts

OPEN, SHUT = "\ue000", "\ue001"
"""Around the kind of what is hidden. Hers are taken out first: nobody can write what looks like ours."""

HIDDEN = re.compile(f"{OPEN}({'|'.join(KINDS)}){SHUT}")

_APPS = "insta(?:gram)?|ig|snap(?:chat)?|tik ?tok|fb|facebook|messenger|telegram|tg|whats ?app|discord|roblox|viber|imo|twitter"
_ACCOUNT = re.compile(
    rf"(?<!\w)(?:{_APPS})(?:\s+(?:id|name|user(?:name)?|acc(?:ount)?))?"
    r"(?:\s*[:=]\s*(?P<told>[\w.\-]{3,40})|\s+(?:(?:is|ni|ay|naam|nick)\s+)?(?P<odd>(?=[\w.\-]*[\d_])[\w.\-]{4,40}))",
    re.IGNORECASE,
)
"""A name after the name of an app: after a colon any, else one with a digit or a low line in it."""


def hidden_in(text: str) -> tuple[Contact, ...]:
    """Return what is hidden in a text of hers, in order."""
    found = [*_contacts(text)]
    found += [one for one in _accounts(text) if all(one.end <= c.start or c.end <= one.start for c in found)]
    return tuple(sorted(found, key=lambda one: one.start))


def masked(text: str) -> str:
    """Return a text of hers with a sign in the place of everything that leads to a person or her money."""
    pieces, at = [], 0
    for found in hidden_in(text):
        pieces += [_plain(text[at : found.start]), f"{OPEN}{found.kind}{SHUT}"]
        at = found.end
    return "".join([*pieces, _plain(text[at:])])


def _contacts(text: str) -> Iterator[Contact]:
    """A text of any length is looked through: what is longer than one look, in looks that overlap."""
    if len(text) <= LONGEST:
        yield from contacts(text)
        return
    step, seen = LONGEST // 2, 0
    for start in range(0, len(text), step):
        for found in contacts(text[start : start + LONGEST]):
            if start + found.start >= seen:
                seen = start + found.end
                yield Contact(found.kind, start + found.start, seen)


def _accounts(text: str) -> Iterator[Contact]:
    for found in _ACCOUNT.finditer(text):
        name = "told" if found["told"] else "odd"
        yield Contact("handle", *found.span(name))


def _plain(text: str) -> str:
    return text.replace(OPEN, "").replace(SHUT, "")
