"""Which helplines she is shown: at most three, by country and by what it is about; never an empty answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.model.campaign import Campaign, Helpline

CRISIS, CHILD, GENDER, EMERGENCY = "crisis_line", "child_helpline", "gbv_helpline", "emergency"
DIRECTORY = "directory"
ORDER: dict[str, tuple[str, ...]] = {
    "self_harm": (CRISIS, CHILD, EMERGENCY),
    "violence_home": (CHILD, GENDER, EMERGENCY, "child_protection_line"),
    "sexual_abuse": (CHILD, GENDER, "sexual_violence_centre", EMERGENCY),
    "sextortion": (CHILD, "online_abuse_helpline", GENDER, "image_removal"),
    "image_shared": (CHILD, "image_removal", "online_abuse_helpline", GENDER),
    "ai_fake": (CHILD, "image_removal", "online_abuse_helpline"),
    "trafficking": ("trafficking_line", CHILD, EMERGENCY),
    "harmful_practice": (CHILD, GENDER, EMERGENCY),
    "health": (CHILD, GENDER, EMERGENCY),
}
USUAL = (CHILD, GENDER, EMERGENCY)
URGENT = (
    "violence_home",
    "sexual_abuse",
    "trafficking",
    "harmful_practice",
    "friend_danger",
    "health",
    "wants_to_talk",
)
FOR_STAFF = {"police_cyber", "police_child", "missing_children"}
HOME_COUNTRY = {"sw": "KE", "ne": "NP", "km": "KH", "fil": "PH", "nl": "NL"}
SHOWN_CHANNELS = ("phone", "sms", "chat", "web_form")
MOST = 3


def choose(
    campaign: Campaign,
    country: str,
    language: str,
    category: str,
    *,
    danger: bool = False,
    hurt: bool = False,
    demo: bool = False,
) -> tuple[Helpline, ...]:
    """Return up to three entries: her country, else by language, else worldwide.

    `danger`: something is happening now, so the emergency number comes first where a person may be doing it; for
    self-harm only when she is `hurt` already. `demo` shows entries nobody confirmed yet.
    """
    place = country if any(h.country == country for h in campaign.helplines) else HOME_COUNTRY.get(language, "ZZ")
    usable = [h for h in campaign.helplines if _usable(h, demo=demo)]
    first = hurt or (danger and category in URGENT)
    local = _ranked([h for h in usable if h.country == place], category, first=first, danger=danger)
    # Whoever has a child helpline of her own needs no list of the others.
    needless = {DIRECTORY} if any(h.kind == CHILD for h in local) else set()
    abroad = [h for h in usable if h.country == "ZZ" and h.kind not in needless]
    world = _ranked(abroad, category, first=first, danger=danger)
    chosen = tuple(_different((*local, *world)))[:MOST]
    # In danger whoever can be called comes first; the order of the rules stays otherwise.
    return tuple(sorted(chosen, key=lambda line: not line.number)) if danger else chosen


def _usable(line: Helpline, *, demo: bool) -> bool:
    """Once confirmed an entry is shown until a person withdraws it; a verified one may stand in before that."""
    shown = line.confirmed_on is not None or line.verified or demo
    return shown and not line.withdrawn and bool(line.number or line.url) and line.kind not in FOR_STAFF


def _ranked(lines: Iterable[Helpline], category: str, *, first: bool, danger: bool) -> list[Helpline]:
    order = ORDER.get(category, USUAL)
    if first:
        order = (EMERGENCY, *order)
    wanted = [line for line in lines if line.kind in order or line.kind in {CHILD, DIRECTORY}]
    return sorted(wanted, key=lambda line: (_place(order, line.kind), danger and not line.number))


def _place(order: tuple[str, ...], kind: str) -> int:
    """A directory of child helplines stands where the child helpline of a country would."""
    kind = CHILD if kind == DIRECTORY else kind
    return order.index(kind) if kind in order else len(order)


def _different(lines: Sequence[Helpline]) -> Iterable[Helpline]:
    """At most one entry of a kind, so that three doors are three different doors."""
    kinds: set[str] = set()
    for line in lines:
        if line.kind not in kinds:
            kinds.add(line.kind)
            yield line


def as_line(line: Helpline, say: Callable[[str], str], *, demo: bool) -> str:
    """Return one entry as a girl reads it: name, number, how, cost, hours; what is unknown is left out, never guessed.

    `say` gives a word of ours in her language (`helpline.phone`, `helpline.free`, `helpline.example`). A name that only
    describes may have one, too (`helpline.name.ID`); a proper name stays.
    """
    how = ", ".join(say(f"helpline.{c}") for c in line.channels if c in SHOWN_CHANNELS)
    cost = say("helpline.free") if line.cost == "free" else line.cost
    extras = " · ".join(part for part in (how, cost, line.hours) if part)
    mark = f" {say('helpline.example')}" if demo and line.confirmed_on is None else ""
    name = say(f"helpline.name.{line.id}")
    name = line.name if name.startswith("helpline.") else name
    return f"• {name}: {line.number or line.url}{f' ({extras})' if extras else ''}{mark}"
