"""The sample of the design is the language: it loads without a problem and means what it says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.flowfile import load
from bot.model.campaign import Campaign
from bot.model.flow import Ask, Decide, Expr, Handoff, Pick, Quiz, RunFlow, Say, SignalSpec
from bot.model.levels import Level
from tests.flowfile.campaigns import draft_of, write

SAMPLE = (Path(__file__).parent / "pressure.yaml").read_text(encoding="utf-8")
SUBFLOW = """
flow: what_is_pressure
title: What is pressure?
steps:
  one:
    say: Pressure is when your no does not count.
    end: done
"""


def a_campaign(root: Path) -> Campaign:
    write(root, **{"flows/pressure.yaml": SAMPLE, "flows/what_is_pressure.yaml": SUBFLOW})
    (root / "flows" / "pictures").mkdir()
    (root / "flows" / "pictures" / "phone.png").write_bytes(b"a picture")
    loaded = load(root)
    assert loaded.problems == ()
    assert loaded.campaign is not None
    return loaded.campaign


def test_the_sample_of_the_design_loads_without_a_problem(tmp_path: Path) -> None:
    campaign = a_campaign(tmp_path)

    assert list(campaign.flows["pressure"].steps)[:3] == ["ready", "hello", "asked"]
    assert campaign.media["phone.png"].endswith("flows/pictures/phone.png")


def test_each_step_of_the_sample_means_what_it_says(tmp_path: Path) -> None:
    steps = a_campaign(tmp_path).flows["pressure"].steps
    asked, quiz, choose = steps["asked"], steps["quiz_1"], steps["choose_end"]

    assert isinstance(asked, Ask)
    assert asked.choices[0].signal == SignalSpec("grooming", Level.P2)
    assert [choice.typed for choice in asked.choices] == ["yes_words", "no_words", ""]
    assert (asked.save_as, asked.tries, asked.not_understood) == ("asked_before", 2, "offer_help")
    assert asked.words.context == "pressure/asked.ask"
    assert asked.choices[2].label.context == "pressure/asked.buttons.unsure"
    assert asked.choices[2].label.source == "I'm not sure"
    assert isinstance(quiz, Quiz)
    assert (quiz.correct, quiz.score) == ("pressure", "stars")
    assert isinstance(choose, Decide)
    assert choose.branches[1] == (None, "thanks")
    condition = choose.branches[0][0]
    assert condition is not None and condition.op == "and"
    assert condition.args[1] == Expr("!=", args=(Expr("name", "asked_before"), Expr("text", "no")))


def test_plurals_handoffs_pictures_and_other_flows_are_understood(tmp_path: Path) -> None:
    steps = a_campaign(tmp_path).flows["pressure"].steps
    thanks, helper, hello, examples, bye = (steps[s] for s in ("thanks", "helper", "hello", "examples", "bye"))

    assert isinstance(thanks, Say)
    assert (thanks.words.count_of, thanks.words.plural) == ("stars", "You earned {n} stars.")
    assert isinstance(helper, Handoff)
    assert (helper.level, helper.category, helper.go) == (Level.P2, "wants_to_talk", "tell_someone")
    assert isinstance(hello, Say) and hello.alt is not None
    assert (hello.photo, hello.alt.source) == ("phone.png", "A girl looks at her phone")
    assert isinstance(examples, RunFlow) and examples.flow == "what_is_pressure"
    assert bye.end


def test_a_menu_gets_one_button_a_flow_before_its_own(tmp_path: Path) -> None:
    menu = "flow: m\ntitle: M\nsteps:\n  pick:\n    ask: Which?\n    menu: topics\n    buttons: {no: Not now -> done}\n"
    story = "flow: s\ntitle: A story\nstarts: {menu: topics}\nsteps:\n  a:\n    say: Hello.\n    end: done\n"
    campaign = load(write(tmp_path, **{"flows/m.yaml": menu, "flows/s.yaml": story})).campaign

    assert campaign is not None
    pick = campaign.flows["m"].steps["pick"]
    assert isinstance(pick, Ask)
    assert [(c.id, c.label.source, c.to) for c in pick.choices] == [("s", "A story", "@s"), ("no", "Not now", "done")]


def test_reminders_conditions_and_checkpoints_are_understood() -> None:
    draft, problems = draft_of(
        "flow: f\ntitle: F\nremembers: {stars: {number: 0..5, keep: profile}}\nsteps:\n"
        "  a:\n    ask: Ready?\n    if: stars > 2\n    checkpoint: true\n    buttons: {yes: Yes -> done}\n"
        "    remind: {after: 20 hours, say: Your story waits.}\n"
    )

    assert draft is not None and problems == []
    step = draft.flow.steps["a"]
    assert step.when == Expr(">", args=(Expr("name", "stars"), Expr("number", 2)))
    assert step.remind is not None and step.remind.after == timedelta(hours=20)
    assert step.remind.words.context == "f/a.remind"
    assert step.checkpoint


def test_the_content_hash_follows_texts_and_buttons_and_nothing_else() -> None:
    def hash_of(ask: str, way: str) -> str:
        draft, _ = draft_of(
            f"flow: f\ntitle: F\nsteps:\n  a:\n    ask: {ask}\n    buttons: {{yes: Yes -> {way}}}\n  b:\n    say: x\n    end: done\n"
        )
        assert draft is not None
        return draft.flow.steps["a"].hash

    assert hash_of("Ready?", "done") == hash_of("Ready?", "b")
    assert hash_of("Ready?", "done") != hash_of("Are you ready?", "done")


def test_a_pick_has_its_tips_by_name_and_a_declared_list_of_those_seen() -> None:
    draft, problems = draft_of(
        "flow: f\ntitle: F\nremembers: {tips: {seen: true, keep: 1 day}}\nsteps:\n"
        "  a:\n    pick:\n      lock: Lock your phone.\n      tell: Tell a friend.\n    save_as: tips\n    end: done\n"
    )

    assert draft is not None and problems == []
    step = draft.flow.steps["a"]
    assert isinstance(step, Pick)
    assert (step.save_as, step.tips["lock"].context, step.tips["tell"].source) == (
        "tips",
        "f/a.pick.lock",
        "Tell a friend.",
    )
    assert draft.flow.remembers["tips"].kind == "seen"
