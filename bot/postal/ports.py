"""What the talk about the post asks of the rest of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.channels.contract import Ref
from bot.postal.comparison import Comparison
from bot.postal.office import Near
from bot.postal.option import Options, PostalOption
from bot.postal.quote import NoQuote, Quote, Zone
from bot.postal.request import PostalRequest
from nlu.catalogue.model import Procedure, RequiredPaper
from nlu.places.place import Commune, PlaceReading


@dataclass(frozen=True)
class Wish:
    """What a comparison or a price is asked for."""

    option: PostalOption | None = None
    """``None``: the fullest that is possible."""
    zone: Zone | None = None
    """``None``: not known; within the province is taken and said to be an example."""
    weight: int | None = None
    """Grams; ``None``: estimated."""
    papers: tuple[RequiredPaper, ...] | None = None
    """What it is estimated from; ``None``: what the record asks for."""
    carry_fee: bool = False
    starts: date | None = None
    """``None``: today, or the next working day when the office closes."""


class PostalFacts(Protocol):
    """What is known: pure computing over the catalogue's record and dated tables."""

    def options(self, procedure: Procedure) -> Options:
        """Tell what the post can do for a procedure."""

    def compare(self, procedure: Procedure, wish: Wish) -> Comparison:
        """Put the ways side by side."""

    def quote(self, option: PostalOption, zone: Zone, weight: int, *, carry_fee: bool) -> Quote | NoQuote:
        """Tell what it costs today."""

    def weigh(self, sheets: int) -> int:
        """Tell how many grams so many sheets of paper weigh in their envelope."""

    def heaviest(self, zone: Zone) -> tuple[int, int]:
        """Tell up to how many grams there is a price, and about how many sheets of paper that is."""

    def zone(self, one: str, other: str) -> Zone:
        """Tell the zone between two provinces (codes)."""


class ReadsPlaces(Protocol):
    """Understands places."""

    def read(self, words: str) -> PlaceReading:
        """Read an address or the name of a place."""


class FindsOffices(Protocol):
    """The imported list of post offices; empty where the operator imported none."""

    async def is_empty(self) -> bool:
        """Tell whether there is none: then nobody is asked where they are."""

    async def near_commune(self, commune: Commune, most: int) -> tuple[Near, ...]:
        """Return those of the commune first, then the nearest others of the province."""

    async def near_point(self, latitude: float, longitude: float, most: int) -> tuple[Near, ...]:
        """Return the nearest ones to a shared location."""


class KeepsRequests(Protocol):
    """The requests of one conversation."""

    async def of(self, ref: Ref) -> tuple[PostalRequest, ...]:
        """Return those that are kept, the newest first."""

    async def one(self, ref: Ref, request: str) -> PostalRequest | None:
        """Return one of this conversation's by its number."""
