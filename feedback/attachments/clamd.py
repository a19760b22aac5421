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
_ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^:/\[\]]+):(?P<port>\d{1,5})")


class ScannerAddressError(FeedbackError):
    """The scanner's address is none."""


@dataclass(frozen=True)
class Clamd:
    """The daemon at ``host:port``, or at a socket's path such as ``/run/clamav/clamd.ctl``."""

    address: str
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        """Refuse what is no address.

        Raises:
            ScannerAddressError: see there.
        """
        if not self.address.startswith("/") and not _ADDRESS.fullmatch(self.address):
            raise ScannerAddressError(
                f"{self.address!r} is no address of clamd; write host:3310 or the path of its socket, from /"
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
        if self.address.startswith("/"):
            return await asyncio.open_unix_connection(self.address, limit=_LONGEST_ANSWER)
        host, _, port = self.address.rpartition(":")
        return await asyncio.open_connection(host.strip("[]"), int(port), limit=_LONGEST_ANSWER)
