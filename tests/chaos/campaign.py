"""The campaign of the chaos run: the real help words and word lists, and one flow in which each message counts.

A girl's answer is repeated to her twice, with its number in her chat: two bubbles say which message it was and how many
acted before it. One that acted twice moves the number of all that follow.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLEA = "there is a boy online who kept my video and wants money by friday"
ECHO = re.compile(r"(First|Second): (\w*) has number (\d+)\.")

CAMPAIGN = """
name: Chaos
languages: [en]
doors: {start: counting, menu: counting, help: help, talk: talk, real: real, language: language, mydata: mydata, hit: hit}
countries:
  KE:
    name: Kenya
    timezone: Africa/Nairobi
    languages: [en]
    rota: {en: [mon-sun 00:00-24:00]}
    approved: {by: Lena, on: 2026-01-31}
links: [takeitdown.ncmec.org]
"""

COUNTING = """
flow: counting
title: Counting
remembers:
  word: {text: true, keep: 1 day}
  count: {number: 0..9999, keep: 1 day}
steps:
  begin:
    set: {count: 0}
  said:
    say: "First: {word} has number {count}."
  asked:
    ask: "Second: {word} has number {count}."
    buttons: {enough: That is all -> done}
    save_as: word
  counted:
    set: {count: count + 1}
    go: said
"""

LEFT_OUT = {"campaign.yaml", "menu.yaml", "welcome.yaml"}


def write_campaign(folder: Path) -> Path:
    """Write it into a folder and return that."""
    flows = folder / "flows"
    (flows / "words").mkdir(parents=True)
    for source in (ROOT / "flows").glob("*.yaml"):
        if source.name not in LEFT_OUT:
            shutil.copy(source, flows)
    shutil.copy(ROOT / "flows" / "words" / "en.yaml", flows / "words")
    for name in ("pictures", "replies"):
        shutil.copytree(ROOT / "flows" / name, flows / name)
    shutil.copytree(ROOT / "locales" / "en", folder / "locales" / "en")
    (flows / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (flows / "counting.yaml").write_text(COUNTING, encoding="utf-8")
    return folder
