"""All SQL of the project is in bot/store."""

from __future__ import annotations

import re
from pathlib import Path

BOT = Path(__file__).parents[2] / "bot"
SQL = re.compile(
    r"\b(select\s+.+\s+from\s+\w+|insert\s+(or\s+\w+\s+)?into\s+\w+|update\s+\w+\s+set\s+\w+\s*=|delete\s+from\s+\w+\s+where"
    r"|create\s+table|pragma\s+\w+)\b|import\s+sqlite3|sqlite_utils",
    re.IGNORECASE,
)


def test_no_sql_stands_outside_the_store() -> None:
    files = [file for file in BOT.rglob("*.py") if file.relative_to(BOT).parts[0] != "store"]
    found = [
        f"{file.relative_to(BOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if SQL.search(line)
    ]

    assert len(files) > 20
    assert found == []
