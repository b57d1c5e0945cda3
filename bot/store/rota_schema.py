"""The tables of pages and drills: who was called for a case and answered, how long a desk took in its last drills."""

from __future__ import annotations

PAGES = """
create table pages (
    case_id text not null,
    staff integer not null references staff (id),
    ring text not null,
    at integer not null,
    answered_at integer,
    over integer not null default 0,
    primary key (case_id, staff, at)
) strict, without rowid;
create index pages_going on pages (case_id) where over = 0;

create table drills (
    desk text not null,
    at integer not null,
    paged real,
    seen real,
    claimed real,
    answered real,
    called integer not null,
    primary key (desk, at)
) strict, without rowid;
"""
