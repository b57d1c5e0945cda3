"""Every field of a test file, with its form and a sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flowfile.document import Data, Path
from bot.flowfile.fields import CHOICE, LEVELS, NAME, duration, text
from bot.flowfile.shapes import FLAG, Field, Group, Json, ListOf, MapOf, OneOf, Shape, Tell, Text, TextOr
from bot.model.levels import AGE_BANDS, CATEGORIES, COUNTRIES

MEDIA = (
    "photo", "video", "voice", "video_note", "audio", "document", "sticker", "animation", "contact", "location",
)  # fmt: skip
ACTS = ("start", "tap", "type", "edit", "send", "after", "at", "moderator", "reply")
LANGUAGE = r"[a-z]{2,3}(?:_[A-Za-z]+)?"

step = Text(rf"(?:{NAME}/)?{NAME}", "ready, or menu/pick for a step of another flow", "E108")
by_language: Shape = TextOr(MapOf(LANGUAGE, text))


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """One thing, or a list of such things."""

    item: Shape

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        (ListOf(self.item) if isinstance(value, list) else self.item).check(value, at, tell)

    def schema(self) -> Json:
        return {"anyOf": [self.item.schema(), ListOf(self.item).schema()]}


@dataclass(frozen=True, slots=True)
class CaseShape:
    """`none`, or what the case must be."""

    fields: Group

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        if isinstance(value, dict):
            self.fields.check(value, at, tell)
        elif value != "none":
            tell("E104", at, "'case' is none, or says what the case is", "as in case: {level: P2, category: grooming}")

    def schema(self) -> Json:
        return {"anyOf": [{"enum": ["none"]}, self.fields.schema()]}


CASE = CaseShape(
    Group(
        {
            "level": Field(OneOf(LEVELS, "E307"), "P1 danger now, P2 serious, P3 worrying, P4 low."),
            "category": Field(OneOf(CATEGORIES, "E306"), "What it is about."),
            "shown": Field(FLAG, "Whether the desk sees it already."),
        }
    )
)
EXPECT = Group(
    {
        "step": Field(step, "The step she stands at now: the question that waits, else the last one played."),
        "passed": Field(OneOrMore(step), "Steps that were played on the way, in this order."),
        "says": Field(OneOrMore(by_language), "Words that were said, in English; compared through their translation."),
        "buttons": Field(ListOf(text), "All buttons that came, in order: ids, or English labels."),
        "stars": Field(Text(r"\d{1,6}", "2"), "How many stars she has."),
        "remembers": Field(MapOf(NAME, text), "What is remembered; none: nothing."),
        "case": Field(CASE, "Her case: none, or {level: P2, category: grooming}."),
        "quiet": Field(FLAG, "true: the bot says nothing."),
    }
)
GIVEN = {
    "age": Field(OneOf((*AGE_BANDS, "none")), "Her age group (13_15 if not written)."),
    "country": Field(OneOf((*COUNTRIES, "none")), "Her country (the campaign's first if not written)."),
    "language": Field(Text(LANGUAGE, "sw"), "Play this conversation in one language only."),
    "opted_in": Field(OneOf(("yes", "no", "none")), "What she said to beginning (yes if not written)."),
    "reminders": Field(OneOf(("yes", "no")), "Whether she asked for reminders."),
    "desk": Field(
        OneOf(("open", "closed", "rota", "none")),
        "Whether somebody is at the desk; rota: as campaign.yaml has it; none: helplines only.",
    ),
    "remembers": Field(MapOf(NAME, text), "What is remembered of her."),
}
LINE = Group(
    {
        "start": Field(text, "A flow, a command as /help, 'first contact', or 'nothing yet'. Only in the first line."),
        **GIVEN,
        "tap": Field(by_language, "She taps this button: its id, or its English label."),
        "type": Field(by_language, "She writes this."),
        "edit": Field(by_language, "She changes the last thing she wrote to this."),
        "send": Field(OneOf(MEDIA), "She sends something that is not text."),
        "caption": Field(text, "What stands under what she sends."),
        "after": Field(duration, "So much time passes, as '20 hours'."),
        "at": Field(
            Text(r"(?:[01]?\d|2[0-3]):[0-5]\d", "21:30", "E605"),
            "It becomes this time where she is; beside 'start': it is this time when it begins.",
        ),
        "moderator": Field(OneOf(("claims", "releases", "closes")), "What a moderator does with her case."),
        "reply": Field(by_language, "The moderator who has her case writes this."),
        "expect": Field(EXPECT, "What must be true then."),
        "note": Field(text, "A note for colleagues."),
    }
)
FILE = Group(
    {
        "conversations": Field(
            MapOf(CHOICE, ListOf(LINE)), "Each has a name, and begins with '- start: …'.", required=True
        ),
        "note": Field(text, "A note for colleagues."),
    }
)
