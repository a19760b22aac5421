"""What can go wrong with a file of dossiers."""

from __future__ import annotations

from bot.dossiers.ports import DossierError


class DossierFileError(DossierError):
    """A file cannot be read as a whole; the message says why and what to do."""


class RowRejectedError(DossierError):
    """A row cannot be kept. It names field and reason, never what stood there: that may be about a person."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason
