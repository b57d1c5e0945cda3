"""Free words, in the order of the rules: assessed first, then help, stop and menu, then the open question, then a menu."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import answers, doors, hits, onward, recent, short_words, situations, takeover
from bot.engine.bubbles import Rows, column, own
from bot.engine.places import start_of
from bot.engine.play import Play
from bot.model.events import Said

WORD_DOORS = ("help", "stop", "menu", "talk", "wipe", "real", "language")


def said(play: Play, what: Said) -> None:
    """Answer what she wrote."""
    recent.note(play, "her", what.text)
    door = "help" if "safe_word" in what.word_lists else next((n for n in WORD_DOORS if n in what.word_lists), "")
    heard, about = situations.heard(play, what)
    if heard.level is not None:
        hits.hit(play, heard, "edit" if what.edited else "text", about)
    elif door:
        doors.enter(play, door)
    elif play.desk.case_claimed:
        takeover.noticed(play)
    elif not play.event.quiet_reply:
        _ordinary(play, what)


def _ordinary(play: Play, what: Said) -> None:
    prompt = play.chat.prompt
    if what.edited:
        # The first version was answered already; a second answer would land on the next question.
        onward.present(play)
    elif _came_back(play):
        play.say(own("back"), rows=column("go_on", "menu", "help"))
    elif prompt is not None:
        answers.typed(play, prompt, what)
    elif play.chat.careful is not None:
        short_words.said(play, play.chat.careful, what.word_lists)
    elif onward.is_stranger(play):
        onward.begin(play)
    else:
        _no_question(play, what)


def _came_back(play: Play) -> bool:
    """After half an hour she is asked neutrally, and shown no history. In careful the usual words do that."""
    last = play.before.last_at
    away = last is not None and play.event.at - last > play.campaign.clocks.back_after
    return away and play.chat.careful is None and bool(play.chat.stack or not onward.is_stranger(play))


def _no_question(play: Play, what: Said) -> None:
    """Begin the flow her word names, or offer the menu."""
    flows = play.campaign.flows.values()
    named = next((f.id for f in flows if f.starts.words and f.starts.words in what.word_lists), "")
    first = start_of(play.campaign, named)
    if first is None:
        play.say(own("hit.joined" if onward.adds_to_case(play) else "fits_nothing"), rows=_choices(play))
        return
    play.chat = replace(play.chat, stack=(first,), prompt=None)
    onward.go(play)


def _choices(play: Play) -> Rows:
    return column("help", "menu", *(("go_on",) if play.chat.resume else ()))
