"""Looks at a file that somebody sent: what it is, whether it is harmless, and what of it is kept. Touches no database."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from feedback.attachments import strip_child
from feedback.attachments.kinds import MediaKind, Refusal, sniff

SECONDS = 30.0
"""How long one file may take, the start of its process included."""
AT_ONCE = 2
WAITING = 8
"""Files that may wait for their turn; more are sent away rather than heaped up."""
GROWN = 4
"""How much larger than allowed what is kept may be: pictures are packed anew."""


class Verdict(StrEnum):
    """What a scanner says of a file."""

    CLEAN = "clean"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It said nothing: there is none, or it was away."""


class Scans(Protocol):
    """Looks for malware."""

    async def scan(self, content: bytes) -> Verdict:
        """Judge a file; never raises."""
        ...


class NoScanner:
    """Where no scanner is installed: every file stays unscanned, and officials see that it is."""

    async def scan(self, content: bytes) -> Verdict:
        """Know nothing."""
        return Verdict.UNKNOWN


@dataclass(frozen=True)
class Examined:
    """A file that may be kept."""

    content: bytes = field(repr=False)
    """Without what it said beside the picture."""
    kind: MediaKind
    verdict: Verdict

    @property
    def sha256(self) -> bytes:
        """Of what is kept."""
        return hashlib.sha256(self.content).digest()


_SAID = {
    strip_child.BROKEN: Refusal.BROKEN,
    strip_child.TOO_MUCH: Refusal.TOO_MUCH,
    strip_child.LOCKED: Refusal.LOCKED,
}


@dataclass
class Examiner:
    """Opens files in a child process: what a file breaks or fills up is not the assistant."""

    scanner: Scans = field(default_factory=NoScanner)
    command: Sequence[str] = (sys.executable, "-I", str(Path(strip_child.__file__)))
    seconds: float = SECONDS
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _asked: int = 0

    async def examine(self, content: bytes, most: int) -> Examined | Refusal:
        """Return what may be kept of a file, or why nothing may.

        Args:
            content: as it was sent.
            most: bytes that one file may have.
        """
        if len(content) > most:
            return Refusal.TOO_LARGE
        kind = sniff(content)
        if isinstance(kind, Refusal):
            return kind
        if self._asked >= AT_ONCE + WAITING:
            return Refusal.BUSY
        self._asked += 1
        try:
            async with self._turn:
                # As it was sent: what is dropped from it could be what a scanner knows it by.
                verdict = await self.scanner.scan(content)
                if verdict is Verdict.REFUSED:
                    return Refusal.INFECTED
                bare = await self._stripped(kind, content)
        finally:
            self._asked -= 1
        if isinstance(bare, Refusal):
            return bare
        return Examined(bare, kind, verdict) if len(bare) <= most * GROWN else Refusal.TOO_MUCH

    async def _stripped(self, kind: MediaKind, content: bytes) -> bytes | Refusal:
        # No environment: the child needs none, and the keys are in ours.
        child = await asyncio.create_subprocess_exec(
            *self.command,
            kind.value,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
        )
        try:
            async with asyncio.timeout(self.seconds):
                out, _ = await child.communicate(content)
        except TimeoutError:
            return Refusal.BUSY
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode:
            return _SAID.get(child.returncode, Refusal.TOO_MUCH if child.returncode < 0 else Refusal.BROKEN)
        return out
