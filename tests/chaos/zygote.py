"""The process that imports everything once and forks each victim. Speaks JSON lines: orders in, a pid or a status out."""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
from typing import Any

from tests.chaos.victim import live


def main() -> None:
    """Serve until the line closes; nothing of ours then stays behind."""
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    _say("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _say(os.waitpid(asked["wait"], 0)[1])
            children.discard(asked["wait"])
        else:
            children.add(pid := _fork(asked))
            _say(pid)
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _fork(orders: dict[str, Any]) -> int:
    if pid := os.fork():
        return pid
    code = 1
    try:
        _let_go_of_the_line(orders["log"])
        live(orders)
        code = 0
    except BaseException:
        logging.getLogger("chaos").exception("the bot ended by itself")
    finally:
        os._exit(code)


def _let_go_of_the_line(log: str) -> None:
    nothing, written = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(nothing, 0)
    os.dup2(written, 1)
    os.dup2(written, 2)


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
