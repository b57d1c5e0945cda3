"""A draft turn as the store takes it: every word sealed under the key of its chat or case, bound to its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from bot.cases.permissions import is_complaint
from bot.model.campaign import Campaign
from bot.model.case import Case
from bot.model.conversation import Recent
from bot.model.effects import Lane
from bot.model.events import Blocked
from bot.model.ids import DESK, CaseId, ChatToken
from bot.model.outbox import Card, DeleteMessages, Outgoing, Parcel
from bot.store.case_records import CaseEntry, CaseWrite
from bot.store.chat_records import Mark, TimerChange
from bot.store.turn_records import Turn
from bot.vault.paged import seal_paged
from bot.work.cards import card_rows, zone_of
from bot.work.codec import BUILT_IN, DAY, lasting, pack, pack_parcel, pack_profile
from bot.work.consent import may_keep_profile
from bot.work.job import LATE_GATHER, Draft

PROFILE_DAYS = timedelta(days=90)
WINDOW = timedelta(hours=48)
DESK_KEY = "chat:desk"


class Box(Protocol):
    """One random key, as the vault lends it."""

    def seal(self, data: bytes, about: str) -> bytes: ...

    def open(self, sealed: bytes, about: str) -> bytes: ...


def chat_key(chat: ChatToken) -> str:
    """Return the name of a chat's key."""
    return f"chat:{chat}"


def case_key(case: CaseId) -> str:
    """Return the name of a case's key."""
    return f"case:{case}"


def keys_needed(draft: Draft, *, desk: bool) -> tuple[str, ...]:
    """Return the names of the keys that sealing this draft takes."""
    names = [chat_key(draft.job.chat)]
    if draft.decision is not None:
        names.append(case_key(draft.decision.case.id))
        if desk:
            names.append(DESK_KEY)
    return tuple(names)


def sealed_turn(
    draft: Draft,
    boxes: Mapping[str, Box],
    campaign: Campaign,
    now: datetime,
    *,
    ring: Box,
    address: bytes | None,
    window: tuple[int, ...] = (),
    desk: bool = False,
) -> Turn:
    """Return the turn. `window` are the message ids to delete (all in a wipe, or neutral lines); `desk`: there is a moderators' group to tell.

    What a wipe leaves (her language, the last words) is sealed by the ring: the chat's own key is shredded after the commit.
    """
    job, box = draft.job, boxes[chat_key(draft.job.chat)]
    if draft.quiet:
        return _quiet_turn(draft, box, now, address)
    wiped = draft.wipe is not None
    profile = _profile(draft, box, campaign) if not wiped else None
    return Turn(
        key=job.key,
        chat=job.chat,
        at=now,
        version=draft.row.version,
        address=address,
        state=(ring if wiped else box).seal(pack(draft.after), f"state:{job.chat}"),
        state_until=now + DAY,
        profile=profile,
        profile_until=now + PROFILE_DAYS if profile else None,
        blocked=_blocked(draft),
        marks=() if wiped else _marks(draft, box, now),
        outbox=(
            *_outbox(draft, ring if wiped else box, now, window),
            *(_card_rows(draft, boxes, campaign, now) if desk else ()),
        ),
        timers=(*draft.timers, *_case_timers(draft)),
        case=_case(draft, boxes, now),
        hers=draft.speaks,
        takes_reply=job.takes_reply,
        opens_replies=draft.opens,
        unopened=draft.unopened,
        helped=draft.helped,
        crisis=draft.crisis,
        cancel_all=wiped,
        counts=draft.counts,
    )


def _quiet_turn(draft: Draft, box: Box, now: datetime, address: bytes | None) -> Turn:
    job = draft.job
    rows = tuple(_outbox(draft, box, now, ()))
    blocked = _blocked(draft)
    return Turn(
        job.key, job.chat, now, draft.row.version, address=address, keep_state=True, blocked=blocked, outbox=rows
    )


def _blocked(draft: Draft) -> bool | None:
    """Return what Telegram says of her blocking us; whoever writes has not (None: nothing new)."""
    what = draft.job.what
    if isinstance(what, Blocked):
        return what.blocked
    return False if draft.job.hers and draft.row.blocked else None


def _profile(draft: Draft, box: Box, campaign: Campaign) -> bytes | None:
    if not may_keep_profile(campaign, draft.after.profile):
        return None
    profile, flows = dict(draft.after.profile), campaign.flows.values()
    asked = profile.keys() - BUILT_IN
    declared = {name: flow.remembers[name] for name in asked for flow in flows if name in flow.remembers}
    return box.seal(pack_profile(lasting(profile, declared)), f"profile:{draft.job.chat}")


def _marks(draft: Draft, box: Box, now: datetime) -> tuple[Mark, ...]:
    if draft.job.message_id is None:
        return ()
    return (Mark(seal_mark(box, draft.job.chat, draft.job.message_id), now),)


def seal_mark(box: Box, chat: ChatToken, message_id: int, reply: str = "") -> bytes:
    """Return a sealed message id, kept so that a wipe can delete it; `reply`: it is the neutral line of this reply."""
    return box.seal(message_id.to_bytes(8, "big") + reply.encode(), f"mark:{chat}")


def open_mark(box: Box, chat: ChatToken, sealed: bytes) -> tuple[int, str]:
    """Return the message id of a mark, and the reply whose neutral line it is, or ''."""
    data = box.open(sealed, f"mark:{chat}")
    return int.from_bytes(data[:8], "big"), data[8:].decode()


def _outbox(draft: Draft, box: Box, now: datetime, window: tuple[int, ...]) -> Iterable[Outgoing]:
    if draft.wipe is not None:
        yield _row(draft, box, Lane.CRISIS, DeleteMessages(window, draft.wipe), now)
        return
    if window:
        # Nobody waits for it, and it makes no sound: behind everything else.
        yield _row(draft, box, Lane.BROADCAST, DeleteMessages(window), now)
    for lane, message in draft.messages:
        gather = draft.late and lane is Lane.REPLY
        yield _row(
            draft,
            box,
            lane,
            message,
            now + LATE_GATHER if gather else now,
            merge="late" if gather else "",
        )


def _row(draft: Draft, box: Box, lane: Lane, parcel: Parcel, when: datetime, merge: str = "") -> Outgoing:
    chat = draft.job.chat
    return Outgoing(
        chat=chat,
        lane=lane,
        body=box.seal(pack_parcel(parcel), f"outbox:{chat}"),
        not_before=when,
        replaceable=lane is Lane.REPLY,
        merge=f"{merge}:{chat}" if merge else "",
    )


def _card_rows(draft: Draft, boxes: Mapping[str, Box], campaign: Campaign, now: datetime) -> Iterable[Outgoing]:
    if draft.decision is None:
        return ()
    return desk_rows(draft.row.case, draft.decision.case, boxes[DESK_KEY], campaign, now)


def desk_rows(before: Case | None, after: Case, box: Box, campaign: Campaign, now: datetime) -> Iterable[Outgoing]:
    """Return the outbox rows that keep the moderators' group up to date with a case.

    A complaint about our own people is not for the group: they may be in it.
    """
    if is_complaint(after):
        return
    for parcel in card_rows(before, after, zone_of(campaign, after)):
        yield Outgoing(
            chat=DESK,
            lane=Lane.DESK,
            body=box.seal(pack_parcel(parcel), f"outbox:{DESK}"),
            not_before=now,
            merge=f"card:{after.id}" if isinstance(parcel, Card) else "",
            case=after.id,
        )


def _case(draft: Draft, boxes: Mapping[str, Box], now: datetime) -> CaseWrite | None:
    decision = draft.decision
    if decision is None:
        return None
    box = boxes[case_key(decision.case.id)]
    entries = tuple(_entry(decision.case, said, box, place) for place, said in enumerate(draft.words))
    return CaseWrite(decision.case, () if decision.shred else entries, shred=decision.shred, step=decision.step, at=now)


def _entry(case: Case, said: Recent, box: Box, place: int) -> CaseEntry:
    seq = f"{case.version + 1}.{place}"
    body = seal_paged(box, said.text.encode(), entry_place(case.id, "hers", seq))
    return CaseEntry("hers", body, said.at, seq=seq)


def entry_place(case: CaseId, kind: str, seq: str) -> str:
    """Return the place to which a line of a case is bound: no other case, kind or number opens it."""
    return f"entry:{case}:{kind}:{seq}"


def desks_in(drafts: Iterable[Draft]) -> dict[str, str]:
    """Return the desk of each case that these drafts write to, by the name of its key."""
    cases = (draft.decision.case for draft in drafts if draft.decision is not None)
    return {case_key(case.id): case.desk for case in cases}


def _case_timers(draft: Draft) -> Iterable[TimerChange]:
    """A case that ends by her word needs no timer of the case any more."""
    if draft.decision is not None and not draft.decision.case.open:
        yield TimerChange("p3_shown", None)
        yield TimerChange("no_answer", None)
