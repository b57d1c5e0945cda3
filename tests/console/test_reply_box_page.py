"""The page around the reply box, without JavaScript: what she wrote meanwhile, what is ticked, what waits, what is found."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.console.reply_box import with_blanks
from bot.model.campaign import CannedReply
from bot.model.ids import CaseId
from bot.model.levels import Level
from bot.store.desk_records import DeskWrite
from bot.store.reply_records import ReplyState
from bot.work.desk.held_replies import LettingGo
from tests.console.house import CAMPAIGN, Browser, House, a_house

ANA = CaseId("ana1")
STRANGE = "Andika kwa www.some-strange-place.com"
OURS = replace(
    CAMPAIGN,
    replies=(
        *CAMPAIGN.replies,
        CannedReply(
            "stay",
            "she speaks of dying",
            "Stay with her.",
            {"en": "I am here now.", "sw": "Niko hapa sasa."},
            crisis=True,
        ),
    ),
    topic_words={"sw": ("picha",)},
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path, campaign=OURS) as made:
        yield made


async def max_has_it(house: House, **changes: object) -> tuple[Browser, str]:
    await house.room.opens(**changes)  # type: ignore[arg-type]  # passed on as it came
    browser = await house.browser("Max")
    await browser.send("/cases/ana1/claim")
    return browser, str((await house.room.desk.look(house.room.max, ANA)).seen)


def the_form(page: str) -> str:
    return page.split('id="reply">')[1].split("</form>")[0]


async def test_what_she_wrote_stands_above_the_box_and_one_tap_says_seen_and_sends(house: House) -> None:
    max_, seen = await max_has_it(house)
    await house.room.ana_writes(text="I am outside now")

    status, page = await max_.send("/cases/ana1/reply", text="Asante.", seen=seen)

    assert status == 409
    above = page.split('id="reply">')[0]
    assert "I am outside now" in above.split("newer-lines")[1], "her words stand above the box"
    form = the_form(page)
    assert "Seen, send" in form and ">Asante.<" in form
    newest = form.split('name="seen" value="')[1].split('"')[0]
    draft = form.split('name="draft" value="')[1].split('"')[0]
    assert (await max_.send("/cases/ana1/reply", text="Asante.", seen=newest, draft=draft))[0] == 303
    assert [r.state for r in await house.room.store.replies(ANA)] == [ReplyState.PENDING]


async def test_until_she_answers_the_page_reminds_that_it_may_not_be_she(house: House) -> None:
    max_, seen = await max_has_it(house)
    _, page = await max_.get("/cases/ana1?words=open")
    assert "It may not be she who reads this." in page
    await max_.send("/cases/ana1/reply", text="Habari.", seen=seen)
    await house.room.ana_writes()
    _, page = await max_.get("/cases/ana1?words=open")
    assert "It may not be she who reads this." not in page


async def test_first_words_that_show_the_topic_can_be_sent_anyway_with_one_tap(house: House) -> None:
    max_, seen = await max_has_it(house)

    status, page = await max_.send("/cases/ana1/reply", text="Picha yako?", seen=seen)

    assert status == 409 and "Picha yako?" in the_form(page)
    assert 'name="anyway" value="yes"' in the_form(page)
    assert (await max_.send("/cases/ana1/reply", text="Picha yako?", seen=seen, anyway="yes"))[0] == 303


async def test_crisis_words_come_back_with_a_box_to_tick(house: House) -> None:
    max_, seen = await max_has_it(house)
    _, page = await max_.get("/cases/ana1?words=open&use=stay")
    assert 'name="fits"' in the_form(page) and "Niko hapa sasa." in the_form(page)

    status, page = await max_.send("/cases/ana1/reply", text="Niko hapa sasa.", seen=seen)

    assert status == 409 and 'name="fits" value="yes" required' in the_form(page)
    assert (await max_.send("/cases/ana1/reply", text="Niko hapa sasa.", seen=seen, fits="yes"))[0] == 303


async def test_what_was_ticked_once_stays_ticked_when_the_words_come_back_for_another_reason(house: House) -> None:
    max_, seen = await max_has_it(house)
    text = "Niko hapa sasa."
    _, page = await max_.send("/cases/ana1/reply", text="Picha?", seen=seen, fits="yes", ask_hours="yes")
    assert 'name="fits" value="yes" checked' in the_form(page) and 'name="ask_hours" value="yes" checked' in the_form(
        page
    )
    _, page = await max_.send("/cases/ana1/reply", text=text, seen=seen, anyway="yes")
    assert 'type="hidden" name="anyway" value="yes"' in the_form(page)


async def test_her_hours_are_shown_and_when_a_reply_would_go(house: House) -> None:
    max_, seen = await max_has_it(house, safe_hours="evening", last_hers_at=house.room.clock.now() - timedelta(hours=2))
    _, page = await max_.get("/cases/ana1?words=open")
    assert "only evenings" in page and "this goes out at 17:00" in page
    await max_.send("/cases/ana1/reply", text="Habari.", seen=seen)
    _, page = await max_.get("/cases/ana1?words=open")
    assert "Your reply goes out at 17:00" in page and 'class="undo"' not in page


async def test_words_for_a_girl_who_wants_to_write_first_come_back_as_a_draft(house: House) -> None:
    max_, seen = await max_has_it(
        house, safe_hours="me_first", last_hers_at=house.room.clock.now() - timedelta(hours=2)
    )
    status, page = await max_.send("/cases/ana1/reply", text="Habari.", seen=seen)
    assert status == 409 and "only after she has written" in page and ">Habari.<" in the_form(page)


async def test_she_can_be_asked_for_her_hours_with_a_reply(house: House) -> None:
    max_, seen = await max_has_it(house)
    await max_.send("/cases/ana1/reply", text="Habari.", seen=seen, ask_hours="yes")
    (reply,) = await house.room.store.replies(ANA)
    assert (await house.room.timers())[f"reply:{reply.id}"][1] == "hours"


async def test_a_supervisor_sees_what_waits_lets_it_go_or_sends_it_back(house: House) -> None:
    max_, seen = await max_has_it(house)
    await max_.send("/cases/ana1/reply", text=STRANGE, seen=seen)
    (reply,) = await house.room.store.replies(ANA)
    _, page = await max_.get("/cases/ana1?words=open")
    assert "waits for a second person" in page and "let it go" not in page
    assert "Replies that need" not in (await max_.get("/queue"))[1]

    lena = await house.browser("Lena")
    _, queue = await lena.get("/queue")
    assert f"reply-{reply.id}" in queue and "some-strange" not in queue
    _, page = await lena.get("/cases/ana1?words=open")
    assert "It is right: let it go" in page
    assert (await lena.send("/cases/ana1/send-back", reply=reply.id, text="Use the list."))[0] == 303
    _, page = await max_.get("/cases/ana1?words=open")
    assert "Use the list." in page and STRANGE in the_form(page)

    await max_.send("/cases/ana1/reply", text=STRANGE, seen=seen, draft=reply.id)
    (again,) = await house.room.store.replies(ANA)
    assert (await max_.send("/cases/ana1/release-reply", reply=again.id))[0] == 404
    assert (await lena.send("/cases/ana1/release-reply", reply=again.id))[0] == 303
    (gone,) = await house.room.store.replies(ANA)
    assert (gone.state, gone.reviewed_by) == (ReplyState.PENDING, house.room.lena.id)


async def test_what_went_out_before_anybody_came_is_shown_until_somebody_has_looked(house: House) -> None:
    max_, seen = await max_has_it(house, level=Level.P1)
    await max_.send("/cases/ana1/reply", text=STRANGE, seen=seen)
    house.room.clock.pass_by(minutes=2)
    assert await LettingGo(house.room.store, house.room.clock).look() == 1
    (reply,) = await house.room.store.replies(ANA)

    lena = await house.browser("Lena")
    assert "went out before anybody came" in (await lena.get("/queue"))[1]
    assert (await lena.send("/cases/ana1/looked-at", reply=reply.id))[0] == 303
    assert "went out before anybody came" not in (await lena.get("/queue"))[1]


async def test_a_reply_that_was_not_opened_in_a_day_is_told(house: House) -> None:
    max_, seen = await max_has_it(house)
    await max_.send("/cases/ana1/reply", text="Habari.", seen=seen)
    (reply,) = await house.room.store.replies(ANA)
    for was, becomes in ((ReplyState.PENDING, ReplyState.SENT), (ReplyState.SENT, ReplyState.UNOPENED)):
        await move(house, reply.id, was, becomes)
    assert "not opened within a day" in (await max_.get("/cases/ana1?words=open"))[1]


async def move(house: House, reply: str, was: ReplyState, becomes: ReplyState) -> None:
    assert await house.room.store.commit_desk(DeskWrite(reply_state=(reply, was, becomes)))


async def test_ready_replies_are_found_by_situation_and_by_any_of_their_words(house: House) -> None:
    max_, _ = await max_has_it(house)
    for words, ids in (("dying", {"stay"}), ("asante", {"thank_you"}), ("niko HAPA", {"stay"}), ("zebra", set())):
        _, page = await max_.get(f"/cases/ana1?words=open&find={words}")
        assert {one for one in ("stay", "thank_you", "call") if f"use={one}" in page} == ids
    assert "Nothing fits these words." in page


async def test_a_ready_reply_shows_its_blanks_what_it_means_and_what_must_not_be_changed(house: House) -> None:
    await house.room.opens()
    lena = await house.browser("Lena")
    await lena.send("/cases/ana1/claim")
    _, page = await lena.get("/cases/ana1?words=open")
    assert "You can call <mark>{number}</mark>." in page and "You can call 116." in page
    assert "You do not write Swahili: these words go out as they are" in page


def test_blanks_are_marked_and_everything_else_is_escaped() -> None:
    marked = str(with_blanks("Call <number> or {line} & <script>alert(1)</script>"))
    assert marked == (
        "Call <mark>&lt;number&gt;</mark> or <mark>{line}</mark> &amp; <mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt;"
    )
