"""The tables of keys, and what the desk added to cases, replies and staff."""

from __future__ import annotations

DESK_KEYS = """
alter table entries add column seq text not null default '';

create table staff_keys (
    staff integer primary key references staff (id),
    public blob not null,
    locked blob not null,
    made_at integer not null
) strict;

create table desk_keys (
    id blob primary key,
    desk text not null,
    public blob not null,
    made_at integer not null,
    retired_at integer
) strict, without rowid;
create index desk_keys_desk on desk_keys (desk) where retired_at is null;

create table desk_shares (
    desk_key blob not null references desk_keys (id),
    staff integer not null,
    sealed blob not null,
    given_by integer,
    at integer not null,
    primary key (desk_key, staff)
) strict, without rowid;
"""
"""Keys of people and desks: public halves in clear, private halves sealed. Staff 0 is the offline escrow."""

DESK = """
alter table cases add column last_with integer;
alter table cases add column offered_to integer;
alter table cases add column also text not null default '';
alter table cases add column safe_hours text not null default '';
alter table cases add column helped text not null default '';
alter table cases add column doubtful integer not null default 0;
alter table moves add column at integer;
create index moves_at on moves (at);
alter table staff add column skills text not null default '';
"""
"""What the desk knows of a case beside its words; when each move was made; what a person is trained for."""

REPLIES = """
alter table cases add column read_at integer;
alter table replies add column held_for text not null default '';
alter table replies add column reviewed_by integer;
create index replies_to_review on replies (due_at) where held_for <> '' and reviewed_by is null;
"""
"""When a case's holder last read what was new; replies that wait for a second pair of eyes, or went out without them."""
