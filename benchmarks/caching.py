"""Names for what is made once and kept under ``var/bench``: other inputs, another name."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

FOLDER = Path("var") / "bench"
"""Below the project's root."""


def digest_of(paths: Iterable[Path], text: str = "") -> str:
    """Return sixteen hex digits that change with the content of any of the files, or with the text."""
    digest = sha256(text.encode())
    # By name and content: where the files lie does not matter.
    for name, content in sorted((path.name, path.read_bytes()) for path in paths):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
