"""The conversation: `step` says what follows from one event. Plain functions that decide; they never send, store or wait.

One file per step kind (say ask quiz decide set run handoff), one per thing that may happen at any time.
"""

from __future__ import annotations

from bot.engine.step import step

__all__ = ["step"]
