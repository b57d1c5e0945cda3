"""What keeps the bot from starting, as one clear line for the operator."""

from __future__ import annotations


class CannotStart(Exception):
    """The bot cannot run like this; the line says what is wrong and what to do. The command exits with 2."""

    exit_code = 2
