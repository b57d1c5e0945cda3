"""The compiled-in copy of help words and numbers, made from the campaign: `python -m bot.flowfile.last_resort FOLDER`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.flowfile.load import load
from bot.model.campaign import Campaign, Helpline

WHERE = Path(__file__).parent.parent / "texts" / "last_resort.json"
KINDS = ("child_helpline", "gbv_helpline", "emergency", "crisis_line", "directory", "online_abuse_helpline")
"""What fits every worry, in this order; take-down and police desks are for somebody who can explain."""
MOST = 3
WORDS = ("failed", "hit.closed_no_time")
"""What she is told: it is our fault, nobody can read it now, and who can be reached."""


def render(campaign: Campaign) -> str:
    """Return the content of last_resort.json."""
    words = {language: text for language in campaign.languages if (text := _words(campaign, language))}
    places = sorted({line.country for line in campaign.helplines})
    numbers = {place: shown for place in places if (shown := _numbers(campaign.helplines, place))}
    return json.dumps({"words": words, "helplines": numbers}, ensure_ascii=False, indent=1) + "\n"


def _words(campaign: Campaign, language: str) -> str:
    own = campaign.catalogues.get(language, {}).get("bot", {})
    said = [own.get(("bot", key), ("",))[0] for key in WORDS]
    # The first sentence has a place for numbers too; they stand once, at the end.
    return "\n\n".join([said[0].replace("{helpline}", "").strip(), said[1].strip()]) if all(said) else ""


def _numbers(lines: Iterable[Helpline], place: str) -> list[str]:
    usable = [line for line in lines if line.country == place and _usable(line)]
    # A directory that finds helplines comes before one that takes reports.
    best = sorted(usable, key=lambda line: (KINDS.index(line.kind), "helpline" not in line.name.lower()))
    first = {line.kind: line for line in reversed(best)}
    chosen = [line for line in best if first[line.kind] is line][:MOST]
    return [f"• {line.name}: {line.number or line.url}" for line in chosen]


def _usable(line: Helpline) -> bool:
    checked = line.verified or line.confirmed_on is not None
    return checked and not line.withdrawn and line.kind in KINDS and bool(line.number or line.url)


def main(folder: Path) -> int:
    """Write the file; 1 when the campaign has errors."""
    loaded = load(folder)
    if loaded.campaign is None:
        sys.stderr.write("the campaign has errors: see 'safebot flows check'\n")
        return 1
    WHERE.write_text(render(loaded.campaign), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
