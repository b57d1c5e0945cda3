"""One run of a campaign's tests, from its folder to what came out: all of it, one file, or the word lists alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.flowfile.conversation_files import load_scripts, read_places
from bot.flowfile.conversation_reader import flow_of
from bot.flowfile.folder import TEST
from bot.flowfile.problem import Problem, errors, in_order
from bot.work.live import Live
from bot.work.rehearsal.report import FlowCoverage, Listened, coverage, listen_all, play_all

WORDS = "flows/words"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found. `conversations` counts each language; `coverage` has one entry a flow."""

    languages: tuple[str, ...]
    conversations: int
    sentences: int
    problems: tuple[Problem, ...]
    coverage: tuple[FlowCoverage, ...]

    @property
    def failed(self) -> bool:
        """Return whether something is not as it should be."""
        return bool(errors(self.problems))


def run(folder: Path, only: str = "") -> Outcome:
    """Return what the tests of a campaign find; `only` is one file of it, or flows/words. Raises CampaignError."""
    live = Live.start(folder)
    places = read_places(folder)
    words_only, file = only.startswith(WORDS), _test_file(only)
    scripts, problems = ((), ()) if words_only else load_scripts(folder, live.campaign, file)
    result = play_all(live.campaign, live.hearing, scripts)
    heard = listen_all(live.campaign, live.hearing, places) if words_only or not file else Listened(0, ())
    covered = () if words_only else coverage(live.campaign, result, places, flow_of(file) if file else "")
    return Outcome(
        languages=live.campaign.languages,
        conversations=result.conversations,
        sentences=heard.sentences,
        problems=in_order((*problems, *result.problems, *heard.problems)),
        coverage=covered,
    )


def _test_file(only: str) -> str:
    """Return the test file that a flow's or a test's file stands for; '' for everything."""
    if not only.endswith(".yaml") or only.startswith(WORDS):
        return ""
    return only if only.endswith(TEST) else only.removesuffix(".yaml") + TEST
