"""Pictures of flows: every step and button is there, nothing lies upon anything else, mistakes are marked, words stay words."""

from __future__ import annotations

import itertools
import re
import textwrap
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flowfile.draft import Draft
from bot.flowfile.graph import Picture, as_mermaid, as_svg, picture_of_campaign, picture_of_flow
from bot.flowfile.graph.layout import laid_out
from bot.flowfile.graph.letters import width, wrapped
from bot.flowfile.graph.picture import Arrow, Node
from bot.flowfile.load import sketch
from bot.flowfile.problem import Problem
from tests.flowfile.campaigns import write

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
LOST = """
flow: lost
title: A "lost" <b>kite</b> & more
steps:
  hello:
    ask: Where is it? <script>alert(1)</script> "Up" & away
    buttons:
      tree: In the tree | "up" -> tre
      gone: Gone -> done
  help:
    run: help
"""


@cache
def shipped() -> tuple[Draft, tuple[Problem, ...]]:
    return sketch(ROOT)


def picture(flow: str, language: str = "") -> Picture:
    draft, problems = shipped()
    return picture_of_flow(draft, flow, problems, language)


def words_in(svg: str) -> str:
    return " ".join(text.text or "" for text in ET.XML(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("flow", shipped()[0].flows)
def test_each_step_and_each_button_of_a_shipped_flow_is_drawn(flow: str) -> None:
    draft = shipped()[0].flows[flow]
    drawn = ET.XML(as_svg(picture(flow)))
    labels = {label for arrow in picture(flow).arrows for label in arrow.labels}

    assert set(draft.step_ids) <= {group.get("data-name") for group in drawn.iter(f"{SVG}g")}
    for step in draft.flow.steps.values():
        for choice in getattr(step, "choices", ()):
            assert any(label.startswith(choice.label.source) for label in labels), choice.id


@pytest.mark.parametrize("flow", ["", *shipped()[0].flows])
def test_nothing_lies_upon_anything_else(flow: str) -> None:
    drawn = picture(flow) if flow else picture_of_campaign(*shipped())

    assert overlaps(drawn) == []


def overlaps(drawn: Picture) -> list[tuple[str, str]]:
    out = laid_out(drawn)
    things = [name for name, box in out.boxes.items() if box.node is not None or box.labels]

    def span(name: str) -> tuple[float, float, float, float]:
        box, middle, top = out.boxes[name], out.middles[name], out.tops[name]
        return middle - box.width / 2, middle + box.width / 2, top, top + box.height

    pairs = itertools.combinations(things, 2)
    return [(one, other) for one, other in pairs if _meet(span(one), span(other))]


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    aside = one[1] <= other[0] + 0.01 or other[1] <= one[0] + 0.01
    above = one[3] <= other[2] + 0.01 or other[3] <= one[2] + 0.01
    return not aside and not above


NAMES = st.lists(st.text("abcdefgh", min_size=1, max_size=2), min_size=1, max_size=14, unique=True)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    names = draw(NAMES)
    ends = st.sampled_from(names)
    label = st.sampled_from(["", "Yes", "A rather long label that has to be broken into lines", "ខ្ញុំត្រូវការជំនួយ"])
    arrows = {
        (start, end): Arrow(start, end, (text,) if text else (), faint)
        for start, end, text, faint in draw(st.lists(st.tuples(ends, ends, label, st.booleans()), max_size=30))
        if start != end
    }
    return Picture("any", tuple(Node(name, "say", name, name * 9) for name in names), tuple(arrows.values()))


@settings(max_examples=60, deadline=None)
@given(pictures())
def test_any_picture_is_laid_out_with_a_head_for_each_place_that_arrows_lead_to(drawn: Picture) -> None:
    out = laid_out(drawn)

    assert overlaps(drawn) == []
    ET.XML(as_svg(drawn))
    assert sum(line.head for line in out.lines) >= len({arrow.end for arrow in drawn.arrows})
    assert all(0 <= line.end[1] <= out.height for line in out.lines)


def test_the_same_files_give_the_same_picture() -> None:
    assert as_svg(picture("welcome")) == as_svg(picture_of_flow(*_again("welcome")))


def _again(flow: str) -> tuple[Draft, str, tuple[Problem, ...]]:
    draft, problems = sketch(ROOT)
    return draft, flow, problems


def test_a_flow_with_mistakes_is_drawn_and_they_are_marked(tmp_path: Path) -> None:
    draft, problems = sketch(write(tmp_path, **{"flows/lost.yaml": LOST}))
    drawn = as_svg(picture_of_flow(draft, "lost", problems))

    assert "⚠ E103" in words_in(drawn)
    assert "does not exist · tre" in words_in(drawn)
    assert "E103" in as_mermaid(picture_of_flow(draft, "lost", problems))
    assert "⚠" in words_in(as_svg(picture_of_campaign(draft, problems)))


def test_words_stay_words_whatever_staff_wrote(tmp_path: Path) -> None:
    draft, problems = sketch(write(tmp_path, **{"flows/lost.yaml": LOST}))
    svg = as_svg(picture_of_flow(draft, "lost", problems))
    mermaid = as_mermaid(picture_of_flow(draft, "lost", problems))

    assert not list(ET.XML(svg).iter(f"{SVG}script"))
    assert "<script>" in words_in(svg)
    assert "<script" not in mermaid
    assert all(line.count('"') in (0, 2) for line in mermaid.splitlines())


def test_the_picture_brings_no_style_script_or_address_of_its_own() -> None:
    svg = as_svg(picture("lesson_pressure"))

    assert not re.search(r"<style|<script|style=|href=|on\w+=", svg)
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_who_does_not_see_the_picture_is_told_it() -> None:
    root = ET.XML(as_svg(picture("lesson_pressure")))
    told = root.findtext(f"{SVG}desc") or ""

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "The steamy window"
    assert "Put the phone away: waited" in told
    assert "Yes ⚑ P2: offer" in " ".join(told.split())


def test_the_manual_shows_the_picture_of_its_own_story(tmp_path: Path) -> None:
    manual = (ROOT / "flows" / "README.md").read_text(encoding="utf-8")
    story = next(block for block in re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL) if "flow: kite" in block)
    draft, _ = sketch(write(tmp_path, **{"flows/kite.yaml": textwrap.dedent(story)}))
    shown = (ROOT / "flows" / "manual" / "kite.svg").read_text(encoding="utf-8")

    assert as_svg(picture_of_flow(draft, "kite")) == shown, "draw it anew: safebot flows graph kite"


def test_it_can_be_drawn_in_her_language() -> None:
    assert "Ndiyo" in words_in(as_svg(picture("lesson_pressure", "sw")))


def test_lines_break_between_words_and_in_khmer_between_syllables() -> None:
    khmer = "ខ្ញុំត្រូវការជំនួយពីអ្នកណាម្នាក់ដែលអាចទុកចិត្តបាន"
    english = wrapped("Once upon a time there was a red kite that could not fly", 13, 120, 3)

    assert english[-1].endswith("…")
    assert all(width(line, 13) <= 120 for line in [*english, *wrapped(khmer, 13, 120, 9)])
    assert "".join(wrapped(khmer, 13, 120, 9)) == khmer
    assert not any(line[0] in "\u17d2\u17c6\u17bb" for line in wrapped(khmer, 13, 120, 9))


def test_the_story_of_28_steps_is_drawn_in_a_tenth_of_a_second_or_so() -> None:
    drawn = picture("lesson_pressure")

    assert len(drawn.nodes) > 20
    assert laid_out(drawn).width < 1000
