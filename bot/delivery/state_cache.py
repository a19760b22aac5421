"""The states of conversations that were active lately, so that a turn need not read what it wrote a moment ago.

The version number in the database decides: a state that another process changed meanwhile is found stale on writing.
"""

from __future__ import annotations

from collections import OrderedDict

from bot.channels.contract import Ref
from bot.delivery.records import StoredState

KEPT = 4096


class StateCache:
    """At most so many states, the least recently used one dropped first."""

    def __init__(self, kept: int = KEPT) -> None:
        """Take the number of conversations to keep."""
        self._kept = kept
        self._states: OrderedDict[Ref, StoredState] = OrderedDict()

    def get(self, ref: Ref) -> StoredState | None:
        """Return the state last seen of a conversation, if it is still here."""
        found = self._states.get(ref)
        if found is not None:
            self._states.move_to_end(ref)
        return found

    def put(self, ref: Ref, state: StoredState) -> None:
        """Keep the state that was just committed."""
        self._states[ref] = state
        self._states.move_to_end(ref)
        if len(self._states) > self._kept:
            self._states.popitem(last=False)

    def forget(self, ref: Ref) -> None:
        """Drop a state that may be stale."""
        self._states.pop(ref, None)
