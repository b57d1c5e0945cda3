"""A mark for sentences that stand in Python and are shown to staff: translators get what is marked, readers see it."""

from __future__ import annotations


def mark(text: str) -> str:
    """Return the text as it is. What stands here in quotes is collected for `locales/*/LC_MESSAGES/console.po`."""
    return text
