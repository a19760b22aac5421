"""Our own database as a source of dossiers: what was imported, and the samples."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.errors import UnreadableError
from bot.delivery.ports import Transactions
from bot.dossiers.ports import Sighting, SourceDownError
from bot.dossiers.store import DossierStore
from nlu.codes import DossierCode


class DatabaseSource:
    """Knows what ``motcua dossiers import`` brought in."""

    name = "database"

    def __init__(self, transactions: Transactions, store: DossierStore, clock: Callable[[], datetime]) -> None:
        self._transactions, self._store, self._clock = transactions, store, clock

    async def find(self, code: DossierCode) -> Sighting:
        """See ``DossierSource.find``. The owner has a name at most; the store opens the rest."""
        try:
            async with self._transactions.read() as session:
                kept = await self._store.get(session, code.text)
        except UnreadableError as error:
            raise SourceDownError(f"{error} Is MOTCUA_ENCRYPTION_KEY the one of the import?") from error
        return Sighting(kept.record, kept.as_of) if kept else Sighting(None, self._clock())
