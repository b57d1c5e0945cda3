"""Every field of a flow file, with its form and the sentence an editor shows. Loader and schema both read this table."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flowfile.document import Data, Path
from bot.flowfile.findings import did_you_mean
from bot.flowfile.shapes import FLAG, Field, Group, Json, ListOf, MapOf, OneOf, Shape, Tell, Text, TextOr, Within
from bot.model.levels import CATEGORIES, Level

NAME = r"[a-z][a-z0-9_]*"
CHOICE = r"[A-Za-z0-9][A-Za-z0-9_]*"
TARGET = rf"@?{NAME}"
FILE = r"[A-Za-z0-9][A-Za-z0-9_-]*\.[A-Za-z0-9]+"
LEVELS = tuple(level.value for level in Level)

name = Text(NAME, "not_your_fault", "E108")
target = Text(TARGET, "thanks (a step), done (the end), or @menu (another flow)", "E108")
text = Text()
duration = Text(r"\d{1,5} (?:second|minute|hour|day)s?", "20 hours", "E605")

PLURAL = Group(
    {
        "count": Field(name, "The declared number that is counted; {n} shows it.", required=True),
        "one": Field(text, "The text for exactly one.", required=True),
        "other": Field(text, "The text for any other number.", required=True),
    }
)
SIGNAL = Group(
    {
        "category": Field(OneOf(CATEGORIES, "E306"), "What it is about.", required=True),
        "level": Field(OneOf(LEVELS, "E307"), "P1 danger now, P2 serious, P3 worrying, P4 low.", required=True),
        "about": Field(name, "The situation within the category, where a flow has help words for it."),
    }
)
SURPRISE = Group(
    {
        "one_of": Field(
            ListOf(name), "Menus: runs one of their stories, first those she has not finished.", required=True
        )
    }
)
REMIND = Group(
    {
        "after": Field(duration, "How long after the question, as '20 hours'.", required=True),
        "say": Field(text, "What the reminder says. Only those who asked for reminders get it.", required=True),
    }
)
NOT_UNDERSTOOD = Group(
    {
        "tries": Field(Text(r"[1-9]", "2"), "How often to ask again (2 if not written)."),
        "go": Field(target, "Where to go then.", required=True),
    }
)
HANDOFF = Group(
    {
        "level": Field(OneOf(LEVELS, "E307"), "How urgent: P1 to P4.", required=True),
        "category": Field(OneOf(CATEGORIES, "E306"), "What it is about (wants_to_talk if not written)."),
    }
)
COUNTS = Group(
    {
        "question": Field(name, "The question's name: the same before and after the story.", required=True),
        "when": Field(OneOf(("before", "after")), "Asked before the story, or after it.", required=True),
    }
)

MEDIA = {
    "photo": Field(Text(FILE, "phone.png"), "A file in flows/pictures/."),
    "photo_alt": Field(text, "What the picture shows, in words."),
    "voice": Field(
        Text(FILE, "story.ogg"), "The name of the recording in flows/voices/LANGUAGE/, if it is not FLOW.STEP.ogg."
    ),
    "voice_alt": Field(text, "What the voice says, in words."),
}
NOTE = Field(text, "A note for colleagues and translators. Nobody else sees it.")
WAY = {
    "go": Field(target, "The step that comes next, if it is not the one below."),
    "end": Field(OneOf(("done", "true")), "The flow ends here: 'end: done'."),
}
COMMON = {
    **WAY,
    "if": Field(text, "The step is skipped unless this is true."),
    "remind": Field(REMIND, "Ask once more after a while."),
    "checkpoint": Field(FLAG, "Where chats go whose step was removed: 'checkpoint: true'."),
    "note": NOTE,
}

KINDS: dict[str, dict[str, Field]] = {
    "say": {"say": Field(TextOr(PLURAL), "Say something and go on.", required=True), **MEDIA, **COMMON},
    "ask": {
        "ask": Field(text, "Ask, and wait for an answer.", required=True),
        "buttons": Field(MapOf(CHOICE, text), "One choice a line: 'id: Label -> step'."),
        "menu": Field(name, "One button for every flow with 'starts: {menu: this name}'."),
        "save_as": Field(name, "Keep the answer under this declared name."),
        "signals": Field(MapOf(CHOICE, SIGNAL), "Buttons that count like a worrying message."),
        "typed": Field(MapOf(CHOICE, name), "Word lists that mean the same as a button."),
        "not_understood": Field(NOT_UNDERSTOOD, "What happens when typed words fit no button."),
        **MEDIA,
        **COMMON,
    },
    "quiz": {
        "quiz": Field(text, "A question with a right answer.", required=True),
        "answers": Field(MapOf(CHOICE, text), "The answers: 'id: Label'.", required=True),
        "correct": Field(Text(CHOICE, "pressure"), "The id of the right answer.", required=True),
        "feedback": Field(MapOf(CHOICE, text), "What to say to each answer, kindly."),
        "score": Field(name, "A declared number that grows by one for a right answer."),
        "counts": Field(COUNTS, "Count the answers before and after the story, nobody's name with them."),
        **COMMON,
    },
    "decide": {
        "decide": Field(ListOf(text), "Lines 'condition -> step'; the last is 'else -> step'.", required=True),
        "checkpoint": COMMON["checkpoint"],
        "note": NOTE,
    },
    "set": {
        "set": Field(MapOf(NAME, text), "Remember what an expression gives: 'stars: stars + 1'.", required=True),
        **WAY,
        "if": COMMON["if"],
        "note": NOTE,
    },
    "pick": {
        "pick": Field(MapOf(CHOICE, text, least=2), "Tips, one is shown: 'id: Text'.", required=True),
        "save_as": Field(
            name, "The declared list of tips she has seen: none comes twice before all came.", required=True
        ),
        **COMMON,
    },
    "run": {
        "run": Field(TextOr(SURPRISE, name), "Run another flow, then come back here.", required=True),
        **COMMON,
    },
    "handoff": {
        "handoff": Field(HANDOFF, "Put her in line for a person.", required=True),
        "open": Field(text, "What she reads when somebody is there.", required=True),
        "closed": Field(text, "What she reads when nobody is there, with {helpline}.", required=True, missing="E213"),
        **COMMON,
    },
}


@dataclass(frozen=True, slots=True)
class StepShape:
    """A step: exactly one kind, and the fields of that kind."""

    def check(self, value: Data, at: Path, tell: Tell) -> None:
        if not isinstance(value, dict):
            tell("E104", at, f"step '{at[-1]}' has no fields", "write 'say: …' or another kind below it, indented")
            return
        kinds = [kind for kind in KINDS if kind in value]
        if not kinds:
            tell("E106", at, "the step has no kind", f"it needs one of: {', '.join(KINDS)}")
        elif len(kinds) > 1:
            hint = f"make two steps, one with '{kinds[0]}' and one with '{kinds[1]}'"
            tell("E107", at, f"the step has two kinds: {' and '.join(kinds)}", hint)
        else:
            Group(KINDS[kinds[0]]).check(value, at, tell)
        if not kinds:
            self._unknown(value, at, tell)

    def _unknown(self, value: dict[str, Data], at: Path, tell: Tell) -> None:
        known = {name for fields in KINDS.values() for name in fields}
        for key in value:
            if key not in known:
                tell("E101", (*at, key), f"'{key[:60]}' is no field of a step", did_you_mean(key, known))

    def schema(self) -> Json:
        fields = {key: field for table in KINDS.values() for key, field in table.items()}
        rules = [{"if": {"required": [kind]}, "then": {**Group(KINDS[kind]).schema()}, "else": {}} for kind in KINDS]
        return {
            "type": "object",
            "properties": {key: {"description": field.about} for key, field in fields.items()},
            "anyOf": [{"required": [kind]} for kind in KINDS],
            "allOf": rules,
        }


VARIABLE = Group(
    {
        "one_of": Field(ListOf(Text(CHOICE, "yes"), least=2), "The answer is one of these."),
        "number": Field(Text(r"-?\d{1,6}\.\.-?\d{1,6}", "0..5"), "The answer is a number in this range."),
        "text": Field(FLAG, "The answer is what she typed: 'text: true'."),
        "seen": Field(FLAG, "The tips of a 'pick' she has seen: 'seen: true'."),
        "private": Field(FLAG, "Never shown in any text."),
        "keep": Field(OneOf(("1 day", "profile")), "How long it is kept: '1 day' or 'profile'."),
    }
)
STARTS = Group(
    {
        "menu": Field(name, "The menu it stands in."),
        "words": Field(name, "The word list that starts it."),
        "link": Field(Text(r"[A-Za-z0-9_-]{1,64}", "s7"), "The word of a link t.me/BOT?start=WORD."),
        "hits": Field(
            ListOf(Within(CATEGORIES, NAME, "E306")),
            "What it answers: 'sextortion', or one situation: 'sextortion.outing'.",
        ),
    }
)
FLOW = Group(
    {
        "flow": Field(name, "The flow's name, never shown.", required=True),
        "title": Field(text, "What stands in menus.", required=True),
        "note": NOTE,
        "checked": Field(text, "The girls who read it, as 'girls in Kisumu'. A text may show it: {checked}."),
        "talk": Field(
            OneOf(("yes", "no")),
            "Whether each question ends with 'I want to talk to someone' (yes where the menu begins with topics).",
        ),
        "sensitive": Field(FLAG, "It asks first, has a way out, and shows a helpline."),
        "starts": Field(STARTS, "How it begins."),
        "remembers": Field(MapOf(NAME, VARIABLE), "Every answer that is kept is declared here."),
        "moved": Field(MapOf(NAME, name), "Renamed steps: 'old: new'. Chats that wait there follow."),
        "steps": Field(MapOf(NAME, StepShape()), "The steps, in order.", required=True),
    }
)
ROOT: Shape = FLOW
