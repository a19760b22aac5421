"""What the post can do for one procedure: the agency's list first, then what its record says. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.postal.agency_list import AgencyList, Listed
from bot.postal.option import Options, Possibility, Standing, Why
from bot.postal.shapes import Direction
from bot.postal.wording import PostWords, Presence, must_come, post_words
from nlu.catalogue.model import Procedure
from nlu.understanding import Aspect


def options_of(procedure: Procedure, lists: AgencyList) -> Options:
    """Return what the post can do.

    Args:
        procedure: the record, without what officials have switched off.
        lists: what the agency published; it goes before the record (Decision 45/2016/QĐ-TTg Article 6.2).
    """
    if procedure.withholds(Aspect.POST.value):
        kept_back = _from_record(procedure, Standing.UNKNOWN, Why.WITHHELD)
        return Options(kept_back, kept_back)
    words, presence = post_words(procedure), must_come(procedure)
    entry = lists.entry(procedure.code)
    return Options(
        _settled(entry, "send", _send(procedure, words, presence)),
        _settled(entry, "receive", _receive(procedure, words, presence)),
    )


def _settled(entry: Listed | None, direction: Direction, own: Possibility) -> Possibility:
    told = entry.possibility(direction) if entry else None
    if told is None:
        return own
    disagree = own.standing is not Standing.UNKNOWN and own.standing is not told.standing
    return replace(told, otherwise=own) if disagree else told


def _send(procedure: Procedure, words: PostWords, presence: Presence | None) -> Possibility:
    if words.sends:
        return _from_record(procedure, Standing.ALLOWED, Why.CATALOGUE, words.sends)
    if words.limits:
        return _from_record(procedure, Standing.REFUSED, Why.CATALOGUE, words.limits)
    if presence:
        return _from_record(procedure, Standing.REFUSED, Why.PRESENCE, presence.words)
    return _from_record(procedure, Standing.UNKNOWN, Why.NOTHING_KNOWN)


def _receive(procedure: Procedure, words: PostWords, presence: Presence | None) -> Possibility:
    if words.receives:
        return _from_record(procedure, Standing.ALLOWED, Why.CATALOGUE, words.receives)
    # Who must hand in alone but may do so by post need not come for the result.
    if presence and not (presence.filing_only and words.sends):
        return _from_record(procedure, Standing.REFUSED, Why.PRESENCE, presence.words)
    return _from_record(procedure, Standing.UNKNOWN, Why.NOTHING_KNOWN)


def _from_record(procedure: Procedure, standing: Standing, why: Why, note: str = "") -> Possibility:
    return Possibility(standing, why, procedure.source.name, procedure.as_of, note)
