"""What is done at the desk, as the console's log calls it. Pure."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """What is written down."""

    TAKEN = "conversation_taken"
    READ = "conversation_read"
    READ_BEFORE = "conversation_read_before"
    """What was said before the request."""
    FILE_READ = "conversation_file_read"
    """A picture or file that the person sent."""
    REPLY = "conversation_reply"
    LET_GO = "conversation_let_go"
    PASSED_ON = "conversation_passed_on"
    GIVEN_BACK = "conversation_given_back"
