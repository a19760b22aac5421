"""What people ask about the post, as it is counted."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What was asked, or done."""

    OPTIONS = "options"
    """What the post can do for a procedure."""
    COMPARE = "compare"
    """Counter, online and post side by side."""
    PRICE = "price"
    OFFICES = "offices"
    """Where the next post office is."""
    TRACK = "track"
    """Where an item is, or why it is late."""
    REQUEST = "request"
    """A sender's slip (Phiếu gửi hồ sơ) was made."""
