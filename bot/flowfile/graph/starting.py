"""How girls come into a flow, in words."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.model.flow import Flow


def ways_in(campaign: Draft, flow: Flow) -> Iterator[str]:
    """Return each way into a flow that is not another flow's arrow."""
    starts = flow.starts
    doors = [door for door, name in campaign.settings.doors.items() if name == flow.id]
    yield from ("hears any other worry" if door == "hit" else f"/{door}" for door in doors)
    if starts.menu:
        yield f"menu {starts.menu}"
    if starts.words:
        yield f"words {starts.words}"
    if starts.link:
        yield f"link {starts.link}"
    if starts.hits:
        yield f"hears {', '.join(starts.hits)}"
