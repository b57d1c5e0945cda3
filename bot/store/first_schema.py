"""The tables of the first version. What later versions added stands in the other `*_schema`.

Moments are whole microseconds (hours: since 1970 too), flags 0 or 1, lanes 0 (crisis) to 3, lists words with blanks between. Bodies are sealed.
Every page that a turn touches costs it 5 µs, so what changes with each turn (how long a state lives, the marks) is not
indexed by its moment but by its hour: the index changes once an hour, and marks of one hour lie side by side.
"""

from __future__ import annotations

FIRST = """
create table chats (
    chat text primary key,
    version integer not null,
    blocked integer not null default 0,
    expires_hour integer,
    state_until integer,
    profile_until integer,
    address blob,
    profile blob,
    state blob
) strict;
create index chats_expires on chats (expires_hour) where expires_hour is not null;
create index chats_empty on chats (chat) where state is null and profile is null;

create table seen (
    bot integer not null,
    update_id integer not null,
    at integer not null,
    primary key (bot, update_id)
) strict, without rowid;
create index seen_at on seen (at);

create table marks (
    hour integer not null,
    chat text not null,
    at integer not null,
    body blob not null,
    primary key (hour, chat, at, body)
) strict, without rowid;

create table timers (
    chat text not null,
    name text not null,
    at integer not null,
    data text not null,
    primary key (chat, name)
) strict, without rowid;
create index timers_at on timers (at);

create table outbox (
    id integer primary key,
    chat text not null,
    lane integer not null,
    not_before integer not null,
    attempts integer not null default 0,
    created_at integer not null,
    replaceable integer not null,
    merge_name text not null,
    case_id text,
    turn integer not null,
    owner text,
    lease_until integer,
    parked text,
    body blob not null
) strict;
create index outbox_chat on outbox (chat);
create index outbox_waiting on outbox (lane, id) where owner is null and parked is null;
create index outbox_parked on outbox (id) where parked is not null;

create table cases (
    id text primary key,
    chat text not null,
    desk text not null,
    language text not null,
    pseudonym text not null,
    level text not null,
    category text not null,
    rules text not null,
    source text not null,
    state text not null,
    opened_at integer not null,
    shown_at integer,
    due_at integer,
    alerts integer not null,
    claimed_by integer,
    claimed_until integer,
    age_band text not null,
    country text not null,
    opted_in text not null,
    consented integer not null,
    says_no integer not null,
    withdrawn integer not null,
    blocked integer not null,
    another_helper integer not null,
    last_hers_at integer,
    last_ours_at integer,
    outcome text not null,
    closed_at integer,
    card integer,
    version integer not null,
    lower_to text,
    lower_by integer,
    not_for text not null,
    is_open integer not null
) strict;
create index cases_chat on cases (chat, opened_at);
create unique index cases_one_open on cases (chat) where is_open = 1;
create index cases_open on cases (desk) where is_open = 1;
create index cases_closed on cases (closed_at) where is_open = 0;
create index cases_opened on cases (opened_at);

create table entries (
    id integer primary key autoincrement,
    case_id text not null,
    kind text not null,
    body blob not null,
    at integer not null,
    staff integer
) strict;
create index entries_case on entries (case_id);

create table moves (
    id integer primary key,
    case_id text not null,
    step text not null,
    state text not null,
    level text not null,
    claimed_by integer,
    version integer not null
) strict;
create index moves_case on moves (case_id);

create table replies (
    id text primary key,
    case_id text not null,
    chat text not null,
    staff integer not null,
    body blob not null,
    due_at integer not null,
    state text not null
) strict;
create index replies_case on replies (case_id);
create index replies_chat on replies (chat);
create index replies_pending on replies (chat) where state = 'pending';

create table quarantine (
    id integer primary key autoincrement,
    bot integer not null,
    update_id integer not null,
    kind text not null,
    code text not null,
    body blob not null,
    at integer not null
) strict;

create table staff (
    id integer primary key autoincrement,
    name text not null unique,
    roles text not null,
    desks text not null,
    languages text not null,
    passphrase blob not null,
    active integer not null,
    on_call integer not null,
    on_shift_until integer,
    telegram text unique,
    language text not null
) strict;

create table links (
    code blob primary key,
    staff integer not null references staff (id),
    purpose text not null,
    until integer not null
) strict, without rowid;

create table sessions (
    token blob primary key,
    staff integer not null references staff (id),
    csrf text not null,
    created_at integer not null,
    seen_at integer not null
) strict, without rowid;

create table failed_sign_ins (
    name text not null,
    at integer not null
) strict;
create index failed_sign_ins_name on failed_sign_ins (name, at);

create table audit (
    id integer primary key,
    at integer not null,
    staff integer,
    action text not null,
    case_id text,
    detail text not null,
    hash blob not null
) strict;

create table markers (
    name text primary key,
    value text not null
) strict, without rowid;

create table counters (
    name text primary key,
    value integer not null
) strict, without rowid;
insert into counters values ('outbox', 0), ('news', 0);
"""
