"""The campaign as it runs now: replaced as a whole when its files change and hold no error, else kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot import detect
from bot.flowfile import Loaded, fingerprint, load
from bot.flowfile.ear.model_file import shipped_model
from bot.flowfile.problem import Problem, errors
from bot.model.campaign import Campaign
from bot.work.versions import Versions

log = logging.getLogger("safebot.live")


class CampaignError(Exception):
    """The campaign cannot start; `problems` say why, each with its file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("the campaign has errors:\n" + "\n".join(str(p) for p in problems))
        self.problems = problems


@dataclass(slots=True)
class Live:
    """The one holder of the running campaign and its ear. Readers take `campaign` and `hearing` afresh for each turn.

    `problems` are those of the files as they are; `refused`: for them the campaign before keeps running. With `kept`, each
    good version is kept; somebody may go back to one, and one runs when the folder is broken at the start.
    """

    folder: Path
    campaign: Campaign
    hearing: detect.Hearing
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    _print: str = ""
    on_change: list[Callable[[], None]] = field(default_factory=list)
    kept: Versions | None = None

    @classmethod
    def start(cls, folder: Path, kept: Versions | None = None) -> Live:
        """Return the campaign of a folder; with a broken folder, the newest good version that was kept. Raises
        CampaignError when there is neither."""
        mark = _mark(folder, kept)  # before reading: what is saved meanwhile is seen as a change
        loaded = load(folder)
        campaign = _chosen(loaded, kept) or loaded.campaign or _newest(kept)
        if campaign is None:
            raise CampaignError(errors(loaded.problems))
        hearing = detect.compile_hearing(campaign.words, shipped_model())
        refused = loaded.campaign is None
        if refused:
            count = len(errors(loaded.problems))
            log.error(
                "the campaign's files have %d errors ('safebot flows check'): a good version that was kept runs", count
            )
        live = cls(folder, campaign, hearing, loaded.problems, refused, _print=mark, kept=kept)
        live._keep(loaded)
        return live

    def refresh(self) -> bool:
        """Reload when a file changed. With an error the old campaign keeps running and `problems` tell; True if replaced."""
        mark = _mark(self.folder, self.kept)
        if mark == self._print:
            return False
        self._print = mark
        return self._replace(load(self.folder))

    def _replace(self, loaded: Loaded) -> bool:
        self.problems, self.refused = loaded.problems, loaded.campaign is None
        campaign = _chosen(loaded, self.kept) or loaded.campaign
        if campaign is None:
            return False
        hearing = self.hearing
        if campaign.words != self.campaign.words:
            hearing = detect.compile_hearing(campaign.words, shipped_model())
        self.campaign, self.hearing = campaign, hearing
        for tell in self.on_change:
            tell()
        self._keep(loaded)
        return True

    def _keep(self, loaded: Loaded) -> None:
        """Keep what the folder holds, if that is what runs."""
        if self.kept is not None and loaded.campaign is self.campaign:
            self.kept.keep(self.folder, self.campaign, datetime.now(UTC))


def _mark(folder: Path, kept: Versions | None) -> str:
    return f"{fingerprint(folder)} {kept.choice() if kept is not None else None}"


def _chosen(loaded: Loaded, kept: Versions | None) -> Campaign | None:
    """Return the version that somebody went back to from exactly this content of the folder."""
    choice = kept.choice() if kept is not None else None
    if kept is None or choice is None or choice.instead_of != loaded.version:
        return None
    return next((load(v.place).campaign for v in kept.all() if v.number == choice.number), None)


def _newest(kept: Versions | None) -> Campaign | None:
    """Return the version that somebody went back to, else the newest that still loads: a newer program may find mistakes
    that an older one did not."""
    choice = kept.choice() if kept is not None else None
    wanted = choice.number if choice is not None else 0
    versions = sorted(kept.all() if kept is not None else (), key=lambda v: (v.number == wanted, v.number))
    return next(filter(None, (load(version.place).campaign for version in reversed(versions))), None)
