"""What people do, as JSON: `{"do": "say", "user": "Ana", "text": "hello"}`. The table below is the whole list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.simulator.crowd import Crowd
from bot.simulator.errors import Json
from bot.simulator.world import Chat

Act = Callable[[Crowd, Any, Json], Any]


def act(crowd: Crowd, fields: Json) -> Json:
    """Do one act and return `{"update": id, …}`; raises NotPossible or LookupError when it cannot be done."""
    found = ACTS.get(str(fields.get("do")))
    if found is None:
        raise LookupError(f"no act {fields.get('do')!r}. There are: {', '.join(ACTS)}.")
    result = found(crowd, fields.get("user", "Ana"), fields)
    return result if isinstance(result, dict) else {"update": result or 0}


def _group(crowd: Crowd, fields: Json) -> Chat | None:
    return crowd.core.world.chats[int(fields["group"])] if fields.get("group") else None


def _say(crowd: Crowd, who: Any, fields: Json) -> int:
    return crowd.say(who, str(fields["text"]), _group(crowd, fields), int(fields.get("thread", 0)))


def _tap(crowd: Crowd, who: Any, fields: Json) -> Json:
    group, forged = _group(crowd, fields), bool(fields.get("forged"))
    update, tap = crowd.tap_with_id(who, int(fields["message"]), str(fields["data"]), group, forged)
    return {"update": update, "tap": tap}


def _join(crowd: Crowd, who: Any, fields: Json) -> Json:
    update, chat = crowd.join_group(who, str(fields.get("title", "A group")))
    return {"update": update, "group": chat.id}


def _make_group(crowd: Crowd, _who: Any, fields: Json) -> Json:
    make = crowd.desk_group if fields.get("desk") else crowd.group
    chat = make(str(fields["title"]), fields.get("members", ()), bool(fields.get("forum")), int(fields.get("id", 0)))
    return {"group": chat.id}


def _known_group(crowd: Crowd, fields: Json) -> Chat:
    return crowd.core.world.chats[int(fields["group"])]


ACTS: dict[str, Act] = {
    "say": _say,
    "tap": _tap,
    "press": lambda c, who, f: c.press(who, f["label"], _group(c, f)),
    "media": lambda c, who, f: c.send_media(who, f["kind"], f.get("caption", ""), _group(c, f)),
    "edit": lambda c, who, f: c.edit(who, int(f["message"]), str(f["text"]), _group(c, f)),
    "block": lambda c, who, _f: c.block(who),
    "unblock": lambda c, who, _f: c.unblock(who),
    "speak": lambda c, who, f: c.speak(who, str(f["language"])),
    "join_group": _join,
    "make_group": _make_group,
    "leave_group": lambda c, who, f: c.leave_group(who, _known_group(c, f)),
    "remove_bot": lambda c, who, f: c.remove_bot(who, _known_group(c, f)),
    "migrate": lambda c, _who, f: c.migrate(_known_group(c, f)),
    "again": lambda c, _who, f: c.again(int(f["update"])),
    "restart_ids": lambda c, _who, f: c.restart_ids(f.get("at")),
}
