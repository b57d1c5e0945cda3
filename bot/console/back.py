"""Where a form sends her back to: a path of ours, whatever the address says."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.console.page import Page


def back_of(page: Page) -> str:
    """Return the path that the form carries in its address (`no-referrer` hides it otherwise); '/' for anything else.

    Browsers read a backslash as a slash, so that `/\\\\elsewhere` would lead elsewhere.
    """
    back = urlsplit(page.request.query.get("back", ""))
    elsewhere = back.scheme or back.netloc or not back.path.startswith("/") or back.path.startswith("//")
    if elsewhere or "\\" in back.path:
        return "/"
    return back.path + (f"?{back.query}" if back.query else "")
