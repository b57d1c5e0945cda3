"""The road itself, step by step, so that a test reads like the story it tells."""

from __future__ import annotations

from tests.browser.phone import Phone

PLEA = "there is a boy online who kept my video and wants money by friday"
PLEA_IN_SWAHILI = "kuna boy ana video yangu anataka pesa"

TO_THE_QUIZ = (
    ("Is this a good time for you?", "Yes"),
    ("Yesterday she said yes to a photo.", "Her no"),
    ("What helps her?", "Look and say nothing"),
    ("Maya looks at the screen for a while.", "Say no"),
)
FROM_THE_QUIZ = (
    ("What is this?", "Pressure"),
    ("Did someone push you like this lately?", "No"),
    ("Whom could she tell?", "Her friend Bina"),
    ("What does Maya do before she blocks Leo?", "Keep his messages"),
    ("On Friday it rains in Lalitpur.", "🗣️ Speak up"),
    ("Nobody may push for a picture.", "🪟 Go on"),
    ("Yesterday she said yes to a photo.", "Her no"),
    ("What helps her?", "Not passing it on"),
    ("On Sunday Maya dances again.", "Go on"),
    ("One small thing that you can try today", "I'll try it"),
)
"""Question and answer, to the lesson's end; between them stand the story's bubbles."""


async def first_contact(phone: Phone) -> None:
    """Language, age group, country, and a yes."""
    await phone.starts()
    await phone.answers("Which language do you like?", "English")
    await phone.answers("How old are you?", "13 to 15")
    await phone.answers("Which country are you in now?", "Kenya")
    await phone.answers("Shall we begin?", "Yes, let's begin")


async def plays_to_the_quiz(phone: Phone) -> None:
    """Choose the story about pressure and play it until the first quiz asks."""
    await phone.answers("Here are the stories.", "3 📷 Pictures")
    await phone.answers("These stories are about photos and videos.", "The steamy window")
    for question, answer in TO_THE_QUIZ:
        await phone.answers(question, answer)
    await phone.reads("What is this?")


async def plays_to_the_end(phone: Phone) -> None:
    """Answer the quiz, and play on until the story says goodbye."""
    for question, answer in FROM_THE_QUIZ:
        await phone.is_asked(question)
        await phone.answers(question, answer)
    await phone.reads("Come back any time.")


async def first_contact_in_swahili(phone: Phone) -> None:
    """The same, by a girl of eleven in Kenya, up to the question whether to begin."""
    await phone.starts()
    await phone.answers("Ungependa lugha gani?", "Kiswahili")
    await phone.answers("Una miaka mingapi?", "Chini ya 13")
    await phone.answers("Uko nchi gani sasa?", "Kenya")
    await phone.reads("Je, tuanze?")
