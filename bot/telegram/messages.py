"""The content of one message in a private chat: words, a command, media known by kind only, or nothing to us. Pure."""

from __future__ import annotations

import re

from bot.model.events import Commanded, Said, SentMedia
from bot.telegram.body import Raw
from bot.telegram.fields import all_words, obj, words

MEDIA = {
    "photo": "photo",
    "live_photo": "photo",
    "video": "video",
    "voice": "voice",
    "video_note": "video_note",
    "audio": "audio",
    "animation": "animation",  # comes together with `document`: it is looked for first
    "document": "document",
    "sticker": "sticker",
    "contact": "contact",
    "venue": "location",
    "location": "location",
}
"""Telegram's field → our kind, in the order in which they are looked for. Everything else she can send is `other`."""

SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "write_access_allowed",
        "users_shared",
        "chat_shared",
        "successful_payment",
        "refunded_payment",
        "connected_website",
        "passport_data",
        "proximity_alert_triggered",
        "chat_background_set",
        "boost_added",
        "giveaway",
        "giveaway_created",
        "giveaway_completed",
        "video_chat_scheduled",
        "video_chat_started",
        "video_chat_ended",
        "gift",
        "unique_gift",
    }
)
"""Messages that Telegram writes about the chat itself: nobody said anything."""

COMMAND = re.compile(r"/([A-Za-z][A-Za-z0-9_]{0,31})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)

Content = tuple[Said | Commanded | SentMedia | None, str]
"""What it is, and everything she wrote in it."""


def read_private(message: Raw, edited: bool) -> Content:
    """Return the content of a message; None in it when there is nothing to react to."""
    text = words(message.get("text"))
    if edited:
        return read_edited(text or words(message.get("caption")))
    if text:
        return read_text(text + quoted(message))
    return read_media(message)


def read_edited(text: str) -> Content:
    """Return changed words. A live place or a changed picture without words is no news."""
    return (Said(text, edited=True), text) if text else (None, "")


def read_text(text: str) -> Content:
    """Return a command or plain words; words of a reply keyboard and forwarded ones are words."""
    command = COMMAND.fullmatch(text.strip()) if "/" in text[:8] else None
    if command is None:
        return Said(text), text
    return Commanded(command[1].lower(), (command[2] or "").strip()), text


def read_media(message: Raw) -> Content:
    """Return the kind of what she sent, and its caption; nothing of the file itself."""
    for field, kind in MEDIA.items():
        if field in message:
            caption = words(message.get("caption"))
            return SentMedia(kind, caption), caption
    if SERVICE.intersection(message):
        return None, ""
    # A poll, a list, a story, whatever Telegram invents next: its words are heard all the same.
    found = all_words(message)
    return SentMedia("other", found), found


def quoted(message: Raw) -> str:
    """Return the words she quotes from another chat: she may be showing what somebody wrote to her.

    A quote of this chat is our own earlier message and stays out.
    """
    if "external_reply" not in message:
        return ""
    quote = words(obj(message.get("quote")).get("text"))
    return f"\n{quote}" if quote else ""
