"""What can be asked about the post, and what only sounds like it. Pure."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What is asked; the values are the names of the explanations that only explain."""

    OPTIONS = "options"
    """What can be sent or received by post at all."""
    SLIP = "slip"
    """The sender's slip is to be filled in."""
    TRACK = "track"
    DAYS = "days"
    """When an item that was sent must arrive."""
    LATE = "late"
    MISSED = "missed"
    """Nobody was at home when the post came."""
    WHO = "who"
    """Who may receive."""
    LOSS = "loss"
    MORE_PAPERS = "more_papers"
    """Post staff ask for papers beyond the list."""
    ORIGINALS = "originals"
    """Originals or copies, and whether they come back."""
    SECRECY = "secrecy"
    """Who may open and read what lies in the envelope."""
    ABROAD = "abroad"
    FORBIDDEN = "forbidden"
    """What may not lie in the envelope."""
    MANY = "many"
    """Several procedures at once."""
    CHANGE = "change"
    """Another address or time, or not by post after all."""
    EXEMPT = "exempt"
    PAY = "pay"
    HOME = "home"
    """The post comes to the house."""
    HOTLINE = "hotline"
    OFFICES = "offices"
    COMPARE = "compare"
    PRICE = "price"
    WHAT = "what"
    NOT_OURS = "not_ours"
    """The post's own business: stamps, savings, parcels that hold no papers, work at the post."""
    PROCEDURE = "procedure"
    """A question about a procedure, though its words also occur in talk of the post."""
    DOSSIER = "dossier"
    """Where the dossier stands at the office."""
    OTHER = "other"


BESIDE = frozenset({Topic.PROCEDURE, Topic.DOSSIER, Topic.OTHER})
"""What is not about the post."""
