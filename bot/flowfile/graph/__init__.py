"""Pictures of flows: what staff wrote as boxes and arrows, laid out in layers, as SVG or Mermaid. No network, no library."""

from __future__ import annotations

from bot.flowfile.graph.from_campaign import picture_of_campaign
from bot.flowfile.graph.from_flow import picture_of_flow
from bot.flowfile.graph.mermaid import as_mermaid
from bot.flowfile.graph.picture import Picture
from bot.flowfile.graph.svg import as_svg

__all__ = ["Picture", "as_mermaid", "as_svg", "picture_of_campaign", "picture_of_flow"]
