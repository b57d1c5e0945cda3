"""What can go wrong with the store, said so that an operator knows what to do."""

from __future__ import annotations


class StoreError(Exception):
    """Nothing could be written: do not acknowledge, try again."""
