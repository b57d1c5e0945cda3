"""What the detector makes of her words at this moment of a rehearsal, as the turn will hear them."""

from __future__ import annotations

from bot import detect
from bot.model.assessment import Assessment
from bot.store.chat_records import ChatRow
from bot.work.listening import context_of
from bot.work.rehearsal.rehearsal import CHAT, Rehearsal


def heard(chat: Rehearsal, text: str) -> tuple[Assessment, frozenset[str]]:
    """Return the assessment of a text, and the word lists it matches."""
    context = context_of(chat.campaign, chat.conversation, ChatRow(CHAT, case=chat.case))
    found = detect.hear(chat.hearing, text, context)
    return found.assessment, found.word_lists
