"""The tables of the main database as they were in the first version, and what later versions added.

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

ANSWER_COUNTS = """
create table answer_counts (
    flow text not null,
    question text not null,
    moment text not null,
    answer text not null,
    is_right integer not null,
    language text not null,
    month text not null,
    count integer not null,
    primary key (flow, question, moment, answer, is_right, language, month)
) strict, without rowid;
"""

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

SECOND_FACTORS = """
create table second_factors (
    staff integer primary key references staff (id),
    secret blob not null,
    last_step integer not null,
    confirmed_at integer
) strict;
alter table sessions add column whole integer not null default 0;
alter table sessions add column proven_at integer;
"""
"""Authenticator apps: secrets sealed by the ring. A session is whole when every factor was given, proven when one was again."""

IDENTITY_AND_AUDIT = """
alter table audit add column signature blob not null default x'';
create index audit_keys on audit (id) where action = 'audit_key';
create trigger audit_is_not_changed before update on audit begin select raise(abort, 'the audit is only added to'); end;
create trigger audit_is_not_cut before delete on audit begin select raise(abort, 'the audit is only added to'); end;

create table identity_asks (
    id text primary key,
    case_id text not null,
    asked_by integer not null,
    asked_at integer not null,
    alone integer not null,
    decided_by integer,
    decided_at integer,
    agreed integer not null default 0,
    reported_at integer
) strict, without rowid;
create index identity_asks_case on identity_asks (case_id);
create index identity_asks_alone on identity_asks (asked_at) where alone = 1 and reported_at is null;
"""
"""Signed lines of the audit that SQLite itself keeps from being changed; who asked for a girl's address, and who agreed."""

REPLIES = """
alter table cases add column read_at integer;
alter table replies add column held_for text not null default '';
alter table replies add column reviewed_by integer;
create index replies_to_review on replies (due_at) where held_for <> '' and reviewed_by is null;
"""
"""When a case's holder last read what was new; replies that wait for a second pair of eyes, or went out without them."""

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
