"""E406: texts link only to places that campaign.yaml allows, and only by https."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.problem import Problem

_BARE = r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|info|io|app|xyz|site|online|link|top|club|ly)(?![\w-])"
"""Telegram makes a link of a bare address by itself. The ends that strangers' links have most often; amounts are bounded,
so that no text is tried forever."""
LINK = re.compile(rf"(?:\b[a-z][a-z0-9+.-]{{0,20}}://[^\s<>()]|\bwww\.|\bt\.me/|{_BARE})[^\s<>()]*", re.IGNORECASE)


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each link that is not https or not on the list."""
    hosts = [_host(link) for link in look.around.links]
    for said in look.said:
        if "." not in said.text:
            continue
        for found in LINK.finditer(said.text):
            link = found[0].rstrip(".,;:!?")
            bare = "://" not in link and not link.lower().startswith(("www.", "t.me/"))
            if not bare and not link.lower().startswith("https://"):
                message = f"'{link[:80]}' does not begin with https://{said.where}"
                yield said.flow.problem("E406", said.spot.path, message, "write the whole address")
            elif not _allowed(_host(link), hosts):
                message = f"'{_host(link)[:80]}' is not on the list{said.where}"
                yield said.flow.problem("E406", said.spot.path, message, "add it to 'links' in flows/campaign.yaml")


def _host(link: str) -> str:
    """Return the host that a browser goes to: what stands before an @ is a name, # and \\ end it like a slash."""
    place = re.split(r"[/?#\\]", re.sub(r"^[a-z]+://", "", link.lower()), maxsplit=1)[0]
    return place.rpartition("@")[2].partition(":")[0]


def _allowed(host: str, hosts: list[str]) -> bool:
    return any(host == known or host.endswith("." + known) for known in hosts)
