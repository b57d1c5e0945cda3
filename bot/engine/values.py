"""What is remembered of her: reading it in expressions and texts, and keeping an answer where its declaration says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from bot.engine.expressions import Value, number
from bot.engine.play import Play
from bot.model.flow import Flow, Variable
from bot.model.words import Words

BUILT_IN = frozenset({"language", "age_band", "country", "opted_in", "reminders", "daily_tip"})
"""Answers that need no declaration: they are her profile."""
COMPUTED = frozenset({"level", "category", "consent_age", "careful", "finished", "may_learn"})
FILLED_LATER = frozenset({"helpline", "read_by", "opens_at"})
YOUNGEST = {"under_13": 0, "13_15": 13, "16_17": 16, "18_plus": 18}
CONSENT_UNKNOWN = 18
PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def read(play: Play, flow: Flow, name: str) -> Value:
    """Return the value of a name, None when it is not set."""
    if name in COMPUTED:
        return _computed(play, name)
    raw = play.chat.answers.get(name)
    if raw is None:
        raw = play.chat.profile.get(name)
    variable = flow.remembers.get(name)
    return number(raw) if variable is not None and variable.kind == "number" else raw


def _computed(play: Play, name: str) -> Value:
    careful = play.chat.careful
    if name == "consent_age":
        return consent_age(play)
    if name == "careful":
        return careful is not None
    if name == "may_learn":
        return may_learn(play)
    if name == "finished":
        return len(play.chat.profile.get("finished", "").split())
    if careful is None:
        return None
    return careful.level.value if name == "level" else careful.category


def consent_age(play: Play) -> int:
    """Return the age of consent of her country; 18 where it is not known."""
    country = play.campaign.countries.get(play.chat.profile.get("country", ""))
    return country.age_of_consent if country else CONSENT_UNKNOWN


def may_learn(play: Play) -> bool:
    """Return whether she may have a learning profile: opted in, and old enough to say so herself."""
    profile = play.chat.profile
    return profile.get("opted_in") == "yes" and YOUNGEST.get(profile.get("age_band", ""), 0) >= consent_age(play)


def remember(play: Play, flow: Flow, name: str, value: Value) -> None:
    """Keep an answer: in the profile when it belongs there and may, else for the day. None forgets it."""
    variable = flow.remembers.get(name)
    text = _fitting(variable, value)
    in_profile = name in BUILT_IN or (variable is not None and variable.keep == "profile" and may_learn(play))
    chat = play.chat
    if in_profile:
        play.chat = replace(chat, profile=_with(chat.profile, name, text))
    else:
        play.chat = replace(chat, answers=_with(chat.answers, name, text))


def _with(kept: Mapping[str, str], name: str, text: str | None) -> dict[str, str]:
    changed = dict(kept)
    if text is None:
        changed.pop(name, None)
    else:
        changed[name] = text
    return changed


def _fitting(variable: Variable | None, value: Value) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if variable is not None and variable.kind == "number" and value is not None:
        count = number(value) or 0
        return str(max(variable.low, min(variable.high, count)))
    return None if value is None else str(value)


def forget_learning(play: Play) -> None:
    """Drop scores and the like at the end of a lesson, for everyone who may not have a learning profile."""
    answers = play.chat.answers
    if answers and not may_learn(play):
        kept = {name: text for name, text in answers.items() if not _is_learning(play, name)}
        if len(kept) != len(answers):
            play.chat = replace(play.chat, answers=kept)


def _is_learning(play: Play, name: str) -> bool:
    declared = (flow.remembers.get(name) for flow in play.campaign.flows.values())
    return any(variable is not None and variable.keep == "profile" for variable in declared)


def fill(play: Play, flow: Flow, words: Words) -> Words:
    """Return a flow's words with her answers put in; a private answer never stands in a text."""
    if words.count_of:
        counted = number(read(play, flow, words.count_of)) or 0
        words = replace(words, count=counted, values={**words.values, "n": counted})
    if "{" not in words.source:
        return words
    names = set(PLACE.findall(words.source)) - FILLED_LATER - set(words.values)
    shown = {name: _shown(play, flow, name) for name in names}
    return replace(words, values={**words.values, **shown}) if shown else words


def _shown(play: Play, flow: Flow, name: str) -> str:
    if name == "checked":
        return flow.checked
    variable = flow.remembers.get(name)
    value = read(play, flow, name)
    return "" if value is None or (variable is not None and variable.private) else str(value)
