"""The table of counted answers: how often, never who."""

from __future__ import annotations

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
