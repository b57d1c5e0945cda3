"""The last good versions of the campaign, kept on disk: to go back to, and to start from while the folder is broken.

Each is a plain folder that holds what a running campaign is read from, as it was (`00012/flows`, `00012/locales`). Files
that did not change share their bytes. No conversation ever plays an old version beside a new one: going back is an edit
like any other, and chats follow it as they follow every edit.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from bot.flowfile import load
from bot.flowfile.folder import Folder
from bot.model.campaign import Campaign

log = logging.getLogger("safebot.versions")

DIGITS = "[0-9]" * 5
ABOUT, CHOSEN, UNFINISHED = "version.json", "chosen.json", "unfinished-"


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its number, the name of its content, since when it ran, and the files that were new in it."""

    number: int
    name: str
    at: datetime
    changed: tuple[str, ...]
    place: Path


class About(msgspec.Struct, frozen=True):
    """What is written down beside a version's files."""

    name: str
    at: datetime
    changed: tuple[str, ...]


class Choice(msgspec.Struct, frozen=True):
    """Somebody went back: this version runs for as long as the folder's content is the one named by `instead_of`."""

    number: int
    instead_of: str


@dataclass(frozen=True, slots=True)
class Versions:
    """The folder that keeps them."""

    place: Path

    def all(self) -> list[Version]:
        """Return what is kept, oldest first; a folder that cannot be read counts as empty."""
        return sorted(self._read(), key=lambda version: version.number)

    def _read(self) -> Iterator[Version]:
        for place in self.place.glob(DIGITS) if self.place.is_dir() else ():
            try:
                about = msgspec.json.decode((place / ABOUT).read_bytes(), type=About)
                yield Version(int(place.name), about.name, about.at, about.changed, place)
            except (OSError, ValueError, msgspec.MsgspecError):
                log.warning("%s holds no version that can be read", place.name)

    def keep(self, folder: Path, campaign: Campaign, now: datetime) -> bool:
        """Keep a campaign that runs from now on; what was gone back to is over. False if it is the newest already, or
        cannot be written: that never keeps a campaign from running.
        """
        kept = self.all()
        try:
            if self.choice() is not None:
                self.let_go()
            if kept and kept[-1].name == campaign.version:
                return False
            self._write(Folder(folder), campaign, kept, now)
            self._forget(campaign.versions)
        except OSError as error:
            log.error("the campaign's version could not be kept: %s", error.strerror)
            return False
        return True

    def _write(self, folder: Folder, campaign: Campaign, kept: list[Version], now: datetime) -> None:
        number = max((int(place.name) for place in self.place.glob(DIGITS)), default=0) + 1
        before = kept[-1].place if kept else self.place
        unfinished = self.place / f"{UNFINISHED}{os.getpid()}-{number}"
        shutil.rmtree(unfinished, ignore_errors=True)
        self.place.mkdir(exist_ok=True)  # not its parents: a wrong address must not come true by this
        changed = _copied(folder, before, unfinished)
        (unfinished / ABOUT).write_bytes(msgspec.json.encode(About(campaign.version, now, changed)))
        if load(unfinished).version == campaign.version:
            unfinished.rename(self.place / f"{number:05}")
        else:  # saved again while it was copied: the next look at the folder keeps that
            shutil.rmtree(unfinished, ignore_errors=True)

    def _forget(self, most: int) -> None:
        chosen = self.choice()
        for old in self.all()[:-most]:
            if chosen is None or chosen.number != old.number:
                shutil.rmtree(old.place, ignore_errors=True)

    def choice(self) -> Choice | None:
        """Return what somebody went back to; a choice whose version is gone is none."""
        try:
            choice = msgspec.json.decode((self.place / CHOSEN).read_bytes(), type=Choice)
        except (OSError, msgspec.MsgspecError):
            return None
        return choice if (self.place / f"{choice.number:05}" / ABOUT).is_file() else None

    def choose(self, number: int, instead_of: str) -> None:
        """Let this version run instead of that content of the folder, also after a restart. Raises OSError."""
        new = self.place / f"{UNFINISHED}{os.getpid()}-{CHOSEN}"
        new.write_bytes(msgspec.json.encode(Choice(number, instead_of)))
        new.replace(self.place / CHOSEN)

    def let_go(self) -> None:
        """Forget the choice: the folder runs again. Raises OSError."""
        (self.place / CHOSEN).unlink(missing_ok=True)


def _copied(folder: Folder, before: Path, to: Path) -> tuple[str, ...]:
    """Copy the files of a campaign; return the labels of those that are not as in the version before."""
    changed = []
    files = [folder.label(path) for path in folder.read_from()]
    for label in files:
        (to / label).parent.mkdir(parents=True, exist_ok=True)
        if not _linked(folder.root / label, before / label, to / label):
            shutil.copyfile(folder.root / label, to / label)
            changed.append(label)
    was = [Folder(before).label(path) for path in Folder(before).read_from()]
    return (*changed, *(label for label in was if label not in files))


def _linked(now: Path, before: Path, to: Path) -> bool:
    """Let an unchanged file share the bytes of the version before; where links are not known it is copied."""
    if not before.is_file() or before.read_bytes() != now.read_bytes():
        return False
    try:
        os.link(before, to)
    except OSError:
        shutil.copyfile(before, to)
    return True
