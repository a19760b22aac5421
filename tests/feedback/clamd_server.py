"""ClamAV's daemon, as far as a file is streamed to it: strict about every byte."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

COMMAND = b"zINSTREAM\0"
MOST = 25 * 1024 * 1024


@dataclass
class FakeClamd:
    """Finds one known row of bytes; notes whatever does not keep to the protocol."""

    virus: bytes
    answer: bytes | None = None
    """Given instead of the true one."""
    silent: bool = False
    seen: list[bytes] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._one(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self.faults.append(type(error).__name__)
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.readexactly(len(COMMAND)) != COMMAND:
            self.faults.append("another command")
            return
        content = bytearray()
        while size := int.from_bytes(await reader.readexactly(4)):
            if len(content) + size > MOST:
                self.faults.append("too large")
                return
            content += await reader.readexactly(size)
        self.seen.append(bytes(content))
        if self.silent:
            await reader.read()
            return
        found = b"stream: Test.Thing FOUND\0" if self.virus in content else b"stream: OK\0"
        writer.write(found if self.answer is None else self.answer)
        await writer.drain()
