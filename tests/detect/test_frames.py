"""Each frame is tested by the sentences staff wrote beside it."""

from __future__ import annotations

import pytest

from bot.detect import Hearing, assess
from bot.model.assessment import Context
from bot.model.campaign import RiskFrame
from tests.detect.conftest import LANGUAGES, read

FRAMES = [frame for language in LANGUAGES for frame in read(language)[0].frames]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_file_has_no_problem(language: str) -> None:
    assert read(language)[1] == []


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: str(frame.id))
def test_a_frame_hears_what_it_must_and_leaves_the_rest(hearing: Hearing, frame: RiskFrame) -> None:
    missed = [n for n, text in enumerate(frame.catches) if frame.id not in assess(hearing, text, Context()).rules]
    false = [n for n, text in enumerate(frame.ignores) if assess(hearing, text, Context()).level is not None]

    assert (missed, false) == ([], []), "numbers of the sentences under catches that are missed, ignores that are heard"


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: str(frame.id))
def test_a_frame_reaches_at_least_its_own_level(hearing: Hearing, frame: RiskFrame) -> None:
    low = [n for n, t in enumerate(frame.catches) if (assess(hearing, t, Context()).level or "P9") > frame.level]

    assert low == []
