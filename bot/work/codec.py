"""Conversations and parcels as bytes and back. msgspec knows our dataclasses: a few microseconds each."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.model.conversation import Conversation, WaitingReply
from bot.model.flow import Variable
from bot.model.outbox import Parcel

_encode = msgspec.msgpack.Encoder().encode
_conversation = msgspec.msgpack.Decoder(Conversation)
_profile = msgspec.msgpack.Decoder(dict[str, str])
_parcel: msgspec.msgpack.Decoder[Parcel] = msgspec.msgpack.Decoder(Parcel)

DAY = timedelta(hours=24)
BUILT_IN = frozenset({"language", "age_band", "country", "opted_in", "reminders", "finished", "daily_tip"})
"""Facts of a profile that no flow declares."""


class Unreadable(Exception):
    """These bytes are not what this version writes; the caller starts over rather than stay silent."""


def pack(conversation: Conversation) -> bytes:
    """Return a conversation as bytes."""
    return _encode(conversation)


def unpack(data: bytes) -> Conversation:
    """Return the conversation. Raises Unreadable for bytes of another version."""
    try:
        return _conversation.decode(data)
    except msgspec.DecodeError as error:
        raise Unreadable("conversation") from error


def pack_profile(profile: dict[str, str]) -> bytes:
    """Return what may outlive a day as bytes."""
    return _encode(profile)


def unpack_profile(data: bytes) -> dict[str, str]:
    """Return the profile. Raises Unreadable."""
    try:
        return _profile.decode(data)
    except msgspec.DecodeError as error:
        raise Unreadable("profile") from error


def pack_parcel(parcel: Parcel) -> bytes:
    """Return a parcel as bytes."""
    return _encode(parcel)


def unpack_parcel(data: bytes) -> Parcel:
    """Return the parcel. Raises Unreadable."""
    try:
        return _parcel.decode(data)
    except msgspec.DecodeError as error:
        raise Unreadable("parcel") from error


def stale(conversation: Conversation, now: datetime) -> bool:
    """Return whether she has been silent for more than a day: then it is forgotten."""
    return conversation.last_at is not None and now - conversation.last_at > DAY


def still_waiting(conversation: Conversation, now: datetime) -> tuple[WaitingReply, ...]:
    """Return the replies that wait for her less than a day."""
    return tuple(reply for reply in conversation.waiting if now - reply.at <= DAY)


def fresh(conversation: Conversation, now: datetime) -> Conversation:
    """Return the conversation without words that are older than a day."""
    oldest = now - DAY
    recent = [r for r in conversation.recent if r.at >= oldest]
    return conversation if len(recent) == len(conversation.recent) else replace(conversation, recent=tuple(recent))


def lasting(profile: dict[str, str], declared: dict[str, Variable]) -> dict[str, str]:
    """Return the part of a profile that may be kept as a learning profile: built-in facts and `keep: profile` answers."""
    return {k: v for k, v in profile.items() if k in BUILT_IN or (k in declared and declared[k].keep == "profile")}
