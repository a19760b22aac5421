"""Pictures of QR codes: fetched from their channel, read in a process of their own, and dropped. Nothing is stored."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from bot.channels.contract import Ref
from bot.dossiers import qr_child
from nlu.codes import CodeKind, find_codes

MOST_BYTES = 4 * 1024 * 1024
"""Of a picture; a phone's own photograph is about as large, and the web page makes it smaller before it sends it."""
SECONDS = 10.0
"""How long one picture may take, the start of its process included."""
AT_ONCE = 2
WAITING = 8
"""Pictures that may wait for their turn; more are sent away rather than heaped up."""
_IDENTITY = re.compile(r"\s*\d{12}\|")
"""How the QR code of an identity card (căn cước) begins."""


class PhotoOutcome(StrEnum):
    """What came of looking for a QR code in a picture; the sentence is ``utter_photo_`` with this."""

    FOUND = "found"
    NO_CODE = "no_code"
    """There is no QR code that can be read."""
    OTHER = "other"
    """There is one, of something else."""
    IDENTITY = "identity"
    """It is the code of an identity card, which nobody should send."""
    TOO_LARGE = "too_large"
    NO_PICTURE = "no_picture"
    """The bytes are no picture of a kind that we open."""
    BUSY = "busy"
    """It took too long, or too many were sent at once; or the channel did not hand the picture over."""


@dataclass(frozen=True)
class PhotoRead:
    """What was read from a picture; the picture itself is gone by then."""

    outcome: PhotoOutcome
    code: str = ""
    """Dossier code in normal form."""


@dataclass(frozen=True)
class Fetched:
    """A file that a citizen sent."""

    content: bytes = b""
    too_large: bool = False
    """Whether it is beyond what was asked for; then there is no content."""


class FetchesFiles(Protocol):
    """A channel that hands over files which citizens sent."""

    async def fetch(self, file: str, most: int) -> Fetched | None:
        """Return a file of at most so many bytes; ``None`` when it cannot be had.

        Follows no redirect, and never raises for what the platform answers.
        """
        ...


@dataclass
class QrReader:
    """Reads QR codes in a child process: what a picture breaks or fills up is not the assistant."""

    command: Sequence[str] = (sys.executable, "-I", str(Path(qr_child.__file__)))
    seconds: float = SECONDS
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _asked: int = 0

    async def read(self, picture: bytes) -> PhotoRead:
        """Look for a dossier's code in a picture."""
        if len(picture) > MOST_BYTES:
            return PhotoRead(PhotoOutcome.TOO_LARGE)
        if self._asked >= AT_ONCE + WAITING:
            return PhotoRead(PhotoOutcome.BUSY)
        self._asked += 1
        try:
            async with self._turn:
                return await self._read(picture)
        finally:
            self._asked -= 1

    async def _read(self, picture: bytes) -> PhotoRead:
        # No environment: the child needs none, and the keys are in ours.
        child = await asyncio.create_subprocess_exec(
            *self.command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
        )
        try:
            async with asyncio.timeout(self.seconds):
                out, _ = await child.communicate(picture)
        except TimeoutError:
            return PhotoRead(PhotoOutcome.BUSY)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode == qr_child.TOO_LARGE:
            return PhotoRead(PhotoOutcome.TOO_LARGE)
        if child.returncode:
            return PhotoRead(PhotoOutcome.NO_PICTURE)
        return meaning(json.loads(out))


def meaning(texts: Sequence[str]) -> PhotoRead:
    """Tell what the codes of a picture are. Pure."""
    for text in texts:
        for found in find_codes(unquote(text)):
            if found.kind is CodeKind.DOSSIER:
                return PhotoRead(PhotoOutcome.FOUND, found.value)
    if any(_IDENTITY.match(text) for text in texts):
        return PhotoRead(PhotoOutcome.IDENTITY)
    return PhotoRead(PhotoOutcome.OTHER if texts else PhotoOutcome.NO_CODE)


@dataclass
class Photos:
    """Reads pictures that came through a channel."""

    reader: QrReader
    fetchers: dict[str, FetchesFiles] = field(default_factory=dict)
    """By name of the channel; those that are switched on enter themselves."""

    async def read(self, ref: Ref, file: str) -> PhotoRead:
        """Fetch a picture and read it."""
        fetcher = self.fetchers.get(ref.channel)
        picture = await fetcher.fetch(file, MOST_BYTES) if fetcher is not None else None
        if picture is None:
            return PhotoRead(PhotoOutcome.BUSY)
        return PhotoRead(PhotoOutcome.TOO_LARGE) if picture.too_large else await self.reader.read(picture.content)
