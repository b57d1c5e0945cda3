"""The tables of who somebody is: authenticator apps, looks at an address, and the audit that nobody changes."""

from __future__ import annotations

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
