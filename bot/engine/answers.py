"""An answer to the open question: a tap, typed words that mean a button, or free words that are kept."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import ask, daily, edits, hits, labels, onward, quiz, short_words, young
from bot.engine.bubbles import column, own
from bot.engine.expressions import number
from bot.engine.play import Play
from bot.engine.values import remember
from bot.engine.walk import follow
from bot.model.conversation import Prompt, Run
from bot.model.events import Said
from bot.model.flow import Ask, Choice, Flow, Quiz

LONGEST_ANSWER = 500
Question = Ask | Quiz


def tapped(play: Play, data: str) -> None:
    """Take a button of a question: the open one counts, any other has passed."""
    prompt = play.chat.prompt
    chosen = _chosen(prompt, data) if prompt is not None else None
    if prompt is None or chosen is None:
        play.say(own("passed"))
        onward.present(play)
        return
    asked = edits.question(play, prompt)
    if asked is None:
        onward.show_again(play)
        return
    flow, step = asked
    choose(play, flow, step, next(c for c in step.choices if c.id == chosen))


def _chosen(prompt: Prompt, data: str) -> str | None:
    """Return the id of the choice a button of this question carries."""
    nonce, _, name = data.partition(".")
    if nonce != prompt.nonce:
        return None
    if name.startswith("#"):
        return next((c for i, c in enumerate(prompt.choices) if name == f"#{i}"), None)
    return name if name in prompt.choices else None


def carries_signal(play: Play, prompt: Prompt, data: str) -> bool:
    """Return whether a button of the open question counts like worrying text."""
    asked, chosen = edits.question(play, prompt), _chosen(prompt, data)
    return asked is not None and any(c.id == chosen and c.signal is not None for c in asked[1].choices)


def choose(play: Play, flow: Flow, step: Question, choice: Choice) -> None:
    """Keep the choice, move on, and treat a choice with a signal exactly like worrying text."""
    if isinstance(step, Quiz):
        quiz.answered(play, flow, step, choice)
    elif step.save_as:
        remember(play, flow, step.save_as, choice.id)
        if step.save_as == daily.WISH:
            daily.wished(play)
    _stand_on(play, flow, step)
    follow(play, flow, step, choice.to)
    if choice.signal is not None:
        hits.tapped(play, choice.signal, f"{flow.id}.{step.id}.{choice.id}")
    elif isinstance(step, Ask) and step.save_as == "age_band" and (heard := young.now_known(play)) is not None:
        hits.hit(play, heard, "tap")
    else:
        onward.go(play)


def _stand_on(play: Play, flow: Flow, step: Question) -> None:
    """The question may have a new name since she was asked."""
    if play.chat.stack[-1:] != (Run(flow.id, step.id, step.hash),):
        play.chat = replace(play.chat, stack=(*play.chat.stack[:-1], Run(flow.id, step.id, step.hash)))


def typed(play: Play, prompt: Prompt, said: Said) -> None:
    """Take typed words as an answer to the open question, or say kindly that they do not fit."""
    asked = edits.question(play, prompt)
    if asked is None:
        onward.show_again(play)
        return
    flow, step = asked
    choice = labels.meant(play, step.choices, said.text, said.word_lists)
    if choice is not None:
        choose(play, flow, step, choice)
    elif isinstance(step, Ask) and (kept := _free(flow, step, said.text)) is not None:
        remember(play, flow, step.save_as, kept)
        _stand_on(play, flow, step)
        follow(play, flow, step, None)
        onward.go(play)
    elif play.chat.careful is not None:
        short_words.said(play, play.chat.careful, said.word_lists)
    else:
        _not_understood(play, flow, step, prompt, said)


def _free(flow: Flow, step: Ask, text: str) -> str | int | None:
    """Return what a free answer is worth keeping as, None when it does not fit the declaration."""
    variable = flow.remembers.get(step.save_as)
    if not step.save_as or variable is None:
        return None
    if variable.kind == "text":
        return text.strip()[:LONGEST_ANSWER] or None
    if variable.kind == "number":
        count = number(text.strip())
        return count if count is not None and variable.low <= count <= variable.high else None
    return labels.plain(text) if labels.plain(text) in variable.options else None


def _not_understood(play: Play, flow: Flow, step: Question, prompt: Prompt, said: Said) -> None:
    """Ask again a few times, with a way to help; then go where the flow says."""
    tries = prompt.tries + 1
    target = step.not_understood if isinstance(step, Ask) else None
    if target is not None and isinstance(step, Ask) and tries >= step.tries:
        _stand_on(play, flow, step)
        follow(play, flow, step, target)
        onward.go(play)
        return
    play.say(own(_kind_word(play, flow, step, said)), rows=column("help", "menu"))
    ask.show(play, flow, step, tries)


def _kind_word(play: Play, flow: Flow, step: Question, said: Said) -> str:
    if onward.adds_to_case(play):
        return "hit.joined"
    return "welcome" if "thanks" in said.word_lists else _sorry(flow, step)


def _sorry(flow: Flow, step: Question) -> str:
    variable = flow.remembers.get(step.save_as) if isinstance(step, Ask) else None
    return "not_a_number" if variable is not None and variable.kind == "number" else "not_understood"
