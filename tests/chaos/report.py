"""The figures of a run as a table, and whether they are good."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.chaos.judge import Verdict
from tests.chaos.plan import KINDS, Point

HEAD = ("killed", "points", "kills", "updates", "confirmed", "cases", "lost", "twice", "repeats", "most")
FORM = "{:36}" + "{:>10}" * (len(HEAD) - 1)
CONTROLS = {"early": ("acknowledges early", "lost"), "twice": ("skips de-duplication", "twice")}
"""What a control lacks, and the figure that must show it."""


@dataclass(slots=True)
class Report:
    """Verdicts added up per kind of point and per control."""

    seed: int
    seconds: float = 0.0
    polling: int = 0
    cold: int = 0
    rows: dict[str, tuple[int, Verdict]] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)

    def add(self, point: Point, verdict: Verdict) -> None:
        """Take one point in."""
        name = point.weak or point.kind
        count, sum_ = self.rows.get(name, (0, Verdict()))
        sum_.add(verdict)
        self.rows[name] = (count + 1, sum_)
        if not point.weak:
            self.polling += point.polling
            self.cold += point.cold
            if not verdict.good:
                self.bad.append(f"point {point.number} ({'polling' if point.polling else 'webhook'}): {verdict}")

    @property
    def ours(self) -> tuple[int, Verdict]:
        """Return how many points our build had, and their sum."""
        total, count = Verdict(), 0
        for kind in KINDS:
            if kind in self.rows:
                count += self.rows[kind][0]
                total.add(self.rows[kind][1])
        return count, total

    @property
    def good(self) -> bool:
        """Return whether ours lost and doubled nothing, and each control did."""
        return self.ours[1].good and all(self._shows(name, figure) for name, (_, figure) in CONTROLS.items())

    def _shows(self, control: str, figure: str) -> bool:
        return control in self.rows and getattr(self.rows[control][1], figure) > 0

    def text(self) -> str:
        """Return the table and the totals."""
        lines = [FORM.format(*HEAD)]
        lines += [_row(kind, *self.rows[kind]) for kind in KINDS if kind in self.rows]
        lines += [_row("ours, all", *self.ours)]
        lines += [_row(f"control: {CONTROLS[name][0]}", *self.rows[name]) for name in CONTROLS if name in self.rows]
        return "\n".join([*lines, "", *self._ending()])

    def _ending(self) -> list[str]:
        count, total = self.ours
        lines = [
            f"{count} points, {total.kills} kills (-9), {total.late} of them by the clock instead, {self.polling} points by polling,"
            f" {self.cold} started cold, seed {self.seed}, {self.seconds:.0f} s.",
            f"Ours: {total.updates} updates in {total.deliveries} deliveries, {total.confirmed} confirmed, {total.stuck}"
            f" never confirmed, {total.lost} lost, {total.twice} acted twice, {total.disorder} chats out of order,"
            f" {total.odd} repeats without a kill;"
            f" {total.repeats} sends repeated, at most {total.most} per chat and kill.",
        ]
        for name, (words, figure) in CONTROLS.items():
            if not self._shows(name, figure):
                lines.append(f"The control that {words} shows nothing: this run proves nothing.")
        return [*lines, *self.bad, "GOOD" if self.good else "BAD"]


def _row(name: str, points: int, sum_: Verdict) -> str:
    figures = (sum_.kills, sum_.updates, sum_.confirmed, sum_.cases, sum_.lost, sum_.twice, sum_.repeats, sum_.most)
    return FORM.format(name, points, *figures)
