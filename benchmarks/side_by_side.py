"""Runs a measurement of many records on one database after another, as its command line says."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol

from benchmarks.caching import FOLDER
from benchmarks.databases import BOTH, databases

RECORDS, ASKED = 100_000, 200
WARMING = 10
"""Times that each thing is asked before they count."""
Measure = Callable[[str, str, int, int], Coroutine[Any, Any, Sequence["Measured"]]]
"""Takes the address of a database, its kind, how many records it shall have, and how often each thing is asked."""


class Measured(Protocol):
    """What was measured of one thing."""

    @property
    def missed(self) -> bool:
        """Whether it is not as it must be."""
        ...


def run(name: str, about: str | None, measure: Measure) -> None:
    """Measure what the command line says; ends with 1 when something is missed.

    Args:
        name: of the module that measures.
        about: what it says of itself.
        measure: measures and prints.
    """
    parser = ArgumentParser(prog=f"python -m {name}", description=about)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--asked", type=int, default=ASKED, help="how often each thing is asked")
    parser.add_argument("--only", choices=BOTH)
    parser.add_argument("--keep", type=Path, help="folder in which the databases stay; what is there is measured again")
    given = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    found: list[Measured] = []
    with (
        tempfile.TemporaryDirectory(prefix="measured-", dir=FOLDER) as passing,
        databases((given.only,) if given.only else BOTH, given.keep or Path(passing), keep=bool(given.keep)) as urls,
    ):
        for kind, url in urls.items():
            found += asyncio.run(measure(url, kind, given.records, given.asked))
    sys.exit(any(one.missed for one in found))
