"""What the pretend people say: ordinary sentences of a girl's day, each with a number of its own. Nothing worrying."""

from __future__ import annotations

from random import Random

WHO = (
    "my sister",
    "our teacher",
    "the baker",
    "grandmother",
    "a friend from class",
    "my cousin",
    "mama",
    "nobody",
)
DOES = ("sings in the kitchen", "reads a long book about rivers", "came home late from the market", "likes the quiz")
MORE = (
    "and then we ate mangoes together",
    "because it rained all morning",
    "so i learned how to change my password today",
    "and the soup was still hot",
    "na tulicheka sana",
    "",
)
SWAHILI = ("leo nilisoma hadithi nzuri shuleni", "rafiki yangu anapenda kucheza mpira", "jibu ni la pili nadhani")


def sentences(seed: int, count: int) -> list[str]:
    """Return so many sentences, no two alike."""
    dice = Random(seed)
    return [f"{_sentence(dice)} {seed}.{number}" for number in range(count)]


def _sentence(dice: Random) -> str:
    if dice.random() < 0.2:
        return dice.choice(SWAHILI)
    return f"{dice.choice(WHO)} {dice.choice(DOES)} {dice.choice(MORE)}".strip()
