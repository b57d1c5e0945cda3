"""How long the tools for stories take with 1,000 flows of 20 steps: `python -m tests.bench_flows [FLOWS [LANGUAGES]]`.

Prints the time of a whole check, the time of a reload after one file changed, and the peak memory; with LANGUAGES 6 every
text has a translation in five more languages. One core is enough. On a shared 2-core
machine (2026-11): one language 3.2 s and 158 MiB, a saved file 39 ms; six languages 12.7 s and 532 MiB, a saved file 44 ms;
50 flows in six languages 0.64 s. (How 20,000 texts are merged: tests/flowfile/translating/test_speed.py.)
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.flowfile import fingerprint, load
from bot.flowfile.translating.update import update
from tests.flowfile.campaigns import CAMPAIGN, write

FLOWS = 1_000
SIX = ("en", "sw", "fil", "ne", "km", "nl")
ROUNDS = 5
SETTLED = 3
"""Seconds after which a file counts as settled: younger ones are read again, whatever their clock says."""

PIECE = """\
  say_{i}:
    say: |
      Asha looks at her phone, story {n} and part {i}.
      A new friend has written to her again.
  ask_{i}:
    ask: What could she do now?
    buttons:
      wait: Wait a day -> quiz_{i}
      tell: Tell her aunt -> decide_{i}
      stop: Stop here -> bye
    typed: {{wait: yes_words, stop: no_words}}
    not_understood: {{tries: 2, go: bye}}
  quiz_{i}:
    quiz: He says he has no time. What is this?
    answers: {{a: A real reason, b: A small push, c: I'm not sure}}
    correct: b
    feedback: {{a: Maybe. You can ask him., b: Yes! That is a push., c: That is fine.}}
    score: stars
  decide_{i}:
    decide:
      - stars > {i} and told != "no" -> {next}
      - else -> {next}
"""


def a_story(n: int, steps: int = 20) -> str:
    """Return a flow of so many steps, four kinds in turn."""
    rounds = (steps - 1) // 4
    pieces = "".join(PIECE.format(i=i, n=n, next=f"say_{i + 1}" if i + 1 < rounds else "extra") for i in range(rounds))
    extra = "".join(
        f"  extra{'_' * k}:\n    ask: The evening comes. What now?\n    buttons: {{on: Go on}}\n"
        for k in range(steps - 1 - 4 * rounds)
    )
    head = (
        f"flow: story_{n}\ntitle: Story {n}\n"
        "remembers: {stars: {number: 0..9, keep: profile}, told: {one_of: [yes, no], keep: 1 day}}\nsteps:\n"
    )
    return f"{head}{pieces}{extra}  bye:\n    say: Good night. Come back any time.\n    end: done\n"


def build(root: Path, flows: int, languages: tuple[str, ...] = ("en",)) -> None:
    """Write the small campaign with so many stories, each translated into these languages."""
    speaking = CAMPAIGN.replace("languages: [en]\ndoors", f"languages: [{', '.join(languages)}]\ndoors")
    write(root, **{"flows/campaign.yaml": speaking})
    for n in range(flows):
        (root / "flows" / f"story_{n}.yaml").write_text(a_story(n), encoding="utf-8")
    others = [language for language in languages if language != "en"]
    for language in others:
        (root / "flows" / "words" / f"{language}.yaml").write_text("lists: {help: [help]}\n", encoding="utf-8")
    if others:
        update(root, others)
        for language in others:
            _translate(root / "locales" / language / "LC_MESSAGES" / "flows.po")


def _translate(file: Path) -> None:
    """Fill in each empty translation with its English: what is measured is reading and checking, not meaning."""
    text, begun = file.read_text(encoding="utf-8"), False
    lines = []
    for line in text.splitlines():
        if line.startswith("msgid "):
            said, begun = [line.removeprefix("msgid ")], True
        elif line == 'msgstr ""' and begun and said != ['""']:
            lines += [f"msgstr {said[0]}", *said[1:]]
            begun = False
            continue
        elif line.startswith("msgstr"):
            begun = False
        elif begun and line.startswith('"'):
            said.append(line)
        lines.append(line)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def took(act: Callable[[], object]) -> float:
    """Return how many seconds of this process's time something took."""
    began = time.process_time()
    act()
    return time.process_time() - began


def reload(root: Path, turn: int) -> None:
    """One file was saved: notice it, and load the whole."""
    (root / "flows" / "story_7.yaml").write_text(a_story(7).replace("any time", f"at {turn} o'clock"), encoding="utf-8")
    fingerprint(root)
    load(root)


def main(flows: int, languages: int = 1) -> None:
    """Build, check, change one file a few times; print the figures. The check is a process of its own, as for staff."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        build(root, flows, SIX[:languages])
        time.sleep(SETTLED)
        code = f"import tests.bench_flows as b; b.measure({str(place)!r}, {flows}, {languages})"
        subprocess.run([sys.executable, "-c", code], check=True)


def measure(place: str, flows: int, languages: int) -> None:
    """Check a campaign that was built, and reload it; print the figures."""
    root = Path(place)
    whole = took(lambda: load(root))
    found = load(root).problems
    again = sorted(took(lambda turn=turn: reload(root, turn)) for turn in range(ROUNDS))  # type: ignore[misc]  # a default binds it
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spoken = f" in {languages} languages" if languages > 1 else ""
    print(
        f"{flows} flows of 20 steps{spoken}: checked in {whole:.2f} s, {len(found)} problems, peak memory {memory:.0f} MiB"
    )
    print(f"one changed file: reloaded in {1000 * again[len(again) // 2]:.0f} ms (worst {1000 * again[-1]:.0f} ms)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]) if len(sys.argv) > 1 else (FLOWS,))
