"""The sealed files on disk, outside every folder that a web server shows: written whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from feedback.errors import FeedbackError
from feedback.ports import Seals

_ID = re.compile(r"[0-9a-f]{32}")
_UNFINISHED = ".part"


class FileGoneError(FeedbackError):
    """A file that the register knows is not in its folder."""


@dataclass(frozen=True)
class SealedFiles:
    """Files in one folder; blocks: call it in a thread."""

    folder: Path
    seals: Seals

    def write(self, id: str, content: bytes) -> None:
        """Seal a file and write it; when it returns, it survives a loss of power."""
        path = self._path(id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_suffix(_UNFINISHED)
        _write(unfinished, self.seals.seal(content, _about(id)))
        unfinished.replace(path)
        _sync(path.parent)

    def read(self, id: str) -> bytes:
        """Open a file.

        Raises:
            FileGoneError: there is none.
        """
        try:
            sealed = self._path(id).read_bytes()
        except FileNotFoundError as error:
            raise FileGoneError(f"attachment {id} is not in {self.folder}; restore it from the backup") from error
        return self.seals.open(sealed, _about(id))

    def drop(self, ids: Collection[str]) -> None:
        """Delete files; those that are gone already do not matter."""
        for id in ids:
            self._path(id).unlink(missing_ok=True)

    def ids(self) -> list[str]:
        """Return the ids of all files, sorted."""
        return sorted(path.name for path in self.folder.glob("??/*") if _ID.fullmatch(path.name))

    def sealed(self, id: str) -> bytes | None:
        """Return a file as it lies there, sealed; ``None`` for none."""
        try:
            return self._path(id).read_bytes()
        except FileNotFoundError:
            return None

    def about(self, id: str) -> str:
        """Return the place that a file's content is bound to."""
        return _about(id)

    def replace(self, id: str, before: bytes, sealed: bytes) -> bool:
        """Put the same content, sealed anew, in a file's place; false when the file is not as it was any more.

        One that is deleted in the very moment between comes back as a stray, and is swept as every stray.
        """
        path = self._path(id)
        unfinished = path.with_name(f"{id}.{secrets.token_hex(4)}{_UNFINISHED}")
        _write(unfinished, sealed)
        if self.sealed(id) != before:
            unfinished.unlink()
            return False
        unfinished.replace(path)
        _sync(path.parent)
        return True

    def strays(self, older_than: float) -> list[str]:
        """Return the ids of files, whole or unfinished, that are at least so many seconds old."""
        before = time.time() - older_than
        found = [path for path in self.folder.glob("??/*") if path.stat().st_mtime <= before]
        for path in found:
            if path.suffix == _UNFINISHED:
                path.unlink(missing_ok=True)
        return sorted(path.name for path in found if _ID.fullmatch(path.name))

    def _path(self, id: str) -> Path:
        if not _ID.fullmatch(id):
            raise ValueError("the id of an attachment is 32 hexadecimal digits")
        return self.folder / id[:2] / id


def _write(path: Path, sealed: bytes) -> None:
    place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(place, "wb") as out:
        out.write(sealed)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    """Have the folder's own list written; not every system lets one."""
    try:
        place = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(place)
    except OSError:
        pass
    finally:
        os.close(place)


def _about(id: str) -> str:
    return f"feedback attachment {id}"
