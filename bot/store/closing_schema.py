"""The tables of how cases end and how their helpers are: referrals, talks that somebody asked for, duties to report, breaks."""

from __future__ import annotations

CLOSING = """
alter table cases add column report_by integer;
alter table cases add column report text not null default '';
alter table cases add column report_asked_by integer;
alter table cases add column report_told integer not null default 0;
alter table cases add column passed_on text not null default '';
alter table staff add column break_until integer;
alter table staff add column heavy_until integer;
create index cases_report on cases (report_by) where report_by is not null and is_open = 1;
create index cases_outcome on cases (outcome) where outcome = 'mistaken';

create table referrals (
    id text primary key,
    case_id text not null,
    staff integer not null,
    at integer not null,
    service text not null,
    agreement text not null,
    sent text not null,
    follow_up text not null,
    followed_at integer,
    followed_by integer
) strict, without rowid;
create index referrals_case on referrals (case_id);
create index referrals_to_follow on referrals (follow_up) where follow_up <> '' and followed_at is null;

create table debriefs (
    id text primary key,
    staff integer not null,
    at integer not null,
    taken_by integer,
    taken_at integer
) strict, without rowid;
create index debriefs_waiting on debriefs (at) where taken_at is null;
"""
"""What a referral says in words is a sealed line of its case; here stand its codes."""
