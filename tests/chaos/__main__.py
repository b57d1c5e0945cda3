"""`python -m tests.chaos --points 54 --seed 1`: prints a table; exits 1 when ours loses or doubles, or a control does not."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.chaos.judge import Verdict
from tests.chaos.plan import Point, controls, points
from tests.chaos.point import chaos


def main() -> int:
    """Run, print, return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--points", type=int, default=54)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    report = asyncio.run(chaos([*controls(asked.seed), *points(asked.seed, asked.points)], asked.seed, _tell))
    print(report.text())
    return 0 if report.good else 1


def _tell(point: Point, verdict: Verdict) -> None:
    name = f"{point.weak or 'ours'} {point.number}: {point.kind}"
    figures = f"{verdict.confirmed} confirmed, {verdict.lost} lost, {verdict.twice} twice, {verdict.repeats} repeats"
    print(f"{name:50} {figures}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
