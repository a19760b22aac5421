"""A platform that outlives the process that sends to it, and a channel that speaks to it from there."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.channels.contract import NativeCall, SendStatus, Sent
from tests.fakes.channel import FakeChannel


@dataclass
class Recorder:
    """What the platform accepted, in order."""

    calls: list[tuple[str, str]] = field(default_factory=list)
    """Conversation and text."""
    port: int = 0

    def texts(self, conversation: str) -> list[str]:
        return [text for to, text in self.calls if to == conversation]

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Accept one call and answer; a sender that died before the answer changes nothing."""
        with contextlib.suppress(ConnectionError):
            line = await reader.readline()
            if line.endswith(b"\n"):
                body = json.loads(line)
                self.calls.append((body["to"], body["text"]))
                writer.write(f"{len(self.calls)}\n".encode())
                await writer.drain()
            writer.close()


@asynccontextmanager
async def recording() -> AsyncIterator[Recorder]:
    """Run the platform for the length of a block."""
    recorder = Recorder()
    server = await asyncio.start_server(recorder.take, "127.0.0.1", 0)
    recorder.port = server.sockets[0].getsockname()[1]
    async with server:
        yield recorder


@dataclass
class RecordedChannel(FakeChannel):
    """Sends to a ``Recorder`` in another process."""

    port: int = 0

    async def send(self, call: NativeCall) -> Sent:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(json.dumps(dict(call.body)).encode() + b"\n")
        await writer.drain()
        number = await reader.readline()
        writer.close()
        return Sent(SendStatus.OK if number else SendStatus.RETRY, id=number.decode().strip())
