"""The campaign that our side of the bench runs: every word list of ours, and one flow whose answer holds her own words.

It speaks English only, but hears every language: word lists count whatever languages are enabled.
"""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CAMPAIGN = """
name: Bench
languages: [en]
doors: {start: echo, help: help, hit: help}
countries:
  KE:
    name: Kenya
    timezone: Africa/Nairobi
    languages: [en]
    rota: {en: [mon-sun 08:00-22:00]}
    approved: {by: Olga, on: 2026-01-31}
"""

ECHO = """
flow: echo
title: Say something
remembers:
  said: {text: true, keep: 1 day}
steps:
  language:
    ask: Which language?
    buttons: {en: English, sw: Kiswahili}
    save_as: language
  country:
    ask: Which country?
    buttons: {KE: Kenya, other: Another}
    save_as: country
  age:
    ask: How old are you?
    buttons: {18_plus: I am grown up, 16_17: I am younger}
    save_as: age_band
  keep:
    ask: May I remember what you learn?
    buttons: {yes: "Yes, please", no: Better not}
    save_as: opted_in
  first:
    ask: What do you see today?
    buttons: {enough: That is all -> done}
    save_as: said
  again:
    ask: "You wrote: {said}"
    buttons: {enough: That is all -> done}
    save_as: said
    go: again
"""

HELP = """
flow: help
title: Help
steps:
  numbers:
    say: "Take your time. {helpline}"
    end: done
"""

OPENING = {
    "/start": "Which language?",
    "English": "Which country?",
    "Kenya": "How old are you?",
    "I am grown up": "May I remember what you learn?",
    "Yes, please": "What do you see today?",
}
"""What everybody says first, and what the flow answers: after it her profile is kept too, as for any grown learner."""


def answer_to(text: str) -> str:
    """Return what the flow answers to a text."""
    return OPENING.get(text, f"You wrote: {text}")


def write_campaign(folder: Path) -> Path:
    """Write the campaign into an empty folder, and return it."""
    flows = folder / "flows"
    shutil.copytree(ROOT / "flows" / "words", flows / "words")
    shutil.copytree(ROOT / "locales", folder / "locales")
    shutil.copy(ROOT / "flows" / "helplines.yaml", flows)
    for name, text in {"campaign": CAMPAIGN, "echo": ECHO, "help": HELP}.items():
        (flows / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
