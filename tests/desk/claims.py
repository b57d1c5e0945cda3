"""Two consoles on one file, fifty moderators, two thousand cases; one console is killed in the middle. Prints what came of it.

python -m tests.desk.claims --moderators 50 --cases 2000
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.store.case_records import CaseMove, CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.open import open_store
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from tests.desk.claim_worker import LEASE
from tests.work.desk_room import a_case

FREE = frozenset({"release", "lapse", "resolve", "opened"})
MILLISECOND = 0.001
WRITES_TAKE = timedelta(milliseconds=500)
"""A lease counts from when a claim was worked out; its move says when it was written."""


@dataclass(frozen=True)
class Verdict:
    """What came of it. `double`: two people had one case at once. `stranded`: cases still open at the end."""

    cases: int
    moderators: int
    claims: int
    refused: int
    lapsed: int
    held_when_killed: int
    double: int
    stranded: int
    seconds: float

    @property
    def good(self) -> bool:
        """Return whether nobody shared a case, none was left, and the killed console held some."""
        return not self.double and not self.stranded and self.held_when_killed > 0

    def text(self) -> str:
        """Return one paragraph of figures."""
        return (
            f"{self.moderators} moderators, {self.cases} cases, two consoles on one file, one killed with"
            f" {self.held_when_killed} cases in hand ({self.seconds:.0f} s): {self.claims} claims, {self.refused} refused,"
            f" {self.lapsed} leases lapsed, {self.double} double claims, {self.stranded} stranded"
        )


async def measure(folder: Path, moderators: int, cases: int) -> Verdict:
    """Run it in a folder."""
    url, began = f"sqlite:///{folder / 'desk.db'}", time.monotonic()
    store = await open_store(url)
    await _fill(store, moderators, cases)
    half = moderators // 2
    stays = _console(url, folder / "stays.log", 0, half)
    killed = _console(url, folder / "killed.log", half, moderators - half)
    held = await _kill_in_the_middle(store, killed, half, cases)
    await asyncio.to_thread(stays.wait, 600)
    moves = [await store.moves(CaseId(f"c{number}")) for number in range(cases)]
    stranded = len(await store.open_cases(["KE"]))
    await store.close()
    logs = [line.split() for name in ("stays", "killed") for line in (folder / f"{name}.log").read_text().splitlines()]
    leases: dict[str, dict[int, float]] = defaultdict(dict)
    for line in logs:
        if line[0] == "claim" and len(line) == 5:
            leases[line[1]][int(line[3])] = float(line[4])
    return Verdict(
        cases=cases,
        moderators=moderators,
        claims=sum(move.step == "claim" for one in moves for move in one),
        refused=sum(line[0] == "refused" for line in logs),
        lapsed=sum(move.step == "lapse" for one in moves for move in one),
        held_when_killed=held,
        double=sum(doubles(one, leases.get(f"c{n}", {})) for n, one in enumerate(moves)) + _granted_twice(logs),
        stranded=stranded,
        seconds=time.monotonic() - began,
    )


def doubles(moves: Iterable[CaseMove], until: Mapping[int, float]) -> int:
    """Return how often somebody was given a case that another one still had.

    `until`: the end of each lease that was granted, by the case's version, as the one who got it was told.
    """
    found, last = 0, None
    for move in moves:
        if move.step == "claim" and last is not None and last.step not in FREE:
            found += move.claimed_by != last.claimed_by and not _was_over(last, move, until)
        last = move
    return found


def _was_over(last: CaseMove, move: CaseMove, until: Mapping[int, float]) -> bool:
    """Return whether the lease of the last claim had ended when the next was worked out."""
    if last.version in until and move.version in until:
        return until[last.version] <= until[move.version] - LEASE.total_seconds() + MILLISECOND
    # The killed console was told nothing any more: then the moments of the writes are all there is.
    return move.at is not None and last.at is not None and move.at - last.at >= LEASE - WRITES_TAKE


def _granted_twice(logs: Iterable[list[str]]) -> int:
    """Return how often two were told that the same version of a case is theirs."""
    told = Counter((line[1], line[3]) for line in logs if line[0] == "claim" and len(line) == 5)
    return sum(count - 1 for count in told.values())


async def _fill(store: Store, moderators: int, cases: int) -> None:
    until = datetime.now(UTC) + timedelta(hours=9)
    for number in range(moderators):
        await store.save_staff(
            Staff(StaffId(0), f"Person {number}", ("moderator",), ("KE",), ("sw",), on_shift_until=until)
        )
    now = datetime.now(UTC)
    levels = (Level.P1, Level.P2, Level.P3, Level.P4)
    made = (a_case(f"c{number}", now, level=levels[number % 4], due_at=None) for number in range(cases))
    writes = [DeskWrite(case=CaseWrite(replace(c, chat=ChatToken(f"chat{c.id}")), step="opened", at=now)) for c in made]
    for start in range(0, cases, 200):
        await asyncio.gather(*map(store.commit_desk, writes[start : start + 200]))


def _console(url: str, log: Path, first: int, count: int) -> subprocess.Popen[bytes]:
    log.touch()
    command = [sys.executable, "-m", "tests.desk.claim_worker", url, str(log), str(first), str(count)]
    return subprocess.Popen(command)


async def _kill_in_the_middle(store: Store, console: subprocess.Popen[bytes], half: int, cases: int) -> int:
    """Kill a console while its people hold cases; return how many they held."""
    of_killed = {p.id for p in await store.staff()} - {p.id for p in (await store.staff())[:half]}
    while True:
        still_open = await store.open_cases(["KE"])
        held = [case for case in still_open if case.claimed_by in of_killed]
        if len(still_open) < cases * 2 // 3 and len(held) > 3:
            os.kill(console.pid, signal.SIGKILL)
            console.wait()
            now = await store.open_cases(["KE"])
            return sum(case.claimed_by in of_killed for case in now)
        await asyncio.sleep(0.05)


def main() -> int:
    """Run, print, return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.desk.claims", description=__doc__)
    parser.add_argument("--moderators", type=int, default=50)
    parser.add_argument("--cases", type=int, default=2000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="safebot-claims-") as folder:
        verdict = asyncio.run(measure(Path(folder), asked.moderators, asked.cases))
    print(verdict.text())
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main())
