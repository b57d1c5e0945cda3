"""`safebot flows play`: a flow as a chat in the terminal. Nothing is stored; a saved file is taken at once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.campaign import default_campaign
from bot.cli.problems import plainly, stop

if TYPE_CHECKING:
    from bot.flowfile.conversation_model import Act
    from bot.work.live import Live
    from bot.work.rehearsal.brought import Brought, Shown
    from bot.work.rehearsal.rehearsal import Rehearsal

HOW = "Type a button's number, or words. Also: /help, photo, +20h (time passes: m, h, d). An empty line ends it."
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
WAITS = re.compile(r"\+(\d{1,4}) ?([mhd])")


@click.command(name="play")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--lang", "language", help="The language to play in (the campaign's first if not given).")
@click.option("--explain", is_flag=True, help="Show step, answers, case, and what the detector thought.")
@click.option("--start", "start", help="Another flow, a command (/help), 'first contact' or 'nothing yet'.")
@click.option(
    "--age",
    type=click.Choice(["under_13", "13_15", "16_17", "18_plus", "none"]),
    help="How old she is (13_15 if not given; with 'first contact' nothing is known of her).",
)
@click.option("--country", help="KE, NP … (the campaign's first if not given; none: not asked yet).")
@click.option("--opted-in", type=click.Choice(["yes", "no", "none"]), help="What she said (yes if not given).")
@click.option(
    "--remember", multiple=True, metavar="NAME=VALUE", help="An answer she has given before. May be repeated."
)
@plainly
def command(
    path: Path,
    language: str | None,
    explain: bool,
    start: str | None,
    age: str | None,
    country: str | None,
    opted_in: str | None,
    remember: tuple[str, ...],
) -> None:
    """Play FILE at the keyboard, as a girl in her chat.

    Example:  safebot flows play flows/welcome.yaml --lang sw --explain
    """
    from bot.flowfile.conversation_model import Given, Start
    from bot.work.live import Live
    from bot.work.rehearsal.rehearsal import Rehearsal

    live = Live.start(_folder_of(path))
    language = _language(live, language)
    given = Given(age=age or "", country=country or "", opted_in=opted_in or "", remembers=_remembered(remember))
    screen = Screen(live, Rehearsal(live.campaign, live.hearing, language), explain=explain)
    click.echo(HOW)
    screen.act(Start(_begin(live, start or path.name.removesuffix(".yaml")), given))
    for line in _typed():
        screen.line(line)


def _folder_of(path: Path) -> Path:
    """Return the campaign that a file belongs to; a flow's bare name means the default campaign's."""
    here = path.absolute()
    if not here.exists() and path.parent == Path() and not path.suffix:
        return default_campaign()
    if not here.is_file():
        stop(f"there is no file {path}. FILE is a flow, as in: safebot flows play flows/welcome.yaml")
    folder = next((place for place in here.parents if (place / "flows" / "campaign.yaml").is_file()), None)
    return folder or stop(f"{path} lies in no campaign: no folder above it holds flows/campaign.yaml.")


def _begin(live: Live, start: str) -> str:
    from bot.flowfile.conversation_model import FIRST_CONTACT, NOTHING_YET
    from bot.flowfile.findings import did_you_mean

    flows = live.campaign.flows
    if start.startswith("/") or start in (FIRST_CONTACT, NOTHING_YET, *flows):
        return start
    return stop(f"there is no flow '{start}': {did_you_mean(start, flows)}")


def _language(live: Live, language: str | None) -> str:
    languages = live.campaign.languages
    if language is not None and language not in languages:
        stop(f"the campaign does not speak '{language}'. It speaks: {', '.join(languages)}.")
    return language or languages[0]


def _remembered(pairs: tuple[str, ...]) -> dict[str, str]:
    wrong = next((pair for pair in pairs if "=" not in pair), None)
    if wrong is not None:
        stop(f"--remember {wrong} has no value. Write NAME=VALUE, as in --remember stars=3")
    return dict(pair.split("=", 1) for pair in pairs)


def _typed() -> Iterator[str]:
    """Yield what is typed until an empty line or the end of the input."""
    click.echo("> ", nl=False)
    while line := sys.stdin.readline().strip():
        yield line
        click.echo("> ", nl=False)
    click.echo()


def act_of(line: str, buttons: tuple[Shown, ...]) -> Act:
    """Return what a typed line means: a button's number, something to send, time that passes, else words."""
    from bot.flowfile.amounts import length_of_time
    from bot.flowfile.conversation_fields import MEDIA
    from bot.flowfile.conversation_model import ANY, SendMedia, Tap, Type, Wait

    if line.isdecimal() and 0 < int(line) <= len(buttons):
        return Tap({ANY: buttons[int(line) - 1].id})
    if line.removeprefix("send ") in MEDIA:
        return SendMedia(line.removeprefix("send "))
    if found := WAITS.fullmatch(line):
        return Wait(timedelta(**{UNITS[found[2]]: int(found[1])}))
    if line.startswith("after ") and (length := length_of_time(line.removeprefix("after "))) is not None:
        return Wait(length)
    return Type({ANY: line})


class Screen:
    """What stands in the terminal: the conversation, its newest buttons, and with `explain` what is behind it."""

    def __init__(self, live: Live, chat: Rehearsal, *, explain: bool) -> None:
        self._live, self._chat, self._explain = live, chat, explain
        self._buttons: tuple[Shown, ...] = ()

    def line(self, line: str) -> None:
        """Do what was typed, in the newest version of the files."""
        self._saved_meanwhile()
        self.act(act_of(line, self._buttons), line)

    def act(self, act: Act, line: str = "") -> None:
        """Let her do it, and show what it brings."""
        from bot.flowfile.conversation_model import Type

        heard = self._heard(line) if self._explain and isinstance(act, Type) and not line.startswith("/") else ""
        brought = self._chat.act(act)
        self._buttons = tuple(b for b in brought.buttons if b.data) or self._buttons
        self._show(brought)
        if self._explain:
            for explained in filter(None, (heard, *self._behind(brought))):
                click.secho(f"    {explained}", dim=True)

    def _saved_meanwhile(self) -> None:
        before = self._live.problems
        if self._live.refresh():
            self._chat.take_up(self._live.campaign, self._live.hearing)
            click.echo("  (the newest version is playing now)")
        elif self._live.problems != before:
            from bot.flowfile.problem import errors

            click.echo("  (the old version plays on: the new one has mistakes)")
            click.echo("\n".join(map(str, errors(self._live.problems))))

    def _show(self, brought: Brought) -> None:
        for text in brought.said:
            click.echo("\n" + "\n".join(f"  | {line}" for line in text.splitlines()))
        if not brought.said:
            click.echo("\n  (the bot says nothing)")
        for number, button in enumerate((b for b in brought.buttons if b.data), start=1):
            click.echo(f"  [{number}] {button.label}")

    def _behind(self, brought: Brought) -> Iterator[str]:
        chat, case = self._chat.conversation, self._chat.case
        if brought.passed:
            yield f"passed: {', '.join('/'.join(place) for place in brought.passed)}"
        if self._chat.place is not None:
            yield f"step: {'/'.join(self._chat.place)}"
        known = {**chat.profile, **chat.answers}
        yield f"remembered: {', '.join(f'{name}={value}' for name, value in known.items()) or 'nothing'}"
        if chat.careful is not None:
            yield f"careful: {chat.careful.level} {chat.careful.category}"
        if case is not None:
            yield f"case: {case.level} {case.category}{'' if case.shown_at else ', not shown to the desk yet'}"

    def _heard(self, text: str) -> str:
        from bot.work.rehearsal.explained import heard

        assessment, lists = heard(self._chat, text)
        words = f"; word lists: {', '.join(sorted(lists))}" if lists else ""
        if assessment.level is None:
            return f"heard: nothing worrying{words}"
        return f"heard: {assessment.level} {assessment.category} ({', '.join(assessment.rules)}){words}"
