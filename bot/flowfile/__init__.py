"""Campaign files to a compiled campaign. `load` is the only reader of a campaign folder; every mistake is a numbered problem.

The names most callers want come from `bot.flowfile.load`, `bot.flowfile.folder` and `bot.flowfile.problem`.
"""

from __future__ import annotations

from bot.flowfile.folder import fingerprint
from bot.flowfile.load import Loaded, load, load_words
from bot.flowfile.problem import Problem

__all__ = ["Loaded", "Problem", "fingerprint", "load", "load_words"]
