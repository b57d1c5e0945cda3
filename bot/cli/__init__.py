"""The commands. Each lives in its own file and is imported only when it is used: `safebot --help` stays quick."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "demo": ("bot.cli.demo", "Try everything on this machine: chat page, console and bot, no token needed."),
    "run": ("bot.cli.run", "Run the bot on Telegram, with the console."),
    "flows": ("bot.cli.flows", "Check the campaign's flows."),
    "detect": ("bot.cli.detect", "Judge messages: JSON lines in, JSON lines out."),
    "words": ("bot.cli.words", "Have the risk words reviewed in a spreadsheet, and bring the answers back."),
    "helplines": ("bot.cli.helplines", "Check, confirm and withdraw the numbers girls are shown."),
    "staff": ("bot.cli.staff", "Add, list, link and reset staff."),
    "desk": ("bot.cli.desk", "Test how fast a desk answers."),
    "keys": ("bot.cli.keys", "Make and rotate the key ring."),
    "audit": ("bot.cli.audit", "Read and check the audit: who did what with which case."),
    "quarantine": ("bot.cli.quarantine", "List updates that could not be handled, or drop them unread."),
    "doctor": ("bot.cli.doctor", "Say what is missing before and while the bot is live."),
    "init": ("bot.cli.init", "Write a small campaign into a new folder."),
    "config": ("bot.cli.config", "Show every setting, where it comes from, and what it is now."),
}
"""name -> (module, one sentence). The module holds a click command named `command`."""


class Lazy(click.Group):
    """A group that knows its commands by name and loads only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = importlib.import_module(COMMANDS[cmd_name][0]).command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="safebot", prog_name="safebot")
def main() -> None:
    """A chatbot that teaches girls to stay safe online and brings a plea for help to a trained person.

    Try it now:  safebot demo
    """
