"""The people at the other end, as tests and the page move them: `say("Ana", "hello")`, `press("Ana", "Yes")`.
A person is named by name, id or User; who is new is made on the spot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.simulator import people
from bot.simulator.core import Core
from bot.simulator.people import NotPossible
from bot.simulator.world import Chat, Message, User
from bot.work.ports import Clock

Who = User | str | int


class Crowd:
    """Everything people can do. Each act gives the id of the update it made."""

    def __init__(self, core: Core, clock: Clock) -> None:
        self.core, self.clock = core, clock
        self.desk: Chat | None = None

    def now(self) -> float:
        """Return the simulator's time in seconds."""
        return self.clock.now().timestamp()

    def person(self, name: str, language: str = "en", user_id: int = 0) -> User:
        """Return the person of that name."""
        return self.core.world.person(name, language, user_id)

    def say(self, who: Who, text: str, group: Chat | None = None, thread: int = 0) -> int:
        """She writes to the bot, or in a group."""
        return people.say(self.core, self._user(who), text, self.now(), group, thread)

    def send_media(self, who: Who, kind: str, caption: str = "", group: Chat | None = None) -> int:
        """She sends a photo, video, voice, video_note, audio, document, animation, sticker, contact or location."""
        if kind not in people.MEDIA:
            raise NotPossible(f"no media {kind!r}. There are: {', '.join(people.MEDIA)}.")
        return people.send_media(self.core, self._user(who), kind, caption, self.now(), group)

    def edit(self, who: Who, message_id: int, text: str, group: Chat | None = None) -> int:
        """She changes a message of hers."""
        return people.edit(self.core, self._user(who), message_id, text, self.now(), group)

    def tap(self, who: Who, message_id: int, data: str, group: Chat | None = None, forged: bool = False) -> int:
        """She presses the button that carries this data."""
        return self.tap_with_id(who, message_id, data, group, forged)[0]

    def tap_with_id(
        self, who: Who, message_id: int, data: str, group: Chat | None = None, forged: bool = False
    ) -> tuple[int, str]:
        """She presses a button: the update id, and the tap's id that answerCallbackQuery will name."""
        return people.tap(self.core, self._user(who), message_id, data, self.now(), group, forged)

    def press(self, who: Who, label: str | int, group: Chat | None = None) -> int:
        """She presses the newest button with this label (or the n-th button of the newest message that has some)."""
        for message in reversed(self.messages(who, group)):
            keys = [key for row in message.keys for key in row if "callback_data" in key]
            if isinstance(label, int) and keys:
                return self.tap(who, message.id, keys[label]["callback_data"], group)
            for key in keys:
                if key["text"] == label:
                    return self.tap(who, message.id, key["callback_data"], group)
        raise NotPossible(f"no button {label!r} in this chat.")

    def block(self, who: Who) -> int:
        """She blocks the bot."""
        return people.set_blocked(self.core, self._user(who), True, self.now())

    def unblock(self, who: Who) -> int:
        """She lets the bot in again."""
        return people.set_blocked(self.core, self._user(who), False, self.now())

    def speak(self, who: Who, language: str) -> None:
        """Her app's language changes; the bot learns it with her next message."""
        self._user(who).language = language

    def group(self, title: str, members: Sequence[Who] = (), forum: bool = False, chat_id: int = 0) -> Chat:
        """Return a new group in which the bot is administrator: no update tells of it."""
        chat = self.core.world.group(title, forum, chat_id)
        chat.members.update(self._user(who).id for who in members)
        return chat

    def desk_group(self, title: str, members: Sequence[Who] = ("Max",), forum: bool = True, chat_id: int = 0) -> Chat:
        """Return the moderators' group, which the page then shows in a tab."""
        self.desk = self.group(title, members, forum, chat_id)
        return self.desk

    def join_group(self, who: Who, title: str) -> tuple[int, Chat]:
        """She adds the bot to a group of hers: the update's id and the group."""
        return people.add_bot(self.core, self._user(who), title, self.now())

    def leave_group(self, who: Who, group: Chat) -> int:
        """She leaves a group."""
        return people.leave_group(self.core, self._user(who), group, self.now())

    def remove_bot(self, who: Who, group: Chat) -> int:
        """She throws the bot out of a group."""
        return people.remove_bot(self.core, self._user(who), group, self.now())

    def migrate(self, group: Chat) -> int:
        """The group gets a new id (the same Chat object carries it)."""
        return people.migrate(self.core, group, self.now())

    def again(self, update_id: int) -> None:
        """Telegram delivers an update once more."""
        self.core.delivery.again(update_id)

    def restart_ids(self, at: int | None = None) -> None:
        """Update ids go on from a random place, perhaps lower, once nothing waits."""
        self.core.delivery.restart_ids(at)

    def messages(self, who: Who, group: Chat | None = None) -> list[Message]:
        """Return what stands in the chat now, oldest first."""
        chat = group or self.core.world.chats[self._user(who).id]
        return list(chat.messages.values())

    def texts(self, who: Who, group: Chat | None = None) -> list[str]:
        """Return the bot's texts that stand in the chat now, oldest first."""
        return [m.text for m in self.messages(who, group) if m.sender is None]

    def buttons(self, who: Who, group: Chat | None = None) -> list[str]:
        """Return the labels of the newest message that has buttons."""
        for message in reversed(self.messages(who, group)):
            if message.buttons:
                return [label for label, _ in message.buttons]
        return []

    def _user(self, who: Who) -> User:
        return self.core.world.find(who)
