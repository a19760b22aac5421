"""Stand-ins for the ports of the public postal service."""

from __future__ import annotations

from collections.abc import Mapping

from nlu.places.place import Outcome, PlaceReading


class FakePlaces:
    """Understands exactly the words that it was given; keeps what it was asked."""

    def __init__(self, known: Mapping[str, PlaceReading]) -> None:
        self.known = known
        self.asked: list[str] = []

    def read(self, words: str) -> PlaceReading:
        """Return what was given for these words."""
        self.asked.append(words)
        return self.known.get(words, PlaceReading(Outcome.NONE))
