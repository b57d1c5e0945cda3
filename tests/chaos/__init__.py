"""Chaos: the real bot is killed with -9 at seeded moments, and what became of every message is counted from outside."""
