"""How fast we may send: a short burst, then a steady rate. Time is an argument."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Pace:
    """A bucket of `burst` tokens that fills at `rate` a second."""

    rate: float
    burst: float
    tokens: float = 0.0
    at: float = 0.0

    def wait(self, now: float, debt: float = 0.0) -> float:
        """Return how many seconds until one more may go; 0 takes it. With `debt` that many may go before their time."""
        if self.at == 0.0:
            self.tokens, self.at = self.burst, now
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        if self.tokens + debt >= 1 - 1e-9:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens - debt) / self.rate

    def full(self, now: float) -> bool:
        """Return whether it has rested so long that it may be forgotten."""
        return self.tokens + (now - self.at) * self.rate >= self.burst
