"""What coded facts are called on the pages, which rules matched, which ready replies and numbers fit a case.

Names are marked English: the template says them in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from bot.console.tongue import Tongue
from bot.model.campaign import Campaign, CannedReply, Helpline
from bot.model.case import Case
from bot.texts import mark
from bot.work.cards import zone_of

LEVELS = {"P1": mark("danger now"), "P2": mark("serious"), "P3": mark("worrying"), "P4": mark("low")}
OUTCOME_WORDS = {
    "real": mark("Real: she needed help"),
    "unclear": mark("Not clear"),
    "mistaken": mark("Mistaken: the rule heard something that was not there"),
    "test": mark("A test of ours"),
    "prank": mark("A prank"),
}
CLOCKS = {"calm": "", "half": mark("half its time gone"), "missed": mark("its time has passed")}
STATES = {
    "new": mark("waiting for a helper"),
    "claimed": mark("with a helper"),
    "waiting": mark("answered, waiting for her"),
    "resolved": mark("resolved"),
    "referred": mark("referred to another service"),
}
CATEGORIES = {
    "account": mark("account"),
    "ai_fake": mark("made-up picture"),
    "bullying": mark("bullying"),
    "friend_danger": mark("friend in danger"),
    "gifts_money": mark("gifts or money"),
    "grooming": mark("grooming"),
    "harmful_practice": mark("harmful practice"),
    "health": mark("health"),
    "image_shared": mark("picture shared"),
    "impostor": mark("impostor"),
    "self_harm": mark("self-harm"),
    "sextortion": mark("sextortion"),
    "sexual_abuse": mark("sexual abuse"),
    "staff_conduct": mark("one of our own people"),
    "stalking": mark("stalking"),
    "trafficking": mark("trafficking"),
    "violence_home": mark("violence at home"),
    "wants_to_talk": mark("wants to talk"),
    # Kinds of helplines:
    "child_helpline": mark("child helpline"),
    "child_protection_line": mark("child protection line"),
    "crisis_line": mark("crisis line"),
    "csam_hotline": mark("hotline for pictures of children"),
    "directory": mark("list of services"),
    "emergency": mark("emergency number"),
    "gbv_helpline": mark("helpline for women and girls"),
    "image_removal": mark("takes pictures off the web"),
    "missing_children": mark("missing children"),
    "online_abuse_helpline": mark("helpline for abuse online"),
    "police_child": mark("police, children's desk"),
    "police_cyber": mark("police, online crime"),
    "sexual_violence_centre": mark("centre for sexual violence"),
    "trafficking_line": mark("helpline against trafficking"),
}
SOURCES = {
    "drill": mark("a drill: nobody waits"),
    "text": mark("her words"),
    "tap": mark("a button"),
    "handoff": mark("she asked for a person"),
}
AGES = {
    "under_13": mark("under 13"),
    "13_15": mark("13 to 15"),
    "16_17": mark("16 or 17"),
    "18_plus": mark("18 or older"),
}
AGE_UNKNOWN = mark("age not known")
COUNTRIES = {
    "": mark("country not known"),
    "unsaid": mark("country not said"),
    "other": mark("another country"),
}


def category_words(code: str) -> str:
    """Return a category as words of English, ready to be translated."""
    return CATEGORIES.get(code, code.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Rule:
    """A matched rule by name; its level and category when a word list has it (a tap's rule is its flow's)."""

    id: str
    level: str = ""
    category: str = ""


def rules_of(case: Case, campaign: Campaign) -> list[Rule]:
    """Return the rules that matched, named with level and category."""
    frames = {frame.id: frame for file in campaign.words for frame in file.frames}
    return [
        Rule(rule, frames[rule].level.value, frames[rule].category) if rule in frames else Rule(rule)
        for rule in case.rules
    ]


def stands_higher(case: Case, campaign: Campaign) -> bool:
    """Return whether the case is more urgent than every rule that matched: a deadline, a meeting or a person raised it."""
    levels = [rule.level for rule in rules_of(case, campaign)]
    return bool(levels) and all(level and case.level.value < level for level in levels)


def country_name(case: Case, campaign: Campaign, tongue: Tongue) -> str:
    """Return the girl's country as words."""
    country = campaign.countries.get(case.country)
    if country is not None:
        return tongue.country_name(country.code, country.name)
    return tongue.say(COUNTRIES.get(case.country, case.country))


@dataclass(frozen=True, slots=True)
class Canned:
    """A ready reply: the words in her language beside what they mean to the moderator."""

    id: str
    situation: str
    words: str
    meaning: str
    not_when: str
    language: str
    translation: str = ""
    crisis: bool = False


def canned_for(case: Case, replies: Iterable[CannedReply], reader: str = "en") -> list[Canned]:
    """Return the ready replies in her language, those for this category first; English where hers is missing."""
    fitting = sorted(replies, key=lambda reply: _distance(case.category, reply))
    found = [_canned(reply, case.language, reader) for reply in fitting]
    return [c for c in found if c.words]


def _distance(category: str, reply: CannedReply) -> int:
    """Those meant for this category first, then those for any, then the others."""
    if category in reply.categories:
        return 0
    return 2 if reply.categories else 1


def _canned(reply: CannedReply, language: str, reader: str) -> Canned:
    spoken = language if language in reply.words else "en"
    return Canned(
        id=reply.id,
        situation=reply.situation,
        words=reply.words.get(spoken, ""),
        meaning=reply.meaning,
        not_when=reply.not_when,
        language=spoken,
        translation="" if spoken == reader else reply.words.get(reader, ""),
        crisis=reply.crisis,
    )


def helplines_for(case: Case, campaign: Campaign) -> list[Helpline]:
    """Return the numbers of her country, then those that work from anywhere; withdrawn ones never."""
    found = [h for h in campaign.helplines if h.country in (case.country, case.desk, "ZZ") and not h.withdrawn]
    return sorted(found, key=lambda h: (h.country == "ZZ", h.confirmed_on is None, h.kind))


def zone_for(campaign: Campaign, case: Case) -> tzinfo:
    """Return the time zone in which a case's times are shown."""
    return zone_of(campaign, case)
