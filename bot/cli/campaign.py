"""Which campaign a command means when nobody named one."""

from __future__ import annotations

from pathlib import Path

from bot.cli.problems import stop


def default_campaign() -> Path:
    """Return the folder of the campaign: the current one if it holds flows/, else the one that came with the program."""
    here = Path.cwd()
    return here if (here / "flows" / "campaign.yaml").exists() else Path(__file__).resolve().parents[2]


def the_campaign(path: Path | None) -> Path:
    """Return the folder of the campaign that a path is, or lies in; ends the command when there is none."""
    here = (path or default_campaign()).absolute()
    folder = next((place for place in (here, *here.parents) if (place / "flows" / "campaign.yaml").is_file()), None)
    return folder or stop(f"{path} is no campaign: it holds no flows/campaign.yaml. 'safebot init DIR' writes one.")
