"""How much memory and processor time the measured processes take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import psutil

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Usage:
    """Of one process with its children."""

    megabytes: float
    """Resident memory, in millions of bytes; pages that several processes share count for each."""
    cpu_seconds: float
    """Processor time since the start, user and system."""


def split_tree(pid: int) -> tuple[list[psutil.Process], list[psutil.Process]]:
    """Return the processes of the app under ``pid``, and those of the Rasa server that it supervises."""
    root = psutil.Process(pid)
    rasa = [one for child in root.children() if _is_rasa(child) for one in [child, *child.children(recursive=True)]]
    own = [one for one in [root, *root.children(recursive=True)] if one not in rasa]
    return own, rasa


def whole_tree(pid: int) -> list[psutil.Process]:
    """Return a process with all its children."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def usage(processes: Iterable[psutil.Process]) -> Usage:
    """Add up what processes take; one that has ended meanwhile counts nothing."""
    memory = seconds = 0.0
    for process in processes:
        try:
            with process.oneshot():
                memory += process.memory_info().rss
                times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        seconds += times.user + times.system
    return Usage(memory / MEGABYTE, seconds)


def _is_rasa(process: psutil.Process) -> bool:
    try:
        command: Sequence[str] = process.cmdline()
    except psutil.NoSuchProcess:
        return False
    return "rasa" in command
