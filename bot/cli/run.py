"""`safebot run`: the bot on Telegram, and the console."""

from __future__ import annotations

import logging

import click

from bot.cli.problems import plainly, stop


@click.command(name="run")
@click.option("--only", type=click.Choice(["bot", "console"]), default=None, help="Run one of the two in this process.")
@plainly
def command(only: str | None) -> None:
    """Run the bot on Telegram (polling, or webhook when SAFEBOT_WEBHOOK_URL is set) and the console.

    Example:  SAFEBOT_TOKEN_FILE=token SAFEBOT_KEY_FILE=key safebot run
    """
    import uvloop

    from bot.app.listen import PortTaken
    from bot.app.serve import serve
    from bot.settings import Settings

    settings = Settings.from_environment()
    if only == "console":
        settings.check_key()
    else:
        settings.check_for_running()
    log_to_stderr()
    try:
        uvloop.run(serve(settings, only or ""))
    except PortTaken as error:
        stop(str(error))
    except Exception as error:
        # bot.telegram costs seconds to import: its error is known by what it carries.
        code = getattr(error, "exit_code", None)
        if code is None:
            raise
        stop(str(error), code)


def log_to_stderr() -> None:
    """Log ids and codes; never message text, which nothing in this program hands to a logger."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
