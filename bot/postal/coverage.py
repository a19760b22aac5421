"""What the post can do for each procedure, as officials look at it: the agency's list beside the record. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.postal.agency_list import AgencyList
from bot.postal.option import Options, Possibility, Standing, Why
from bot.postal.options import options_of
from bot.postal.shapes import Direction
from nlu.catalogue.model import Detail, Procedure, base_code

_NOBODY = AgencyList()


class Reach(StrEnum):
    """What the post carries of a procedure."""

    BOTH = "both"
    SEND = "send"
    RECEIVE = "receive"
    REFUSED = "refused"
    """Neither direction, and that is known."""
    UNKNOWN = "unknown"
    """No direction is known to be possible, and not both are known to be refused."""


class Eligible(StrEnum):
    """Why a procedure that the agency's list does not name could be on it."""

    NAMED = "named"
    """Its record names the post."""
    SILENT = "silent"
    """Nothing in its record asks for presence."""


@dataclass(frozen=True)
class Clash:
    """Where the agency's list and the record say opposite things of one direction."""

    direction: Direction
    listed: Standing
    """As the list says."""
    source: str
    """Of the list."""
    as_of: str
    words: str
    """Of the record."""


@dataclass(frozen=True)
class Covered:
    """One procedure."""

    code: str
    base: str
    """Its national part, by which questions and dossiers of all provinces are put together."""
    name: str
    field: str
    agency: str
    """The first that carries it out; empty for unknown."""
    holds: Reach
    """What citizens are told: the list goes before the record."""
    listed: Reach | None
    """By the agency's list alone; ``None`` where it does not name the procedure."""
    entry: str
    """Code under which the list names it; empty likewise."""
    recorded: Reach
    """By the record alone."""
    eligible: Eligible | None
    """``None`` for one that the list names, whose record asks for presence, or of which only the name is known."""
    words: str
    """What the record says of the post; empty for nothing."""
    clashes: tuple[Clash, ...] = ()


def covered(procedure: Procedure, lists: AgencyList) -> Covered:
    """Look at one procedure.

    Args:
        procedure: its record as published.
        lists: what the agency published.
    """
    record, entry = options_of(procedure, _NOBODY), lists.entry(procedure.code)
    options = options_of(procedure, lists) if entry else record
    named = next((one.note for one in (record.send, record.receive) if one.standing is Standing.ALLOWED), "")
    return Covered(
        code=procedure.code,
        base=base_code(procedure.code),
        name=procedure.name,
        field=procedure.field,
        agency=procedure.agencies[0] if procedure.agencies else "",
        holds=reach(options),
        listed=reach(_by_list(options)) if entry else None,
        entry=entry.code if entry else "",
        recorded=reach(record),
        eligible=None if entry or procedure.detail is Detail.LISTING else _eligible(record),
        words=named,
        clashes=tuple(clash for direction in _BOTH if (clash := _clash(options, direction))),
    )


def reach(options: Options) -> Reach:
    """Return what is carried."""
    send, receive = options.send.standing, options.receive.standing
    if Standing.ALLOWED in (send, receive):
        return Reach.BOTH if send is receive else Reach.SEND if send is Standing.ALLOWED else Reach.RECEIVE
    return Reach.REFUSED if options.refused else Reach.UNKNOWN


_BOTH: tuple[Direction, Direction] = ("send", "receive")
_NOTHING = Possibility(Standing.UNKNOWN, Why.NOTHING_KNOWN)


def _by_list(options: Options) -> Options:
    send, receive = (one if one.why is Why.AGENCY_LIST else _NOTHING for one in (options.send, options.receive))
    return Options(send, receive)


def _eligible(record: Options) -> Eligible | None:
    both = record.send, record.receive
    if any(one.standing is Standing.ALLOWED for one in both):
        return Eligible.NAMED
    return None if any(one.why is Why.PRESENCE for one in both) else Eligible.SILENT


def _clash(options: Options, direction: Direction) -> Clash | None:
    told: Possibility = getattr(options, direction)
    if told.otherwise is None:
        return None
    return Clash(direction, told.standing, told.source, told.as_of, told.otherwise.note)
