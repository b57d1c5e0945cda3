"""Text after parsing entities: what counts for the limits and what the reader sees."""

from __future__ import annotations

import html
import re

from bot.simulator.errors import refusal

TAG = re.compile(r"<(/?)([a-zA-Z-]*)[^<>]*>")
KNOWN = frozenset(("b strong i em u ins s strike del span tg-spoiler a code pre blockquote tg-emoji").split())


def plain(text: str, parse_mode: str) -> str:
    """Return the text without markup. HTML is checked for balance; other modes are left as they are."""
    if parse_mode.lower() != "html":
        return text
    stack: list[str] = []
    for tag in TAG.finditer(text):
        _follow(stack, tag.group(1) == "/", tag.group(2).lower())
    rest = TAG.sub("", text)
    if stack or "<" in rest:
        raise refusal("cant_parse")
    return html.unescape(rest)


def _follow(stack: list[str], closes: bool, name: str) -> None:
    if name not in KNOWN or (closes and (not stack or stack.pop() != name)):
        raise refusal("cant_parse")
    if not closes:
        stack.append(name)
