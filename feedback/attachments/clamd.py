"""ClamAV's daemon as a scanner: the file is streamed to it (INSTREAM), and nothing but its answer is believed."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass

from feedback.attachments.examining import Verdict
from feedback.errors import FeedbackError

logger = logging.getLogger(__name__)

SECONDS = 30.0
CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096
_TCP = re.compile(r"tcp://(\[[0-9a-fA-F:]+\]|[^:/\[\]]+):(\d{1,5})")
_SOCKET = "unix://"


class ScannerAddressError(FeedbackError):
    """The scanner's address is none."""


@dataclass(frozen=True)
class Clamd:
    """The daemon at ``tcp://host:3310``, or at a socket such as ``unix:///run/clamav/clamd.ctl``."""

    address: str
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        """Refuse what is no address.

        Raises:
            ScannerAddressError: see there.
        """
        if not self.address.startswith(f"{_SOCKET}/") and not _TCP.fullmatch(self.address):
            raise ScannerAddressError(
                f"{self.address!r} is no address of clamd; write tcp://host:3310 or unix:// and the socket's path"
            )

    async def scan(self, content: bytes) -> Verdict:
        """See ``Scans.scan``; an answer that is none of clamd's known ones is ``UNKNOWN``."""
        try:
            async with asyncio.timeout(self.seconds):
                answer = await self._ask(content)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            logger.warning("The scanner did not answer (%s); the file waits unscanned.", type(error).__name__)
            return Verdict.UNKNOWN
        if answer == b"stream: OK":
            return Verdict.CLEAN
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
            return Verdict.REFUSED
        logger.warning("The scanner answered something else than OK or FOUND; the file waits unscanned.")
        return Verdict.UNKNOWN

    async def _ask(self, content: bytes) -> bytes:
        reader, writer = await self._open()
        try:
            writer.write(b"zINSTREAM\0")
            for place in range(0, len(content), CHUNK):
                chunk = content[place : place + CHUNK]
                writer.write(len(chunk).to_bytes(4) + chunk)
                await writer.drain()
            writer.write((0).to_bytes(4))
            await writer.drain()
            return (await reader.readuntil(b"\0"))[:-1]
        finally:
            writer.close()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        found = _TCP.fullmatch(self.address)
        if found is None:
            return await asyncio.open_unix_connection(self.address.removeprefix(_SOCKET), limit=_LONGEST_ANSWER)
        return await asyncio.open_connection(found[1].strip("[]"), int(found[2]), limit=_LONGEST_ANSWER)
