"""A small campaign with one of everything, and Ana, who writes to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bot import engine
from bot.model.assessment import Assessment, Evidence
from bot.model.campaign import Campaign, Country
from bot.model.conversation import Conversation
from bot.model.effects import Effect, Lane, Send, SetTimer, SheSays, Signal
from bot.model.events import Commanded, DeskView, Event, Said, Tapped, What
from bot.model.flow import (
    Ask,
    Choice,
    Decide,
    Expr,
    Flow,
    Handoff,
    Quiz,
    Remind,
    RunFlow,
    Say,
    Set,
    SignalSpec,
    Starts,
    Step,
    Variable,
)
from bot.model.levels import Level
from bot.model.words import Literal, Words

NOON = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ON_DUTY = DeskView(on_duty=True, read_by=NOON + timedelta(minutes=30))
NOBODY = DeskView(on_duty=False, opens_at=NOON + timedelta(hours=20))
ONBOARDED = {"language": "en", "age_band": "13_15", "country": "KE", "opted_in": "yes"}
GROWN = {"language": "en", "age_band": "16_17", "country": "NL", "opted_in": "yes"}


def w(text: str, flow: str = "f") -> Words:
    return Words(f"{flow}/x.say", text)


def name(text: str) -> Expr:
    return Expr("name", text)


def flow(flow_id: str, *steps: Step, **more: object) -> Flow:
    return Flow(flow_id, w(flow_id), {step.id: step for step in steps}, **more)  # type: ignore[arg-type]  # passed on as it came


def pick(choice: str, to: str | None = None, **more: object) -> Choice:
    return Choice(choice, w(choice.capitalize()), to, **more)  # type: ignore[arg-type]  # passed on as it came


WELCOME = flow(
    "welcome",
    Ask(id="tongue", words=w("Which language?"), choices=(pick("en"), pick("sw")), save_as="language"),
    Ask(id="age", words=w("How old?"), choices=(pick("13_15"), pick("18_plus")), save_as="age_band"),
    Ask(id="place", words=w("Which country?"), choices=(pick("KE"), pick("NL")), save_as="country"),
    Ask(id="begin", words=w("Shall we?"), choices=(pick("yes"), pick("no", "bye")), save_as="opted_in"),
    RunFlow(id="stories", flow="menu", end=True),
    Say(id="bye", words=w("Bye"), end=True),
)
MENU = flow(
    "menu", Ask(id="pick", words=w("Stories"), choices=(pick("lesson", "@lesson"), pick("later", "done")), go="done")
)
LESSON = flow(
    "lesson",
    Say(id="hello", words=w("A story.")),
    Ask(
        id="ready",
        words=w("Ready?"),
        choices=(pick("yes", typed="yes_words"), pick("no", "bye")),
        tries=2,
        not_understood="bye",
        remind=Remind(timedelta(hours=2), w("Still there?")),
    ),
    Quiz(
        id="quiz",
        words=w("Love or pressure?"),
        choices=(pick("love"), pick("pressure")),
        correct="pressure",
        feedback={"love": w("Real love waits."), "pressure": w("Yes!")},
        score="stars",
    ),
    Ask(id="friend", words=w("A friend's first letter?"), save_as="letter"),
    Ask(id="how_many", words=w("How many apps?"), save_as="apps"),
    Set(id="count", values=(("twice", Expr("*", args=(name("apps"), Expr("number", 2)))),)),
    Decide(id="many", branches=((Expr(">", args=(name("twice"), Expr("number", 6))), "lots"), (None, "few"))),
    Say(id="lots", words=w("{twice} is a lot, {letter}."), go="pushed"),
    Say(id="few", words=w("Only {apps}.")),
    Ask(
        id="pushed",
        words=w("Did somebody push you?"),
        choices=(pick("yes", signal=SignalSpec("grooming", Level.P2)), pick("no")),
    ),
    RunFlow(id="more", flow="extra"),
    Handoff(id="helper", level=Level.P2, category="grooming", open=w("In line."), closed=w("Closed.")),
    Say(
        id="stars_end",
        words=Words("lesson/x.say", "{n} star", "{n} stars", count_of="stars"),
        when=Expr("is_set", "stars"),
    ),
    Say(id="bye", words=w("Bye."), end=True),
    starts=Starts(menu="topics", words="story_words", link="s7"),
    remembers={
        "letter": Variable("text"),
        "apps": Variable("number", low=0, high=50),
        "twice": Variable("number", low=0, high=100),
        "stars": Variable("number", low=0, high=5, keep="profile"),
    },
)
EXTRA = flow("extra", Say(id="one", words=w("More.")), Ask(id="sure", words=w("Sure?"), choices=(pick("ok"),)))
HELP = flow(
    "help",
    Say(id="numbers", words=w("Good that you are here. {helpline}")),
    Ask(
        id="what",
        words=w("What fits?"),
        choices=(
            pick("now", "done", signal=SignalSpec("violence_home", Level.P1)),
            pick("low", "done", signal=SignalSpec("wants_to_talk", Level.P4)),
            pick("no", "done"),
            pick("outing", "done", signal=SignalSpec("sextortion", Level.P2, "outing")),
        ),
    ),
)
TALK = flow(
    "talk",
    Handoff(
        id="line",
        level=Level.P4,
        category="wants_to_talk",
        open=w("In line. {read_by}"),
        closed=w("Closed. {opens_at}"),
        end=True,
    ),
)
HIT_SEXTORTION = flow(
    "hit_sextortion",
    Decide(id="which", branches=((Expr("==", args=(name("level"), Expr("text", "P1"))), "now"), (None, "thanks"))),
    Say(id="now", words=w("Thank you. Go to people."), go="safe"),
    Say(id="thanks", words=w("Thank you. Not your fault.")),
    Ask(
        id="safe",
        words=w("Are you safe?"),
        choices=(pick("yes", "who"), pick("no", "who", signal=SignalSpec("sextortion", Level.P1))),
    ),
    Say(id="who", words=w("{helpline}"), end=True),
    sensitive=True,
    starts=Starts(hits=("sextortion",)),
)
HIT_OUTING = flow(
    "hit_outing", Say(id="any", words=w("Whom you love is yours to tell.")), starts=Starts(hits=("sextortion.outing",))
)
HIT = flow("hit", Say(id="any", words=w("Thank you for writing. {helpline}")))
REAL = flow("real", Say(id="yes", words=w("We write only here.")))
LANGUAGE = flow(
    "language",
    Ask(id="choose", words=w("Language?"), choices=(pick("en"), pick("sw")), save_as="language"),
    Say(id="chosen", words=w("All right.")),
)
MYDATA = flow("mydata", Say(id="kept", words=w("What is kept.")))
FLOWS = (WELCOME, MENU, LESSON, EXTRA, HELP, TALK, HIT_SEXTORTION, HIT_OUTING, HIT, REAL, LANGUAGE, MYDATA)

CAMPAIGN = Campaign(
    name="Small",
    languages=("en", "sw"),
    flows={f.id: f for f in FLOWS},
    countries={
        "KE": Country("KE", "Kenya", "Africa/Nairobi"),
        "NL": Country("NL", "Netherlands", "Europe/Amsterdam", age_of_consent=16, p2_before_consent=True),
    },
    helplines=(),
    words=(),
    replies=(),
    catalogues={"sw": {"flows": {("f/x.say", "Yes"): ("Ndiyo",)}}},
    doors={
        "start": "welcome",
        "menu": "menu",
        "help": "help",
        "talk": "talk",
        "real": "real",
        "language": "language",
        "mydata": "mydata",
        "hit": "hit",
    },
)


def heard(level: Level | str, category: str = "sextortion") -> Assessment:
    return Assessment(Level(level), category, (Evidence(f"en.{category}.made_up", 0, 4),))


def worrying(level: Level | str, category: str = "sextortion", text: str = "made up words") -> Said:
    return Said(text, heard=heard(level, category))


@dataclass
class Ana:
    """Ana's chat: `does` gives the effects of one event, and every state is what the engine returned before."""

    chat: Conversation = field(default_factory=Conversation)
    desk: DeskView = ON_DUTY
    now: datetime = NOON
    campaign: Campaign = CAMPAIGN
    turns: int = 0
    effects: tuple[Effect, ...] = ()

    def does(self, what: What | str, **event: object) -> list[str]:
        """Let something happen; return what she reads, a string a bubble."""
        self.turns += 1
        self.now += timedelta(seconds=30)
        made = Event(self._what(what), self.now, f"n{self.turns:05}", self.desk)
        made = replace(made, **event)  # type: ignore[arg-type]  # passed on as it came
        self.chat, self.effects = engine.step(self.campaign, self.chat, made, self.now)
        return [spoken(send) for send in self.sent]

    def _what(self, what: What | str) -> What:
        """`/help` is a command, `!menu` a lasting button, `>yes` a button of the open question, else words."""
        if not isinstance(what, str):
            return what
        if what[:1] == "/":
            command, _, argument = what[1:].partition(" ")
            return Commanded(command, argument)
        if what[:1] == ">":
            nonce = self.chat.prompt.nonce if self.chat.prompt else "gone"
            return Tapped(f"{nonce}.{what[1:]}")
        return Tapped(what) if what[:1] == "!" else Said(what)

    @property
    def sent(self) -> list[Send]:
        return [e for e in self.effects if isinstance(e, Send)]

    @property
    def signals(self) -> list[Signal]:
        return [e for e in self.effects if isinstance(e, Signal)]

    @property
    def says(self) -> list[str]:
        return [e.what for e in self.effects if isinstance(e, SheSays)]

    @property
    def timers(self) -> dict[str, datetime]:
        return {e.name: e.at for e in self.effects if isinstance(e, SetTimer)}

    @property
    def crisis(self) -> bool:
        return any(e.lane is Lane.CRISIS for e in self.sent)

    @property
    def buttons(self) -> list[str]:
        """What the last bubble's buttons carry."""
        return [b.data for row in self.sent[-1].bubble.rows for b in row] if self.sent else []

    @property
    def at(self) -> tuple[str, str] | None:
        return (self.chat.stack[-1].flow, self.chat.stack[-1].step) if self.chat.stack else None

    def case(self, level: Level | str, *, claimed: bool = False, shown: bool = True) -> Ana:
        """Her case as the desk would have it."""
        state = "claimed" if claimed else "new"
        self.desk = replace(
            self.desk, case_open=True, case_claimed=claimed, case_level=Level(level), case_shown=shown, case_state=state
        )
        return self


def spoken(send: Send) -> str:
    """A bubble as its sources with values put in: enough to see what was said."""
    return " / ".join(_said(words) for words in send.bubble.words)


def _said(words: Words | Literal) -> str:
    if isinstance(words, Literal):
        return words.text
    text = words.plural if words.plural and words.count != 1 else words.source
    for key, value in words.values.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def onboarded(**more: object) -> Ana:
    return Ana(Conversation(profile=ONBOARDED, last_at=NOON), **more)  # type: ignore[arg-type]  # passed on as it came


def in_lesson(*answers: str, profile: dict[str, str] = ONBOARDED) -> Ana:
    ana = Ana(Conversation(profile=profile, last_at=NOON))
    for what in ("/start s7", *answers):
        ana.does(what)
    return ana
