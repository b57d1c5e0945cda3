"""Her word on her own case: a person may read it, I am fine, stop writing to me, another helper, where is it."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import doors, takeover, unopened
from bot.engine.bubbles import column, own
from bot.engine.closing import FIRM, P3_TIMER, line, whereabouts
from bot.engine.onward import CHOOSE, WITH_PERSON
from bot.engine.play import Play
from bot.model.effects import ClearTimer, SheSays, Signal


def person(play: Play) -> None:
    """Yes, a person: signal what waits for it. Without anything waiting it means that she wants to talk."""
    offered = play.chat.offered
    if play.desk.case_state == "withdrawn":
        takeover.wanted_again(play)
    elif offered is None:
        doors.enter(play, "talk")
    else:
        play.emit(Signal(offered.level, offered.category, offered.rules, "tap", consented=True))
        _yes(play)


def read_yes(play: Play) -> None:
    """A person may read it."""
    if play.desk.case_open:
        play.emit(SheSays("yes"))
        _yes(play)
    elif play.chat.offered is not None:
        person(play)
    else:
        no_case(play)


def _yes(play: Play) -> None:
    # The numbers were in the help words: a short while after them they are named, not repeated.
    careful = play.chat.careful
    listed = careful is not None and play.now - careful.since <= play.campaign.clocks.back_after
    _answered(play)
    play.say(own("read_yes"), line(play, listed=listed), own("safe_word"), rows=column("hours", *CHOOSE))


def _answered(play: Play) -> None:
    play.emit(ClearTimer(P3_TIMER))
    careful = play.chat.careful
    play.chat = replace(play.chat, offered=None, careful=replace(careful, asked="") if careful else None)


def fine(play: Play) -> None:
    """No, I am fine: P1 and P2 stay for a person to decide, P3 goes, of less nothing was kept."""
    said = _fine_words(play)
    if play.desk.case_open:
        play.emit(SheSays("no"))
    _answered(play)
    _forget(play, said)
    play.say(own(said), own("safe_word"), rows=column(*CHOOSE))


def _forget(play: Play, said: str) -> None:
    """What nobody shall read is not kept in passing either: a later case would take it in."""
    if said != "fine.stays":
        play.chat = replace(play.chat, recent=())


def joking(play: Play) -> None:
    """It was a test or a joke: that is all right. What happens with it is the same as for 'I am fine'."""
    said = _fine_words(play)
    if play.desk.case_open:
        play.emit(SheSays("no"))
    _answered(play)
    _forget(play, said)
    play.say(own(said), own("joke"), rows=column("help", *CHOOSE))


def _fine_words(play: Play) -> str:
    if not play.desk.case_open:
        return "fine.nothing"
    if play.desk.case_level in FIRM or play.desk.case_claimed:
        return "fine.stays"
    return "fine.gone"


def withdraw(play: Play) -> None:
    """Stop writing to me about it."""
    if not play.desk.case_open:
        no_case(play)
        return
    play.emit(SheSays("withdraw"))
    firm = play.desk.case_level in FIRM
    unopened.take_all(play)
    play.say(own("withdraw.done" if firm else "withdraw.gone"), own("safe_word"), rows=column("menu", "help"))


def other_helper(play: Play) -> None:
    """Another helper, no reason asked."""
    if not play.desk.case_open:
        no_case(play)
        return
    play.emit(SheSays("another_helper"))
    play.say(own("other_helper.done"), rows=column("help", "status"))


def status(play: Play) -> None:
    """Where her message is; only because she asks."""
    waits = ("open",) if play.chat.waiting else ()
    play.say(whereabouts(play), rows=column(*waits, *_about(play)))


def _about(play: Play) -> tuple[str, ...]:
    if play.desk.case_state == "withdrawn":
        return ("person", "help")
    return ("hours", *WITH_PERSON) if play.desk.case_open else ("help", "menu")


def no_case(play: Play) -> None:
    """Nothing of hers waits here."""
    play.say(own("no_case"), rows=column("help", "menu"))
