"""Hearing a plea: word files compiled to one frozen ear, and what it makes of a message. Pure: no disk, no clock."""

from bot.detect.compiling import compile_hearing
from bot.detect.hearing import Hearing
from bot.detect.lines import answer_line, explain
from bot.detect.listen import Told, assess, hear, told
from bot.detect.model import Model
from bot.detect.patterns import BadPattern

__all__ = [
    "BadPattern",
    "Hearing",
    "Model",
    "Told",
    "answer_line",
    "assess",
    "compile_hearing",
    "explain",
    "hear",
    "told",
]
