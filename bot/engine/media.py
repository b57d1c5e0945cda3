"""Something that is not text: answered in words, never fetched. A voice note gets buttons to say what it is about."""

from __future__ import annotations

from bot.engine import hits, onward, recent
from bot.engine.bubbles import Rows, column, own
from bot.engine.onward import CHOOSE
from bot.engine.play import Play
from bot.model.assessment import Assessment, Evidence
from bot.model.events import SentMedia
from bot.model.levels import Level

SPOKEN = ("voice", "video_note", "audio")
WORDS = {
    **dict.fromkeys(SPOKEN, "voice"),
    **{kind: kind for kind in ("photo", "video", "sticker", "contact", "location", "document")},
    "animation": "sticker",
}
ABOUT = ("media_hurt", "media_picture", "media_friend", "media_feelings", "media_other")
MEANS = {
    "media_hurt": (Level.P2, "violence_home"),
    "media_picture": (Level.P2, "image_shared"),
    "media_friend": (Level.P2, "friend_danger"),
    "media_feelings": (Level.P4, "wants_to_talk"),
}
"""What a tap under a voice note counts as: nobody heard the note, so in doubt the higher."""


def arrived(play: Play, sent: SentMedia) -> None:
    """Answer it in words; a caption is judged like text."""
    recent.note(play, "her", sent.caption)
    if sent.heard.level is not None:
        hits.hit(play, sent.heard, "media")
    if play.event.quiet_reply:
        return
    play.say(own(f"media.{WORDS.get(sent.kind, 'other')}"), rows=_rows(play, sent))
    if sent.heard.level is None and sent.kind not in SPOKEN and _shows_more(play):
        onward.present(play)


def _rows(play: Play, sent: SentMedia) -> Rows:
    if sent.kind in SPOKEN:
        return column(*ABOUT)
    if sent.heard.level is not None:
        return ()
    if play.desk.case_claimed:
        return column("help")
    return column("help", *CHOOSE) if play.chat.careful else column("help", "menu")


def _shows_more(play: Play) -> bool:
    """What waits is shown again, unless a person has the case or she is careful. After a story nothing waits."""
    waits = bool(play.chat.stack) or onward.is_stranger(play)
    return waits and not play.desk.case_claimed and play.chat.careful is None and not play.chat.wiping


def about(play: Play, name: str) -> None:
    """She said by a tap what her voice note is about."""
    if name not in MEANS:
        play.say(own("media.about_other"), rows=column("help", "talk"))
        return
    level, category = MEANS[name]
    hits.hit(play, Assessment(level, category, (Evidence(f"tap.{name}", 0, 0),)), "media")
