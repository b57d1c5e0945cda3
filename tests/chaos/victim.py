"""The process that is killed: the real bot, `serve(settings)` as `safebot run` calls it."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

import uvloop

# Imported here, once: forked victims find all of it in memory. aiogram alone takes seconds.
import bot.telegram.open
import bot.telegram.polling
import bot.telegram.startup
import bot.telegram.updates
import bot.telegram.webhook  # noqa: F401
from bot.app.serve import serve
from bot.settings import Settings
from tests.chaos.traps import Trap, set_trap, weaken


def live(orders: dict[str, Any]) -> None:
    """Be the bot until killed. `orders`: settings, log, and perhaps trap (what, when, nth) and weak."""
    logging.basicConfig(
        filename=orders["log"], level=logging.INFO, format="%(asctime)s %(process)d %(name)s %(message)s"
    )
    if orders.get("trap"):
        set_trap(Trap(*orders["trap"]))
    if orders.get("weak"):
        weaken(orders["weak"])
    settings = orders["settings"]
    uvloop.run(serve(Settings(**{**settings, "campaign": Path(settings["campaign"])})))


if __name__ == "__main__":
    live(json.loads(sys.argv[1]))
