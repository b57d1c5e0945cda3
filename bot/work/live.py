"""The campaign as it runs now: replaced as a whole when its files change and hold no error, else kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot import detect
from bot.flowfile import Loaded, fingerprint, load
from bot.flowfile.ear_model import shipped_model
from bot.flowfile.problem import Problem, errors
from bot.model.campaign import Campaign


class CampaignError(Exception):
    """The campaign cannot start; `problems` say why, each with its file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("the campaign has errors:\n" + "\n".join(str(p) for p in problems))
        self.problems = problems


@dataclass(slots=True)
class Live:
    """The one holder of the running campaign and its ear. Readers take `campaign` and `hearing` afresh for each turn.

    `problems` are those of the files as they are; `refused`: for them the campaign before keeps running.
    """

    folder: Path
    campaign: Campaign
    hearing: detect.Hearing
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    _print: str = ""
    on_change: list[Callable[[], None]] = field(default_factory=list)

    @classmethod
    def start(cls, folder: Path) -> Live:
        """Return the campaign of a folder. Raises CampaignError when it has errors."""
        mark = fingerprint(folder)  # before reading: what is saved meanwhile is seen as a change
        loaded = load(folder)
        if loaded.campaign is None:
            raise CampaignError(errors(loaded.problems))
        hearing = detect.compile_hearing(loaded.campaign.words, shipped_model())
        return cls(folder, loaded.campaign, hearing, loaded.problems, _print=mark)

    def refresh(self) -> bool:
        """Reload when a file changed. With an error the old campaign keeps running and `problems` tell; True if replaced."""
        mark = fingerprint(self.folder)
        if mark == self._print:
            return False
        self._print = mark
        return self._replace(load(self.folder))

    def _replace(self, loaded: Loaded) -> bool:
        self.problems, self.refused = loaded.problems, loaded.campaign is None
        if loaded.campaign is None:
            return False
        hearing = self.hearing
        if loaded.campaign.words != self.campaign.words:
            hearing = detect.compile_hearing(loaded.campaign.words, shipped_model())
        self.campaign, self.hearing = loaded.campaign, hearing
        for tell in self.on_change:
            tell()
        return True
