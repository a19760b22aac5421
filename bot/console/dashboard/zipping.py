"""A ZIP archive that goes out while it is made: nothing of it is kept, and at its end stands what each file hashes to."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from feedback.working_time.zone import here

MANIFEST = "SHA256SUMS.txt"
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Part:
    """One file of the archive."""

    name: str
    chunks: AsyncGenerator[bytes, None]


class _Out(io.RawIOBase):
    """Takes what the archive writes until it is sent; cannot be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        more = bytes(data)  # type: ignore[call-overload]
        self.taken += more
        return len(more)

    def drain(self) -> bytes:
        """Return what was written since the last time."""
        more = bytes(self.taken)
        self.taken.clear()
        return more


async def zipped(parts: Iterable[Part], at: datetime) -> AsyncGenerator[bytes, None]:
    """Give the archive of some files, and their hashes behind them as ``sha256sum -c`` reads them.

    Args:
        parts: made one after another, each only when its turn comes.
        at: the moment that stands at each file.
    """
    out, sums = _Out(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
        for part in parts:
            digest = hashlib.sha256()
            with archive.open(_info(part.name, at), "w", force_zip64=True) as entry:
                # Closed at once when whoever takes the archive goes away: a session may be open in there.
                async with aclosing(part.chunks) as chunks:
                    async for chunk in chunks:
                        digest.update(chunk)
                        entry.write(chunk)
                        if len(out.taken) >= _CHUNK:
                            yield out.drain()
            sums.append(f"{digest.hexdigest()}  {part.name}\n")
            yield out.drain()
        archive.writestr(_info(MANIFEST, at), "".join(sums))
    yield out.drain()


async def words(text: str) -> AsyncGenerator[bytes, None]:
    """Give a text as one file."""
    yield text.encode()


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    moment = here(at)
    info = zipfile.ZipInfo(name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
