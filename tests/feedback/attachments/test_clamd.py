from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from feedback.attachments.clamd import CHUNK, Clamd, ScannerAddressError
from feedback.attachments.examining import Verdict
from tests.feedback.clamd_server import FakeClamd

VIRUS = b"a known bad thing"


@contextlib.asynccontextmanager
async def clamd(fake: FakeClamd, path: Path | None = None) -> AsyncIterator[Clamd]:
    if path is None:
        server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
        address = f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    else:
        server = await asyncio.start_unix_server(fake.serve, path)
        address = f"unix://{path}"
    async with server:
        yield Clamd(address, seconds=5)


async def test_a_file_is_streamed_whole_and_judged(tmp_path: Path) -> None:
    fake, large = FakeClamd(VIRUS), b"x" * (3 * CHUNK + 7)
    async with clamd(fake) as scanner:
        assert await scanner.scan(large) is Verdict.CLEAN
        assert await scanner.scan(b"..." + VIRUS) is Verdict.REFUSED
        assert await scanner.scan(b"") is Verdict.CLEAN
    assert fake.seen == [large, b"..." + VIRUS, b""]
    assert fake.faults == []


async def test_it_is_reached_through_a_socket_as_well(tmp_path: Path) -> None:
    async with clamd(FakeClamd(VIRUS), tmp_path / "clamd") as scanner:
        assert await scanner.scan(VIRUS) is Verdict.REFUSED


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\0", b"OK\0", b"stream: OK", b"", b"x" * 9000, b"stream: NOT OK\0"],
)
async def test_any_other_answer_says_nothing(answer: bytes) -> None:
    async with clamd(FakeClamd(VIRUS, answer=answer)) as scanner:
        assert await scanner.scan(b"file") is Verdict.UNKNOWN


async def test_a_scanner_that_is_away_or_silent_says_nothing(tmp_path: Path) -> None:
    assert await Clamd(f"unix://{tmp_path}/nobody").scan(b"file") is Verdict.UNKNOWN
    async with clamd(FakeClamd(VIRUS, silent=True)) as scanner:
        assert await Clamd(scanner.address, seconds=0.1).scan(b"file") is Verdict.UNKNOWN


@pytest.mark.parametrize("address", ["", "clamav", "/run/clamd.ctl", "unix://clamd", "tcp://host:port", "tcp://a:b:1"])
def test_what_is_no_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(ScannerAddressError, match="tcp://host:3310"):
        Clamd(address)
