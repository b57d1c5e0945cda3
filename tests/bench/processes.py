"""Processes of the bench: started with their settings, waited for, their CPU time read, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench.campaign import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
TO_START = 60.0
PARENT, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM = 1, 11, 12, 13, 14
"""Places in /proc/PID/stat, counted behind the name."""


class Failed(Exception):
    """The bench cannot go on; the sentence says why."""


@contextmanager
def running(*args: str, env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with these arguments for as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, *args], cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens on a port. Raises Failed when the process ends first."""
    until = time.monotonic() + TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise Failed(f"a bot ended with {process.returncode} before it began; its own words stand above")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Failed(f"nobody listens on port {port} after {TO_START:.0f} s")


def cpu_seconds(pid: int) -> float:
    """Return user and system time of a process, its threads, and its children, those that ended and those that live."""
    stats = dict(_all_stats())
    family = {pid}
    while more := {child for child, stat in stats.items() if int(stat[PARENT]) in family} - family:
        family |= more
    columns = (USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM)
    return sum(int(stats[one][column]) for one in family if one in stats for column in columns) / TICKS


def _all_stats() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                yield int(folder.name), (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
