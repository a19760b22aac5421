"""What a job is: its kind, its state, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

import msgspec

from bot.errors import BotError

R = TypeVar("R")

SILENT = timedelta(minutes=3)
"""Without a sign of life for so long a job's process has died; building a large search index gives none meanwhile."""
LONGEST_STEP = 160
DIED = "died"
"""Fault of a job whose process ended without a word."""
NOT_BEGUN = "not begun"
"""Fault of a job whose process could not be started."""
BROKEN = "broken"
"""Fault of a job that met a mistake of ours; the log says which."""


class JobKind(StrEnum):
    """What is done."""

    IMPORT = "import"
    """Reads a file into a proposal."""
    REPLAY = "replay"
    """Asks the regression questions of the live catalogue and of a proposal."""
    PUBLISH = "publish"
    ROLLBACK = "rollback"
    FAMILY = "family"
    """Corrects which codes are one service; the search index is built anew."""
    TRAIN = "train"
    PROMOTE = "promote"
    VERIFY = "verify"
    """Verifies the register by its log."""


LANES: Mapping[JobKind, str] = {
    JobKind.IMPORT: "catalogue",
    JobKind.REPLAY: "catalogue",
    JobKind.PUBLISH: "catalogue",
    JobKind.ROLLBACK: "catalogue",
    JobKind.FAMILY: "catalogue",
    JobKind.TRAIN: "model",
    JobKind.PROMOTE: "model",
    JobKind.VERIFY: "register",
}
"""Jobs of one lane never run at the same time."""


class JobState(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Job:
    """One piece of work."""

    id: int
    kind: JobKind
    about: str
    """A version or a code; empty for none."""
    asked: str
    """JSON: what else was asked for."""
    state: JobState
    by: str
    at: datetime
    beat_at: datetime
    ended_at: datetime | None = None
    stop_by: str = ""
    """Who wants it stopped."""
    step: str = ""
    """What it does now, in Vietnamese."""
    done: int = 0
    total: int = 0
    """0 while it is not known."""
    result: str = ""
    """JSON."""
    fault: str = ""
    """Why it failed: one of the words above, or a sentence for the official."""

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        return self.state is JobState.RUNNING

    def result_as(self, kind: type[R]) -> R | None:
        """Return what it came to; ``None`` before it is done, and for what an older program wrote otherwise."""
        if self.state is not JobState.DONE:
            return None
        try:
            return msgspec.json.decode(self.result, type=kind)
        except msgspec.MsgspecError:
            return None

    def judged(self, now: datetime) -> Job:
        """Return it as it truly stands: one whose process died without a word is not running."""
        dead = self.running and now - self.beat_at > SILENT
        return replace(self, state=JobState.FAILED, fault=DIED) if dead else self


class JobError(BotError):
    """A job cannot be done as asked."""


class BusyError(JobError):
    """Another job of the same lane is running."""
