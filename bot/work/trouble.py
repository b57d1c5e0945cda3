"""What may be said of a bug in a log: its kind and its place. An exception's own words may hold hers, so never those."""

from __future__ import annotations

import traceback
from pathlib import Path


def place_of(error: BaseException) -> str:
    """Return `KeyError at engine/step.py:34`: where in our rooms it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = next((f for f in reversed(frames) if "/bot/" in f.filename), frames[-1] if frames else None)
    where = "/".join(Path(ours.filename).parts[-2:]) + f":{ours.lineno}" if ours else "?"
    return f"{type(error).__name__} at {where}"
