"""`python -m bot.simulator --port 8081`: the simulator in a process of its own. Prints one JSON line with its address,
then runs until it is ended; controlled through the routes under /_sim/ (control.py)."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import signal
import sys

import uvloop

from bot.simulator.core import DEMO, RATES
from bot.simulator.server import Simulator
from bot.work.clock import SystemClock


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=DEMO)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rates", choices=RATES, default="count")
    parser.add_argument("--retry-scale", type=float, default=1.0)
    uvloop.run(_run(parser.parse_args()))


async def _run(asked: argparse.Namespace) -> None:
    simulator = Simulator(
        SystemClock(), token=asked.token, seed=asked.seed, rates=asked.rates, retry_scale=asked.retry_scale
    )
    await simulator.start(asked.host, asked.port)
    sys.stdout.write(json.dumps({"url": simulator.url, "token": asked.token}) + "\n")
    sys.stdout.flush()
    gc.collect()
    gc.freeze()
    ended = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    await ended.wait()
    await simulator.stop()


if __name__ == "__main__":
    main()
