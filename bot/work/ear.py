"""The detector's ear from a campaign folder, without the rest of the campaign: `safebot detect` starts quickly."""

from __future__ import annotations

from pathlib import Path

from bot import detect
from bot.flowfile import load_words
from bot.flowfile.ear.model_file import shipped_model


def load_ear(folder: Path) -> detect.Hearing:
    """Return the compiled ear of a folder. Raises CampaignError when a word file has errors."""
    from bot.work.live import CampaignError

    words, problems = load_words(folder)
    if any(p.severity == "error" for p in problems):
        raise CampaignError(tuple(problems))
    return detect.compile_hearing(words, shipped_model())
