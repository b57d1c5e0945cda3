"""A due timer as an event: timers, a moderator's reply and a closed case come by the same door as a message."""

from __future__ import annotations

from bot.model.events import Answered, CaseClaimed, CaseClosed, TimerRang, What
from bot.store.chat_records import Timer
from bot.store.reply_records import Reply, ReplyState
from bot.store.turn_records import TimerKey
from bot.work.job import Job
from bot.work.sealed_rows import open_reply
from bot.work.sealing import Box


def job_of(timer: Timer, reply: Reply | None, box: Box) -> Job:
    """Return the job of a timer; `reply` is the one that `reply:ID` names."""
    pending = reply is not None and reply.state is ReplyState.PENDING
    return Job(
        chat=timer.chat,
        what=_what(timer, reply if pending else None, box),
        at=timer.at,
        key=TimerKey(timer.chat, timer.name, timer.at),
        hers=False,
        language_hint=timer.data.partition(" ")[2] if timer.name == "case_closed" else "",
        takes_reply=reply.id if reply is not None and pending else "",
    )


def _what(timer: Timer, reply: Reply | None, box: Box) -> What:
    if reply is not None:
        return Answered(reply.id, open_reply(box, reply), card=timer.data)
    match timer.name:
        case "case_closed":
            return CaseClosed(timer.data.partition(" ")[0])
        case "case_claimed":
            return CaseClaimed(timer.data != "no")
        case _:
            return TimerRang(timer.name, timer.data)
