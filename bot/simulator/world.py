"""Who and what there is: people, chats, messages, topics, files. The bot's side and the people's side both change it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.simulator.body import Upload
from bot.simulator.errors import Json, refusal

KEPT_MESSAGES = 2_000


@dataclass(slots=True)
class User:
    """A pretend person. `started`: she wrote to the bot once, so that it may write to her."""

    id: int
    name: str
    language: str = "en"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def card(self) -> Json:
        """Return Telegram's User object."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}


@dataclass(slots=True)
class Message:
    """One message as it stands now. `sender` None: the bot."""

    id: int
    sender: User | None
    date: float
    text: str = ""
    kind: str = "text"
    content: Json = field(default_factory=dict)  # Telegram's fields of a picture, a sticker, a service message
    markup: Json | None = None
    thread: int = 0
    silent: bool = False
    protected: bool = False
    reply_to: int = 0
    edited: float = 0.0
    file: str = ""

    @property
    def keys(self) -> list[list[Json]]:
        """Return the rows of inline buttons."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        """Return (label, what it carries) of each button in reading order."""
        return tuple((str(key.get("text", "")), carried(key)) for row in self.keys for key in row)


def carried(key: Json) -> str:
    """Return what a button carries: callback data, an address or a text to copy."""
    return str(key.get("callback_data") or key.get("url") or (key.get("copy_text") or {}).get("text", ""))


@dataclass(slots=True)
class Topic:
    """A thread of a forum."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group."""

    id: int
    user: User | None = None
    title: str = ""
    forum: bool = False
    bot_is: str = "administrator"  # in a group: administrator, member, left, kicked
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    last_id: int = 0
    last_heard: float = 0.0  # when a person last did something here
    typing_until: float = 0.0

    @property
    def private(self) -> bool:
        """Return whether it is a chat with one person."""
        return self.user is not None

    def card(self) -> Json:
        """Return Telegram's Chat object."""
        if self.user is not None:
            return {"id": self.id, "type": "private", "first_name": self.user.name}
        card: Json = {"id": self.id, "type": "supergroup", "title": self.title}
        return {**card, "is_forum": True} if self.forum else card

    def next_id(self) -> int:
        """Return the id of the chat's next message; ids are unique within a chat only."""
        self.last_id += 1
        return self.last_id

    def put(self, message: Message) -> Message:
        """Put a new message into the chat."""
        self.messages[message.id] = message
        if len(self.messages) > KEPT_MESSAGES:
            del self.messages[next(iter(self.messages))]
        return message


@dataclass(frozen=True, slots=True)
class Picture:
    """A file the bot uploaded, kept once however often it is sent."""

    content_type: str
    content: bytes


class World:
    """Everything that exists. `listeners` hear of each change of a chat (the page's live view)."""

    def __init__(self, bot_id: int, name: str = "Chat", username: str = "pretend_bot") -> None:
        self.bot: Json = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.moved: dict[int, int] = {}
        self.files: dict[str, Picture] = {}
        self.listeners: dict[int, list[Callable[[Json], None]]] = {}
        self._by_name: dict[str, User] = {}
        self._next_user = 5_000_000_001  # more than 32 bits, as with Telegram
        self._next_group = 1_002_000_000_001

    def person(self, name: str, language: str = "en", user_id: int = 0) -> User:
        """Return the person of that name, made now if she is new."""
        if found := self._by_name.get(name):
            return found
        if not user_id:
            user_id, self._next_user = self._next_user, self._next_user + 1
        user = User(user_id, name, language)
        self.users[user_id] = self._by_name[name] = user
        self.chats[user_id] = Chat(user_id, user=user)
        return user

    def find(self, who: User | str | int) -> User:
        """Return a person by herself, name or id; a new name or id is a new person."""
        if isinstance(who, User):
            return who
        if isinstance(who, str):
            return self.person(who)
        return self.users.get(who) or self.person(f"P{who}", user_id=who)

    def group(self, title: str, forum: bool = False, chat_id: int = 0, bot_is: str = "administrator") -> Chat:
        """Return a new group that the bot is in."""
        if not chat_id:
            chat_id, self._next_group = -self._next_group, self._next_group + 1
        chat = self.chats[chat_id] = Chat(chat_id, title=title, forum=forum, bot_is=bot_is)
        return chat

    def move(self, chat: Chat) -> Chat:
        """Give a group a new id, as when it becomes a supergroup; the old id only says where it went."""
        old = chat.id
        del self.chats[old]
        chat.id, self._next_group = -self._next_group, self._next_group + 1
        self.chats[chat.id], self.moved[old] = chat, chat.id
        return chat

    def reach(self, chat_id: int) -> Chat:
        """Return the chat for a call of the bot, or refuse as Telegram does."""
        if new := self.moved.get(chat_id):
            raise refusal("upgraded", {"migrate_to_chat_id": new})
        chat = self.chats.get(chat_id)
        if chat is None:
            raise refusal("chat_not_found")
        if chat.bot_is in {"kicked", "left"}:
            raise refusal("kicked" if chat.bot_is == "kicked" else "not_member")
        return chat

    def writable(self, chat_id: int) -> Chat:
        """Return a chat that the bot may write to."""
        chat = self.reach(chat_id)
        if chat.user is not None:
            _check_person(chat.user)
        return chat

    def keep(self, upload: Upload, kind: str) -> str:
        """Keep an uploaded file and return its file id."""
        file_id = f"{kind}-{hashlib.sha256(upload.content).hexdigest()[:24]}"
        self.files.setdefault(file_id, Picture(upload.content_type, upload.content))
        return file_id

    def tell(self, chat_id: int, event: Json) -> None:
        """Let those who watch a chat know."""
        for listener in self.listeners.get(chat_id, ()):
            listener(event)


def _check_person(user: User) -> None:
    if user.deactivated:
        raise refusal("deactivated")
    if user.blocked:
        raise refusal("blocked")
    if not user.started:
        raise refusal("not_started")
