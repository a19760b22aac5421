"""Reads again what was said in a conversation within a time, both ways, while it is kept. Within the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound, InboundKind, NativeCall, Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.delivery.places import of
from bot.delivery.sealing import Sealing
from bot.delivery.tables import inbox, outbox

MOST = 60
"""Lines of either side."""


@dataclass(frozen=True)
class Line:
    """What one side said at once."""

    at: datetime
    citizen: bool
    kind: InboundKind | None
    """Of what a citizen sent; ``None`` for the assistant's."""
    text: str | None = field(repr=False)
    """``None`` when the words are gone."""


class TalkStore:
    """The conversations of one database."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for what is kept at rest."""
        self._sealing = Sealing(cipher)

    async def around(self, session: AsyncSession, ref: Ref, since: datetime, until: datetime) -> Sequence[Line]:
        """Return the lines within a time, the oldest first."""
        came = select(inbox.c.message_id, inbox.c.body, inbox.c.received_at).where(
            of(inbox, ref), inbox.c.received_at >= since, inbox.c.received_at < until
        )
        went = select(outbox.c.key, outbox.c.body, outbox.c.created_at).where(
            of(outbox, ref), outbox.c.created_at >= since, outbox.c.created_at < until
        )
        said = [self._came(row, ref) for row in await session.execute(came.order_by(inbox.c.id.desc()).limit(MOST))]
        said += [self._went(row) for row in await session.execute(went.order_by(outbox.c.id.desc()).limit(MOST))]
        return sorted(said, key=lambda one: (one.at, not one.citizen))

    def _came(self, row: Any, ref: Ref) -> Line:
        found: Inbound | None = None
        if row.body is not None:
            try:
                found = self._sealing.open_inbound(row.body, ref, row.message_id)
            except UnreadableError:
                found = None
        return Line(row.received_at, True, found.kind if found else InboundKind.TEXT, found.text if found else None)

    def _went(self, row: Any) -> Line:
        found: NativeCall | None = None
        if row.body is not None:
            try:
                found = self._sealing.open_call(row.body, row.key)
            except UnreadableError:
                found = None
        return Line(row.created_at, False, None, words_of(found.body) if found else None)


def words_of(body: Mapping[str, Any]) -> str:
    """Return the words of a native call, whichever channel's it is; empty for one without words."""
    for place in (body, body.get("message")):
        if isinstance(place, Mapping):
            found = place.get("text") or place.get("caption")
            if isinstance(found, str):
                return found
    return ""
