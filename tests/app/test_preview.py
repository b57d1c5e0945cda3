"""The staff panel's way into the demo: it looks, and it puts a conversation somewhere by the bot's own store and turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from bot.app.house import open_ground
from bot.app.preview import open_preview
from bot.settings import Settings
from bot.simulator.preview import NotPossible, Wish
from bot.simulator.server import Simulator
from bot.vault.ring import KeyRing
from tests.clocks import JumpClock
from tests.scenarios.town import ROOT, Town, town

pytestmark = pytest.mark.scenario
READY = {"age_band": "13_15", "country": "KE", "opted_in": "yes"}


@pytest.fixture
async def here() -> AsyncIterator[Town]:
    async with town() as opened:
        yield opened


async def put(here: Town, name: str, *wish: Any) -> list[str]:
    """Put her somewhere as the page does; return what the bot said then."""
    who = here.sim.person(name)
    who.started = True
    before = len(here.sim.texts(name))
    await here.sim.preview.put(who.id, Wish(*wish))
    await here.settle()
    return list(here.sim.texts(name)[before:])


async def test_she_stands_where_staff_put_her_and_goes_on_from_there(here: Town) -> None:
    said = await put(here, "Ana", "lesson_pressure", "asked", READY, {"stars": "3"})
    standing = await here.sim.preview.standing(here.sim.person("Ana").id)
    answered = await here.girl("Ana").taps("No")

    assert "Did someone push you" in said[0]
    assert (standing.flow, standing.step, standing.waits) == ("lesson_pressure", "asked", True)
    assert {**standing.profile, **standing.answers} == {**READY, "stars": "3"}
    assert "Whom could she tell?" in answered[-1]


async def test_the_language_can_be_switched_mid_way(here: Town) -> None:
    await put(here, "Ana", "lesson_pressure", "asked", READY)
    said = await put(here, "Ana", "", "", {"language": "sw"})

    assert here.sim.buttons("Ana")[0] == "Ndiyo"
    assert len(said) == 1
    assert (await here.sim.preview.standing(here.sim.person("Ana").id)).profile == {**READY, "language": "sw"}


async def test_what_the_detector_thought_of_her_last_words_is_shown(here: Town) -> None:
    await put(here, "Ana", "lesson_pressure", "quiz_push", READY)
    await here.girl("Ana").says("my father beats me every day")
    standing = await here.sim.preview.standing(here.sim.person("Ana").id)

    assert standing.heard is not None
    assert (standing.heard.level, standing.heard.category) == ("P2", "violence_home")
    assert standing.careful == "P2 violence_home"
    assert standing.case.startswith("P2 violence_home")
    assert "lesson_pressure/quiz_push" in standing.under


async def test_a_wish_for_what_is_not_there_changes_nothing_and_says_what_is(here: Town) -> None:
    await put(here, "Ana", "menu")
    before = await here.sim.preview.standing(here.sim.person("Ana").id)
    for wish, hint in (
        (Wish("men"), "did you mean 'menu'?"),
        (Wish("menu", "pikc"), "did you mean 'pick'?"),
        (Wish(profile={"language": "xx"}), "there is: en"),
        (Wish(answers={"star": "1"}), "did you mean 'stars'?"),
        (Wish(answers={"stars": "many"}), "a number from 0 to"),
    ):
        with pytest.raises(NotPossible, match=hint.replace("?", r"\?")):
            await here.sim.preview.put(here.sim.person("Ana").id, wish)

    assert await here.sim.preview.standing(here.sim.person("Ana").id) == before


async def test_answers_that_may_not_last_are_kept_for_the_day_only(here: Town) -> None:
    await put(here, "Ana", "lesson_pressure", "", {**READY, "age_band": "under_13"}, {"stars": "2"})
    young = await here.sim.preview.standing(here.sim.person("Ana").id)
    await put(here, "Ana", "lesson_pressure", "", {**READY, "age_band": "18_plus"}, {"stars": "2"})
    grown = await here.sim.preview.standing(here.sim.person("Ana").id)

    assert young.answers == {"stars": "2"}
    assert grown.profile["stars"] == "2"
    assert grown.answers == {}


async def test_the_panel_asks_over_http_as_json_only(here: Town) -> None:
    ana, url = here.sim.person("Ana").id, here.demo.chat
    async with aiohttp.ClientSession() as browser:
        drawn = await browser.get(f"{url}/preview/picture?flow=menu&language=sw")
        done = await browser.post(f"{url}/preview/put?chat={ana}", json={"flow": "menu"})
        form = await browser.post(f"{url}/preview/put?chat={ana}", data='{"flow": "menu"}')
        unknown = await browser.post(f"{url}/preview/put?chat={ana}", json={"flow": "nowhere"})
        nobody = await browser.post(f"{url}/preview/put?chat=17", json={"flow": "menu"})
        elsewhere = await browser.get(f"{url}/preview/stage", headers={"Host": "evil.example"})
        stage = await (await browser.get(f"{url}/preview/stage")).json()

        assert (drawn.status, drawn.content_type) == (200, "image/svg+xml")
        assert [r.status for r in (done, form, unknown, nobody, elsewhere)] == [200, 415, 400, 400, 421]
        assert "there is no flow 'nowhere'" in (await unknown.json())["error"]
        assert {"id": "pick", "kind": "ask"}.items() <= stage["flows"][_place(stage, "menu")]["steps"][0].items()


def _place(stage: Any, flow: str) -> int:
    return next(place for place, one in enumerate(stage["flows"]) if one["id"] == flow)


async def test_without_a_preview_there_is_no_panel_and_a_bot_that_is_no_demo_gives_none(tmp_path: Path) -> None:
    clock = JumpClock()
    simulator = Simulator(clock)
    await simulator.start()
    settings = Settings(campaign=ROOT, key=KeyRing.new().dump(), database_url=f"sqlite:///{tmp_path / 'bot.db'}")
    ground = await open_ground(settings, clock)
    try:
        async with aiohttp.ClientSession() as browser:
            assert (await browser.get(f"{simulator.url}/preview/stage")).status == 404
            assert (await (await browser.get(f"{simulator.url}/state")).json())["staff"] is False

        live: Any = SimpleNamespace(ground=ground)
        with pytest.raises(ValueError, match="demo only"):
            open_preview(live)
    finally:
        await ground.close()
        await simulator.stop()


def test_only_the_demo_opens_a_preview() -> None:
    sources = [path for path in (ROOT / "bot").rglob("*.py") if "open_preview" in path.read_text(encoding="utf-8")]

    assert {path.name for path in sources} == {"preview.py", "demo.py"}
