"""The last good versions: kept as they ran, gone back to without git, and there after a restart."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.flowfile.conversation_model import Start
from bot.flowfile.folder import Folder
from bot.work.live import CampaignError, Live
from bot.work.rehearsal.rehearsal import Rehearsal
from bot.work.versions import Versions
from tests.flowfile.campaigns import CAMPAIGN, HELLO, write

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BROKEN = HELLO.replace("end: done", "go: nowhere")


def says(words: str) -> str:
    return HELLO.replace("Good that you are here.", words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "campaign", **{"flows/hello.yaml": says("One.")})


@pytest.fixture
def kept(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "bot.versions")


@pytest.fixture
def live(folder: Path, kept: Versions) -> Live:
    return Live.start(folder, kept)


def save(live: Live, hello: str) -> None:
    """Staff save the file, and the running bot looks."""
    (live.folder / "flows" / "hello.yaml").write_text(hello, encoding="utf-8")
    live.refresh()


def plays(live: Live) -> str:
    """Return what the campaign that runs says."""
    return live.campaign.flows["hello"].steps["hello"].words.source  # type: ignore[union-attr]  # it has words


def safebot(live: Live, *arguments: str) -> Result:
    assert live.kept is not None
    settings = {"SAFEBOT_CAMPAIGN": str(live.folder), "SAFEBOT_VERSIONS": str(live.kept.place)}
    return CliRunner().invoke(main, ["flows", *arguments], env=settings)


def test_each_good_version_is_kept_with_what_was_new_in_it(live: Live, kept: Versions) -> None:
    save(live, says("Two."))

    assert [version.number for version in kept.all()] == [1, 2]
    assert kept.all()[1].changed == ("flows/hello.yaml",)
    assert kept.all()[1].name == live.campaign.version


def test_a_broken_version_is_not_kept(live: Live, kept: Versions) -> None:
    save(live, BROKEN)

    assert len(kept.all()) == 1 and live.refused


def test_a_restart_without_an_edit_keeps_nothing_new(live: Live, kept: Versions) -> None:
    Live.start(live.folder, kept)

    assert len(kept.all()) == 1


def test_only_the_last_ones_are_kept(live: Live, kept: Versions) -> None:
    campaign = live.folder / "flows" / "campaign.yaml"
    campaign.write_text(f"{CAMPAIGN}versions: 3\n", encoding="utf-8")
    for number in range(5):
        save(live, says(f"Number {number}."))

    assert [version.number for version in kept.all()] == [4, 5, 6]
    assert "Number 4." in plays(live)


def test_a_version_is_the_whole_campaign_and_shares_what_did_not_change(live: Live, kept: Versions) -> None:
    save(live, says("Two."))
    one, two = (version.place for version in kept.all())

    assert [Folder(one).label(p) for p in Folder(one).read_from()] == [
        live.folder.joinpath(p).relative_to(live.folder).as_posix() for p in Folder(live.folder).read_from()
    ]
    assert (one / "flows/help.yaml").samefile(two / "flows/help.yaml")
    assert not (one / "flows/hello.yaml").samefile(two / "flows/hello.yaml")


def test_an_officer_goes_back_and_a_running_bot_takes_it(live: Live) -> None:
    save(live, says("Two."))
    done = safebot(live, "back")

    assert done.exit_code == 0 and "Version 1" in done.output
    assert live.refresh() and "One." in plays(live)
    assert "Two." in (live.folder / "flows/hello.yaml").read_text(encoding="utf-8")


def test_who_waits_at_a_question_that_the_older_version_does_not_have_is_not_left_alone(live: Live) -> None:
    asking = "  hello:\n    say: Hello. Two.\n  new:\n    ask: Ready?\n    buttons: {yes: Yes -> done}\n"
    save(live, f"flow: hello\ntitle: Hello\nsteps:\n{asking}")
    chat = Rehearsal(live.campaign, live.hearing, "en")
    assert chat.start(Start("hello")).buttons
    safebot(live, "back")
    live.refresh()
    chat.take_up(live.campaign, live.hearing)

    assert any("One." in words for words in chat.tap("yes").said)
    assert chat.place == ("hello", "hello")


def test_what_was_gone_back_to_runs_after_a_restart_too(live: Live, kept: Versions) -> None:
    save(live, says("Two."))
    safebot(live, "back")

    assert "One." in plays(Live.start(live.folder, kept))


def test_back_and_back_again_goes_further_and_a_number_goes_anywhere(live: Live) -> None:
    save(live, says("Two."))
    save(live, says("Three."))
    for arguments, words in (
        (["back"], "Two."),
        (["back"], "One."),
        (["back", "2"], "Two."),
        (["back", "3"], "Three."),
    ):
        assert safebot(live, *arguments).exit_code == 0
        assert live.refresh() and words in plays(live)


def test_the_next_good_edit_runs_and_a_broken_one_does_not(live: Live) -> None:
    save(live, says("Two."))
    safebot(live, "back")
    live.refresh()
    save(live, BROKEN)
    assert "One." in plays(live)

    save(live, says("Three."))
    assert "Three." in plays(live)
    save(live, says("Two."))
    assert "Two." in plays(live)


def test_a_bot_starts_with_the_last_good_version_while_the_folder_is_broken(live: Live, kept: Versions) -> None:
    save(live, says("Two."))
    save(live, BROKEN)
    again = Live.start(live.folder, kept)

    assert "Two." in plays(again) and again.refused
    assert "E103" in {problem.code for problem in again.problems}


def test_a_bot_that_was_taken_back_starts_there_while_the_folder_is_broken(live: Live, kept: Versions) -> None:
    save(live, says("Two."))
    safebot(live, "back")
    save(live, BROKEN)

    assert "One." in plays(Live.start(live.folder, kept))


def test_without_a_good_version_a_broken_campaign_does_not_start(folder: Path, kept: Versions) -> None:
    (folder / "flows/hello.yaml").write_text(BROKEN, encoding="utf-8")

    with pytest.raises(CampaignError):
        Live.start(folder, kept)


def test_where_nothing_can_be_kept_the_campaign_runs_all_the_same(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    live = Live.start(folder, Versions(tmp_path / "a file" / "versions"))
    save(live, says("Two."))

    assert "Two." in plays(live)


def test_what_cannot_be_read_among_the_versions_is_passed_over(live: Live, kept: Versions) -> None:
    (kept.place / "00007").mkdir()
    (kept.place / "00001" / "version.json").write_text("{")
    save(live, says("Two."))

    assert "Two." in plays(live) and len(kept.all()) == 1


def test_the_list_says_what_changed_and_what_runs(live: Live) -> None:
    save(live, says("Two."))
    shown = safebot(live, "versions").output.splitlines()
    assert "the whole campaign" in shown[0] and "runs now" in shown[1] and "flows/hello.yaml" in shown[1]

    safebot(live, "back")
    assert "runs now" in safebot(live, "versions").output.splitlines()[0]
    save(live, BROKEN)
    assert "runs now" in safebot(live, "versions").output.splitlines()[0]
    assert '"runs": true' in safebot(live, "versions", "--format", "json").output


def test_who_cannot_go_back_is_told_why(live: Live, tmp_path: Path) -> None:
    assert safebot(live, "back").exit_code == 1
    assert "no version 9" in safebot(live, "back", "9").output
    shutil.rmtree(tmp_path / "bot.versions")
    assert "No version is kept yet" in safebot(live, "versions").output
