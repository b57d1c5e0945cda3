"""The message sets the detector is measured on: where they lie, how a line reads, and which ones nobody may look into."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
DATA: Final = HERE.parent / "data" / "detection"
HASHES: Final = DATA / "FROZEN"
DEVELOPMENT: Final = HERE.parents[2] / "shared" / "data" / "detection" / "dev.jsonl"
CLOSED: Final = frozenset({"frozen", "blind"})
"""Sets whose sentences are never shown: only totals are looked at."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line of a set: a made-up message and what a careful person makes of it (`level` None: harmless)."""

    id: str
    text: str
    language: str
    category: str
    level: str | None
    kind: str
    noisy: bool

    @property
    def worrying(self) -> bool:
        return self.level is not None

    @property
    def everyday(self) -> bool:
        return self.kind == "everyday"


def files_of(name: str) -> list[Path]:
    """Return the files of a set that exist: dev, heldout, blind, tuning or frozen."""
    places = {"dev": [DEVELOPMENT], "heldout": [HERE / "heldout.jsonl"], "blind": [HERE / "blind.jsonl"]}
    return [p for p in places.get(name, sorted(DATA.glob(f"*.{name}.jsonl"))) if p.exists()]


def messages(name: str, language: str | None = None) -> Iterator[Message]:
    """Yield the messages of a set, of one language or of all."""
    for path in files_of(name):
        lines = path.read_text("utf-8").split("\n")
        found = (_message(json.loads(line)) for line in lines if line.strip())
        yield from (m for m in found if language in (None, m.language))


def _message(line: dict[str, Any]) -> Message:
    level = line["priority"] if line["worrying"] else None
    return Message(
        line["id"], line["text"], line["lang"], line["category"], level, line["kind"], bool(line.get("noisy"))
    )


def broken_seals() -> list[str]:
    """Return a sentence for each frozen file that is not as FROZEN says, or that FROZEN does not name."""
    said = dict(_seals())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files_of("frozen")}
    changed = [f"{n}: changed since it was frozen" for n, h in said.items() if found.get(n, h) != h]
    gone = [f"{n}: named in FROZEN, but not there" for n in said if n not in found]
    return changed + gone


def unsealed() -> list[str]:
    """Return the frozen files that FROZEN does not name yet: they are still being written."""
    said = dict(_seals())
    return [path.name for path in files_of("frozen") if path.name not in said]


def _seals() -> Iterator[tuple[str, str]]:
    if HASHES.exists():
        for line in HASHES.read_text("utf-8").splitlines():
            if line.strip():
                digest, name = line.split(maxsplit=1)
                yield name.strip().lstrip("*"), digest
