"""Which services of the post a procedure can have (Decision 45/2016/QĐ-TTg Article 5), and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PostalOption(StrEnum):
    """What the post is asked to carry (``bcci_option``)."""

    SEND = "send"
    """GUI_HO_SO: papers to the office."""
    RECEIVE = "receive"
    """NHAN_KET_QUA: the result to the door."""
    BOTH = "both"
    """CA_HAI."""


class Standing(StrEnum):
    """Whether something can be had."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Nobody published it: ask the post or the office; never guessed."""


class Why(StrEnum):
    """What the standing rests on."""

    AGENCY_LIST = "agency_list"
    """The agency published that the post is available, or excluded, for it (Article 13)."""
    CATALOGUE = "catalogue"
    """The published record names the post among the ways of filing, or its note says so."""
    PRESENCE = "presence"
    """The person must come and nobody may stand in for them (Article 1.2)."""
    WITHHELD = "withheld"
    """An official has switched the answer off for a while."""
    NOTHING_KNOWN = "nothing_known"


@dataclass(frozen=True)
class Possibility:
    """Whether one direction can go by post."""

    standing: Standing
    why: Why
    source: str = ""
    """Who says so, as shown to a citizen."""
    as_of: str = ""
    """ISO date, as precisely as known."""
    note: str = ""
    """The source's own condition, shortened."""
    otherwise: Possibility | None = None
    """What the published record says where the agency's list, which goes before it (Article 6.2), says something else."""


@dataclass(frozen=True)
class Options:
    """What the post can do for one procedure."""

    send: Possibility
    receive: Possibility

    @property
    def offered(self) -> tuple[PostalOption, ...]:
        """The options that are known to be possible, the fullest first."""
        send, receive = (one.standing is Standing.ALLOWED for one in (self.send, self.receive))
        if send and receive:
            return (PostalOption.BOTH, PostalOption.SEND, PostalOption.RECEIVE)
        return (*((PostalOption.SEND,) if send else ()), *((PostalOption.RECEIVE,) if receive else ()))

    @property
    def refused(self) -> bool:
        """Whether it is known that neither direction can go by post."""
        return all(one.standing is Standing.REFUSED for one in (self.send, self.receive))
