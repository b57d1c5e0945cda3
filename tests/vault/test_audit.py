"""The audit's chain shows the first line that was changed, taken out or put in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.model.ids import CaseId, StaffId
from bot.store.audit_records import AuditLine
from bot.vault.audit import chain
from bot.vault.audit_check import AuditCheck


def a_chain(length: int = 5) -> list[AuditLine]:
    lines: list[AuditLine] = []
    for number in range(1, length + 1):
        line = AuditLine(datetime(2030, 1, number, tzinfo=UTC), StaffId(3), "viewed", CaseId("c1"), "", number)
        lines.append(replace(line, hash=chain(lines[-1].hash if lines else b"", line)))
    return lines


def broken_at(lines: list[AuditLine]) -> list[int]:
    return [broken.line for broken in AuditCheck(()).run(lines)]


def test_a_whole_chain_is_whole() -> None:
    assert broken_at(a_chain()) == []
    assert broken_at([]) == []


def test_a_changed_line_is_found() -> None:
    lines = a_chain()
    for change in ({"action": "edited"}, {"staff": None}, {"case": None}, {"detail": "x"}, {"at": lines[0].at}):
        assert broken_at([*lines[:2], replace(lines[2], **change), *lines[3:]]) == [3]


def test_a_line_taken_out_or_moved_is_found() -> None:
    lines = a_chain()

    assert broken_at([*lines[:2], *lines[3:]]) == [3]
    assert broken_at([lines[1], lines[0], *lines[2:]]) == [1]


def test_text_cannot_move_between_fields_unnoticed() -> None:
    line = AuditLine(datetime(2030, 1, 1, tzinfo=UTC), None, "ab", CaseId("c"), "d", 1)

    assert chain(b"", line) != chain(b"", replace(line, action="a", case=CaseId("bc")))
