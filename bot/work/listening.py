"""Every free text is heard before anything else sees it, in every state, also behind a command or below a picture."""

from __future__ import annotations

from msgspec.structs import replace

from bot import detect
from bot.model.assessment import Context
from bot.model.campaign import Campaign
from bot.model.conversation import Conversation
from bot.model.events import Commanded, Said, SentMedia, What
from bot.model.flow import Quiz
from bot.store.chat_records import ChatRow
from bot.work.job import Running

LAST = 5
"""How many of her earlier messages the detector joins, and a new case takes in."""


def listen(running: Running, what: What, before: Conversation, row: ChatRow) -> What:
    """Return the event with what the detector makes of its text. Free text is heard in every state."""
    if isinstance(what, Said):
        heard = detect.hear(running.hearing, what.text, context_of(running.campaign, before, row))
        return replace(what, heard=heard.assessment, word_lists=heard.word_lists)
    if isinstance(what, Commanded) and what.argument and (what.name != "start" or " " in what.argument):
        # "/help he hurts me": words behind a command are hers like any others. A deep link's is a single word.
        text = f"{what.name} {what.argument}"
        heard = detect.hear(running.hearing, text, context_of(running.campaign, before, row))
        return what if heard.assessment.level is None else Said(text, heard=heard.assessment)
    if isinstance(what, SentMedia) and what.caption:
        return replace(
            what, heard=detect.assess(running.hearing, what.caption, context_of(running.campaign, before, row))
        )
    return what


def context_of(campaign: Campaign, before: Conversation, row: ChatRow) -> Context:
    """Return what the bot knows besides the text."""
    hers = tuple(r.text for r in before.recent if r.who == "her")
    return Context(
        language=before.language,
        quiz=_quiz(campaign, before),
        recent=hers[-LAST:],
        day=hers,
        open_case=row.case is not None,
        careful=before.careful is not None,
    )


def _quiz(campaign: Campaign, before: Conversation) -> str | None:
    prompt = before.prompt
    flow = campaign.flows.get(prompt.flow) if prompt else None
    step = flow.steps.get(prompt.step) if flow and prompt else None
    return f"{prompt.flow}/{prompt.step}" if prompt and isinstance(step, Quiz) else None
