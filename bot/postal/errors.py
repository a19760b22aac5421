"""What the public postal service's part refuses to do."""

from __future__ import annotations

from bot.errors import BotError
from feedback.file_faults import FileFaultsError


class PostalError(BotError):
    """Base of all errors of the public postal service."""


class PostalFileError(PostalError, FileFaultsError):
    """A file about the post is wrong; the message says, in Vietnamese, which, where and how to mend it."""
