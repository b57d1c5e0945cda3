"""The tables of keys.db, which lies beside the main database and is kept apart from it."""

from __future__ import annotations

KEYS_FIRST = """
create table keys (
    name text primary key,
    body blob not null,
    made_at integer not null
) strict, without rowid;
"""

ANCHOR = """
create table anchors (
    name text primary key,
    line integer not null,
    hash blob not null,
    signature blob not null,
    at integer not null
) strict, without rowid;
"""
"""The audit's newest line, noted apart from it: whoever cuts lines off the end would have to find this one too."""
