"""Which campaign a command means when nobody named one."""

from __future__ import annotations

from pathlib import Path


def default_campaign() -> Path:
    """Return the folder of the campaign: the current one if it holds flows/, else the one that came with the program."""
    here = Path.cwd()
    return here if (here / "flows" / "campaign.yaml").exists() else Path(__file__).resolve().parents[2]
