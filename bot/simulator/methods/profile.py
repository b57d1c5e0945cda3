"""getMe, the bot's name, descriptions and commands per language, and what it may learn of chats."""

from __future__ import annotations

import re

from bot.simulator.body import Fields, integer, structure, words
from bot.simulator.core import Core
from bot.simulator.errors import Json, refusal
from bot.simulator.world import Chat

COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")


def get_me(core: Core, _fields: Fields, _now: float) -> Json:
    """Return the bot itself."""
    rights = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return {**core.world.bot, **rights}


def _set(core: Core, fields: Fields, field: str, store: dict[str, str], most: int) -> bool:
    text, language = words(fields, field), words(fields, "language_code")
    if len(text) > most:
        core.broke(f"{field}_{most}", field, 0, 0.0)
        raise refusal("name_too_long")
    if text:
        store[language] = text
    else:
        store.pop(language, None)
    return True


def set_name(core: Core, fields: Fields, _now: float) -> bool:
    """Set the bot's name for a language."""
    return _set(core, fields, "name", core.profile.names, 64)


def set_description(core: Core, fields: Fields, _now: float) -> bool:
    """Set the text of an empty chat."""
    return _set(core, fields, "description", core.profile.descriptions, 512)


def set_short_description(core: Core, fields: Fields, _now: float) -> bool:
    """Set the line on the bot's card."""
    return _set(core, fields, "short_description", core.profile.short_descriptions, 120)


def get_name(core: Core, fields: Fields, _now: float) -> Json:
    """Return the name in a language."""
    names = core.profile.names
    return {"name": names.get(words(fields, "language_code")) or names.get("") or core.world.bot["first_name"]}


def set_commands(core: Core, fields: Fields, now: float) -> bool:
    """Set the commands of a scope and language."""
    commands = structure(fields, "commands")
    if not isinstance(commands, list) or len(commands) > 100:
        core.broke("commands_100", "setMyCommands", 0, now)
        raise refusal("bad_command")
    for command in commands:
        if not COMMAND.match(words(command, "command")) or not 1 <= len(words(command, "description")) <= 256:
            core.broke("command_32", "setMyCommands", 0, now)
            raise refusal("bad_command")
    core.profile.commands[_scope(fields), words(fields, "language_code")] = commands
    return True


def get_commands(core: Core, fields: Fields, _now: float) -> list[Json]:
    """Return the commands of a scope and language."""
    return core.profile.commands.get((_scope(fields), words(fields, "language_code")), [])


def _scope(fields: Fields) -> str:
    scope = structure(fields, "scope") or {}
    return ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope) or "default"


def _chat(core: Core, fields: Fields) -> Chat:
    return core.world.reach(integer(fields, "chat_id"))


def get_chat(core: Core, fields: Fields, _now: float) -> Json:
    """Return what a bot may know of a chat."""
    chat = _chat(core, fields)
    return {**chat.card(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def leave_chat(core: Core, fields: Fields, _now: float) -> bool:
    """Leave a group."""
    chat = _chat(core, fields)
    chat.bot_is = "left"
    core.world.tell(chat.id, {"event": "left"})
    return True


def get_chat_member(core: Core, fields: Fields, _now: float) -> Json:
    """Return how somebody stands in a chat."""
    chat, user_id = _chat(core, fields), integer(fields, "user_id")
    if user_id == core.world.bot["id"]:
        return member(core.world.bot, chat.bot_is)
    user = core.world.users.get(user_id)
    if user is None:
        raise refusal("user_not_found")
    return {"user": user.card(), "status": "member" if user_id in chat.members or chat.private else "left"}


_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_send_welcome_messages"),
)


def member(user: Json, status: str) -> Json:
    """Return Telegram's ChatMember object."""
    shape: Json = {"user": user, "status": status}
    if status == "administrator":
        shape.update(dict.fromkeys(_RIGHTS, True), is_anonymous=False)
    return {**shape, "until_date": 0} if status == "kicked" else shape


METHODS = {
    "getme": get_me,
    "setmyname": set_name,
    "getmyname": get_name,
    "setmydescription": set_description,
    "setmyshortdescription": set_short_description,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "getchat": get_chat,
    "leavechat": leave_chat,
    "getchatmember": get_chat_member,
}
