"""What can go wrong with the catalogue, in words for the person who gave the command."""

from __future__ import annotations

from nlu.errors import NluError


class CatalogueError(NluError):
    """Base of the catalogue's errors."""


class UnreadableFileError(CatalogueError):
    """The file as a whole cannot be imported; nothing was changed."""


class NoSuchVersionError(CatalogueError):
    """The version asked for does not exist or is not in a state for what was asked."""


class NoSuchProcedureError(CatalogueError):
    """No procedure of that code in the version."""


class OutdatedDraftError(CatalogueError):
    """The draft was made on a version that is no longer live; publishing it would undo what was published since."""


class ConflictError(CatalogueError):
    """Somebody else changed the catalogue at the same moment; nothing was changed, doing it again is safe."""


class FamilyError(CatalogueError):
    """What was said of a family changes nothing or makes no sense."""


class ProposalError(CatalogueError):
    """A proposal is not in a state for what was asked."""


class NotApprovedError(ProposalError):
    """A proposal that no second person approved cannot be published."""


class SamePersonError(ProposalError):
    """Whoever wrote a proposal may not approve it."""


class RecordChangedError(CatalogueError):
    """The record was published anew since it was opened for editing."""
