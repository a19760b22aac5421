"""What can go wrong between us and somebody else's system."""

from __future__ import annotations

from bot.dossiers.ports import DossierError, SourceDownError


class SourcesFileError(DossierError):
    """The file that describes the sources has faults; the message names all of them at once."""

    def __init__(self, path: object, problems: list[str]) -> None:
        super().__init__(f"{path}: " + "; ".join(problems))
        self.problems = tuple(problems)


class PassingError(SourceDownError):
    """Not now: no answer, a server error, too many requests. Asking again may help."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds, when the source said so."""


class NonsenseError(SourceDownError):
    """The source answered about one dossier what cannot be true; of others it may speak sense."""
