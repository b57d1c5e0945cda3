"""Where a conversation stands, explained for staff; and where they want it, as a conversation. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from bot import detect
from bot.flowfile.findings import did_you_mean
from bot.model.campaign import Campaign
from bot.model.conversation import Conversation, Prompt, Recent, Run
from bot.model.flow import Variable
from bot.model.levels import AGE_BANDS, COUNTRIES
from bot.simulator.preview import NotPossible, Standing, Thought, Wish
from bot.store.chat_records import ChatRow
from bot.work.consent import may_keep_profile
from bot.work.job import Running
from bot.work.listening import context_of


def explained(running: Running, chat: Conversation, row: ChatRow) -> Standing:
    """Return where she stands, what is known, and what the detector makes of her last words."""
    declared = _declared(running.campaign)
    place = chat.stack[-1] if chat.stack else Run("", "")
    prompt, case = chat.prompt, row.case
    return Standing(
        flow=place.flow,
        step=place.step,
        waits=prompt is not None and (prompt.flow, prompt.step) == (place.flow, place.step),
        under=tuple(f"{run.flow}/{run.step}" for run in (*chat.resume, *chat.stack[:-1])),
        profile=chat.profile,
        answers=chat.answers,
        private=tuple(name for name in chat.answers if name in declared and declared[name].private),
        careful=f"{chat.careful.level} {chat.careful.category}" if chat.careful else "",
        case=f"{case.level} {case.category}, {case.state}" if case is not None else "",
        claimed=case is not None and case.claimed_by is not None,
        heard=_heard(running, chat, row),
    )


def _heard(running: Running, chat: Conversation, row: ChatRow) -> Thought | None:
    """Hear her last words again, in the conversation as it was before them."""
    last = next((line for line in reversed(chat.recent) if line.who == "her"), None)
    if last is None:
        return None
    context = context_of(running.campaign, _before(chat, last), _row_before(row, last))
    heard = detect.hear(running.hearing, last.text, context)
    found, lists = heard.assessment, tuple(sorted(heard.word_lists))
    return Thought(last.text, found.level or "", found.category, found.rules, lists)


def _before(chat: Conversation, last: Recent) -> Conversation:
    recent = chat.recent[: len(chat.recent) - 1 - chat.recent[::-1].index(last)]
    if chat.careful is None or chat.careful.since < last.at:
        return replace(chat, recent=recent)
    # These words made the conversation careful: before them she stood on the question they interrupted.
    stood = chat.resume[-1] if chat.resume else None
    prompt = Prompt("", stood.flow, stood.step, ()) if stood else None
    return replace(chat, recent=recent, careful=None, prompt=prompt)


def _row_before(row: ChatRow, last: Recent) -> ChatRow:
    opened = row.case is not None and row.case.opened_at >= last.at
    return ChatRow(row.chat, case=None if opened else row.case)


def moved(campaign: Campaign, chat: Conversation, wish: Wish, now: datetime) -> Conversation:
    """Return the conversation as staff want it. Raises NotPossible for what is not in the campaign."""
    profile = _changed(chat.profile, _known(campaign, wish.profile))
    chat = replace(chat, profile=profile, last_at=now)
    chat = _remembering(campaign, chat, wish.answers)
    return chat if not wish.flow else _standing_on(campaign, chat, wish)


def _standing_on(campaign: Campaign, chat: Conversation, wish: Wish) -> Conversation:
    flow = campaign.flows.get(wish.flow)
    if flow is None:
        raise NotPossible(f"there is no flow '{wish.flow}': {did_you_mean(wish.flow, campaign.flows)}")
    step = wish.step or next(iter(flow.steps))
    if step not in flow.steps:
        raise NotPossible(f"'{flow.id}' has no step '{step}': {did_you_mean(step, flow.steps)}")
    stack = (Run(flow.id, step),)
    return replace(chat, stack=stack, resume=(), prompt=None, careful=None, offered=None, wiping=False, remind_at=None)


def _known(campaign: Campaign, profile: Mapping[str, str]) -> Mapping[str, str]:
    allowed = {
        "language": campaign.languages,
        "age_band": AGE_BANDS,
        "country": COUNTRIES,
        "opted_in": ("yes", "no"),
        "reminders": ("yes", "no"),
    }
    for name, value in profile.items():
        if value and value not in allowed.get(name, ()):
            raise NotPossible(f"{name} cannot be '{value}': {did_you_mean(value, allowed.get(name, ()))}")
    return profile


def _remembering(campaign: Campaign, chat: Conversation, answers: Mapping[str, str]) -> Conversation:
    """Keep answers where the engine would: in the profile when they are declared to last and may."""
    declared = _declared(campaign)
    for name, value in answers.items():
        if name not in declared:
            raise NotPossible(f"no flow remembers '{name}': {did_you_mean(name, declared)}")
        _fits(name, value, declared[name])
    may = may_keep_profile(campaign, chat.profile)
    lasting = {name: v for name, v in answers.items() if may and declared[name].keep == "profile"}
    gone = dict.fromkeys(answers, "")
    return replace(
        chat,
        profile=_changed(chat.profile, {**gone, **lasting}),
        answers=_changed(chat.answers, {**gone, **{n: v for n, v in answers.items() if n not in lasting}}),
    )


def _fits(name: str, value: str, variable: Variable) -> None:
    if not value:
        return
    if variable.kind == "one_of" and value not in variable.options:
        raise NotPossible(f"{name} cannot be '{value}': {did_you_mean(value, variable.options)}")
    if variable.kind == "number" and not (value.isdecimal() and variable.low <= int(value) <= variable.high):
        raise NotPossible(f"{name} is a number from {variable.low} to {variable.high}")


def _changed(kept: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in {**kept, **changes}.items() if value}


def _declared(campaign: Campaign) -> dict[str, Variable]:
    return {name: variable for flow in campaign.flows.values() for name, variable in flow.remembers.items()}
