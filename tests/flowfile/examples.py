"""How many examples a property is tried with: a few hundred as a rule, SAFEBOT_HYPOTHESIS=100000 for the long run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

MANY = "SAFEBOT_HYPOTHESIS"


def often(usual: int) -> settings:
    """Return settings with this many examples, or as many as the environment asks for."""
    return settings(
        max_examples=int(os.environ.get(MANY, usual)), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
