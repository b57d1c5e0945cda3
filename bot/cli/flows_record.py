"""`safebot flows test --record`: a conversation at the keyboard becomes a test."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.problems import stop

if TYPE_CHECKING:
    from bot.work.rehearsal.brought import Brought
    from bot.work.rehearsal.record import Recorder

ENDING = ".test.yaml"
HOW = "Type a button's number, or words. Also: /help, 'send photo', 'after 20 hours'. An empty line ends and saves."


def record_test(path: Path | None, language: str | None, start: str | None) -> None:
    """Play a conversation, and write it into a test file at its end."""
    from bot.flowfile.conversation_reader import flow_of
    from bot.flowfile.conversation_writer import added, as_yaml

    file = _file(path)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    recorder = _recorder(file, language, start)
    name = _name(before)
    file.write_text(added(before, as_yaml(flow_of(file.name), name, recorder.lines)), encoding="utf-8")
    click.echo(f"Written to {file} as '{name}'. Give it a name that says what it promises.")


def _file(path: Path | None) -> Path:
    if path is None or not path.name.endswith(".yaml"):
        stop("name the test file to write, as in: safebot flows test flows/menu.test.yaml --record")
    file = path if path.name.endswith(ENDING) else path.with_name(path.name.removesuffix(".yaml") + ENDING)
    file = file.absolute()
    if not (file.parent / "campaign.yaml").is_file():
        stop(f"{file.parent} holds no campaign.yaml. Test files lie beside their flows.")
    return file


def _recorder(file: Path, language: str | None, start: str | None) -> Recorder:
    from bot.flowfile.conversation_model import FIRST_CONTACT, NOTHING_YET, Start
    from bot.flowfile.conversation_reader import flow_of
    from bot.work.live import Live
    from bot.work.rehearsal.desk import NobodysCase
    from bot.work.rehearsal.record import Recorder
    from bot.work.rehearsal.rehearsal import Rehearsal

    live = Live.start(file.parent.parent)
    campaign, begin = live.campaign, start or flow_of(file.name)
    if not begin.startswith("/") and begin not in (FIRST_CONTACT, NOTHING_YET, *campaign.flows):
        stop(f"there is no flow '{begin}'. There is: {', '.join(campaign.flows)}.")
    if language is not None and language not in campaign.languages:
        stop(f"the campaign does not speak '{language}'. It speaks: {', '.join(campaign.languages)}.")
    recorder = Recorder(Rehearsal(campaign, live.hearing, language or campaign.languages[0]))
    click.echo(HOW)
    _show(recorder, recorder.start(Start(begin)))
    for typed in _typed():
        try:
            _show(recorder, recorder.play(typed))
        except NobodysCase as wrong:
            click.echo(f"\n  ({wrong})")
    return recorder


def _typed() -> Iterator[str]:
    """Yield what is typed until an empty line or the end of the input."""
    click.echo("> ", nl=False)
    while line := sys.stdin.readline().strip():
        yield line
        click.echo("> ", nl=False)
    click.echo()


def _show(recorder: Recorder, brought: Brought) -> None:
    """Print the bot's words, and its buttons with the numbers that tap them."""
    for text in brought.said:
        click.echo("\n" + "\n".join(f"  | {line}" for line in text.splitlines()))
    if not brought.said:
        click.echo("\n  (the bot says nothing)")
    for number, button in enumerate((b for b in recorder.shown.buttons if b.data), start=1):
        click.echo(f"  [{number}] {button.label}")


def _name(before: str) -> str:
    taken = {int(number) for number in re.findall(r"^  recorded_(\d+):", before, re.MULTILINE)}
    return f"recorded_{max(taken, default=0) + 1}"
