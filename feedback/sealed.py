"""How a store tells which of its columns are sealed, and under which place each value is; so that keys can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, FromClause, Row, Table

from feedback.originals import digest_of
from feedback.ports import Seals

Given = ParamSpec("Given")
Found = TypeVar("Found")


def tried(opens: Callable[Given, Found], *args: Given.args, **named: Given.kwargs) -> Found | None:
    """Return what opening something sealed gives; ``None`` when it cannot be opened or read, whatever the reason.

    Each kind of seal has its own error: nothing narrower can be named here.
    """
    try:
        return opens(*args, **named)
    except Exception:
        return None


def opened_digest(seals: Seals, sealed: bytes, about: str) -> str | None:
    """Return the digest of what was sealed; ``None`` when it cannot be opened."""
    plain = tried(seals.open, sealed, about)
    return None if plain is None else digest_of(plain)


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values."""

    table: Table
    column: str
    about: Callable[[Row[Any]], str]
    """Returns the place that a row's value is bound to; see ``feedback.ports.Seals``."""
    needs: tuple[ColumnElement[Any], ...] = ()
    """What ``about`` reads beside the table's primary key."""
    among: FromClause | None = None
    """Where ``needs`` stand when not in the table itself: the table, joined."""

    @property
    def name(self) -> str:
        """As it is shown and listed."""
        return f"{self.table.name}.{self.column}"
