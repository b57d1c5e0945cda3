"""A campaign's folder: which files there are, and a cheap fingerprint that changes when one of them does."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NOT_FLOWS = frozenset({"campaign.yaml", "helplines.yaml"})
DOMAINS = ("flows", "bot", "console")
MEDIA_FOLDERS = ("pictures", "voices")
TEST = ".test.yaml"


@dataclass(frozen=True, slots=True)
class Folder:
    """The parent of flows/ and locales/, and where each kind of file lives below it."""

    root: Path

    def label(self, path: Path) -> str:
        """Return a file's name as problems show it: `flows/welcome.yaml`."""
        return path.relative_to(self.root).as_posix()

    @property
    def campaign(self) -> Path:
        return self.root / "flows" / "campaign.yaml"

    @property
    def helplines(self) -> Path:
        return self.root / "flows" / "helplines.yaml"

    def flows(self) -> list[Path]:
        """Return the flow files: flows/*.yaml but the campaign's own and tests."""
        return [Path(entry.path) for entry in _entries(self.root / "flows", ".yaml") if _is_flow(entry.name)]

    def tests(self) -> list[Path]:
        """Return the files of test conversations: they are no part of what runs."""
        return [Path(entry.path) for entry in _entries(self.root / "flows", TEST)]

    def words(self) -> list[Path]:
        return sorted((self.root / "flows" / "words").glob("*.yaml"))

    def replies(self) -> list[Path]:
        return sorted((self.root / "flows" / "replies").glob("*.yaml"))

    def media(self) -> list[Path]:
        """Return pictures and voice files, wherever of the two folders they lie."""
        return sorted(p for folder in self._media_folders() for p in folder.glob("*") if p.is_file())

    def medium(self, path: Path) -> str:
        """Return how a campaign calls a media file: `bench.png`, or `sw/welcome.hello.ogg` for a recording in Swahili."""
        return path.name if path.parent.name in MEDIA_FOLDERS else f"{path.parent.name}/{path.name}"

    def _media_folders(self) -> list[Path]:
        flows = self.root / "flows"
        return [flows / name for name in MEDIA_FOLDERS] + sorted((flows / "voices").glob("*/"))

    def catalogue(self, language: str, domain: str) -> Path:
        return self.root / "locales" / language / "LC_MESSAGES" / f"{domain}.po"

    def catalogues(self) -> list[Path]:
        """Return every .po file there is."""
        return sorted((self.root / "locales").glob("*/LC_MESSAGES/*.po"))

    def read_from(self) -> list[Path]:
        """Return every file that what runs is read from: the tests are none of them."""
        own = [path for path in (self.campaign, self.helplines) if path.is_file()]
        return [*own, *self.flows(), *self.words(), *self.replies(), *self.media(), *self.catalogues()]

    def everything(self) -> Iterator[tuple[str, os.stat_result]]:
        """Return the name and state of every file a campaign is read from."""
        flows = self.root / "flows"
        places = [(flows, ".yaml"), (flows / "words", ".yaml"), (flows / "replies", ".yaml")]
        places += [(folder, "") for folder in self._media_folders()]
        places += [(path, ".po") for path in sorted((self.root / "locales").glob("*/LC_MESSAGES"))]
        for place, ending in places:
            for entry in _entries(place, ending):
                try:
                    found = entry.stat()
                except OSError:  # deleted between listing and looking: the next look sees the folder as it is then
                    continue
                yield f"{place}/{entry.name}", found


def _entries(folder: Path, ending: str) -> list[os.DirEntry[str]]:
    """Return what lies in a folder and ends so, by name; nothing when there is no folder."""
    try:
        with os.scandir(folder) as found:
            return sorted((entry for entry in found if entry.name.endswith(ending)), key=lambda entry: entry.name)
    except OSError:
        return []


def _is_flow(name: str) -> bool:
    return name not in NOT_FLOWS and not name.endswith(TEST)


def fingerprint(folder: Path) -> str:
    """Return a word that changes when a file of the campaign is added, removed, renamed or written. Reads no file."""
    seen = hashlib.blake2s(digest_size=16)
    for name, stat in Folder(folder).everything():
        seen.update(f"{name}\0{stat.st_mtime_ns}\0{stat.st_size}\n".encode())
    return seen.hexdigest()
