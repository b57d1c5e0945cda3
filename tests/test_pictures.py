"""Pictures are drawn here, small, without words or photos, and every one a story shows has words for who cannot see it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest

from tests.pictures import LARGEST, PICTURES, rendered

DRAWINGS = sorted(PICTURES.glob("*.svg"))


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_a_picture_is_what_its_drawing_says_and_costs_a_girl_little(drawing: Path) -> None:
    picture = drawing.with_suffix(".png").read_bytes()

    assert picture == rendered(drawing), "run: make pictures"
    assert len(picture) <= LARGEST
    assert BytesIO(picture).read(8) == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_holds_no_words_no_photo_and_nothing_from_elsewhere(drawing: Path) -> None:
    svg = drawing.read_text(encoding="utf-8")

    assert "<title" in svg, "say in words what it shows"
    assert not re.search(r"<text|<image|<script|<foreignObject|href=|url\(http|data:", svg)


def test_every_picture_has_its_drawing() -> None:
    assert {p.stem for p in PICTURES.glob("*.png")} == {p.stem for p in DRAWINGS}
