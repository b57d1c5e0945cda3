"""Numbers, links and handles in a moderator's reply that are not in the directory: those need a second pair of eyes.

A wrong digit sends a girl to a stranger. What stands in flows/helplines.yaml, and links to the campaign's hosts, go freely.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.model.campaign import Campaign, Helpline
from bot.work.desk.masking import hidden_in

_SHORT = re.compile(r"(?<![\w:.,/-])\d{3,6}(?![\w:/-]|[.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\+?\d(?:[ ().\-]{0,2}\d)*")


def unlisted(text: str, campaign: Campaign) -> tuple[str, ...]:
    """Return the kinds of contacts in a reply that nobody has checked: `phone link handle …`, each once."""
    numbers, hosts = _numbers(campaign), _hosts(campaign)
    plain = _with_plain_digits(text)
    kinds = [kind for kind, piece in _pieces(plain) if not _listed(kind, piece, numbers, hosts)]
    return tuple(dict.fromkeys(kinds))


def listed_values(campaign: Campaign) -> list[str]:
    """Return everything a blank for a service may hold: names, numbers and addresses, the longest first."""
    lines = [line for line in campaign.helplines if not line.withdrawn]
    values = {value for line in lines for value in (line.name, line.number, line.url, *_numbers_in(line)) if value}
    return sorted(values, key=len, reverse=True)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    found = hidden_in(text)
    for contact in found:
        yield contact.kind, text[contact.start : contact.end]
    for short in _SHORT.finditer(text):
        inside = any(c.start <= short.start() < c.end for c in found)
        if not inside and not _YEAR.fullmatch(short.group()):
            yield "number", short.group()


def _listed(kind: str, piece: str, numbers: set[str], hosts: set[str]) -> bool:
    if kind == "link":
        host = _host(piece)
        return any(host == known or host.endswith(f".{known}") for known in hosts)
    if kind in {"email", "handle", "account", "card"}:
        return False
    return _only_digits(piece) in numbers


def _numbers(campaign: Campaign) -> set[str]:
    lines = (line for line in campaign.helplines if not line.withdrawn)
    return {_only_digits(number) for line in lines for number in _numbers_in(line)}


def _numbers_in(line: Helpline) -> list[str]:
    """Return each number of an entry: some have two, for two networks."""
    return [found.group() for found in _DIGITS.finditer(line.number)]


def _hosts(campaign: Campaign) -> set[str]:
    urls = [line.url for line in campaign.helplines if line.url and not line.withdrawn]
    return {host for host in (*(_host(url) for url in urls), *map(_host, campaign.links)) if host}


def _host(link: str) -> str:
    parts = urlsplit(link if "://" in link else f"https://{link}")
    # What stands before an @ only looks like the host.
    return (parts.netloc.rpartition("@")[2].partition(":")[0]).lower().removeprefix("www.")


def _only_digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _with_plain_digits(text: str) -> str:
    """Return the text with digits of any script as European ones, every character in its place."""
    return "".join([str(unicodedata.digit(char)) if char.isdecimal() else char for char in text])
