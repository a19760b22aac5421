"""What is known of the post for one procedure, put together: the ``PostalFacts`` of an installation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.postal.book import PostalBook
from bot.postal.comparing import (
    cheapest,
    chosen_option,
    fastest,
    method_of,
    post_standing,
    trips_of,
    way_standing,
)
from bot.postal.comparison import Comparison, Journey, WayFacts
from bot.postal.journey import Roads
from bot.postal.option import Options, PostalOption, Standing
from bot.postal.options import options_of
from bot.postal.ports import Wish
from bot.postal.quote import NoQuote, Quote, Zone
from bot.postal.weight import originals_of, papers_of, weight_of
from feedback.working_time.hours import OfficeHours
from feedback.working_time.rules import Rules
from feedback.working_time.zone import here
from nlu.catalogue.model import FilingWay, Procedure


@dataclass(frozen=True)
class PostalDesk:
    """Answers from the catalogue's record, the agency's file and the calendar; asks nobody."""

    book: PostalBook
    rules: Rules
    hours: OfficeHours
    """Of the agency."""
    now: Callable[[], datetime]

    def options(self, procedure: Procedure) -> Options:
        """Tell what the post can do for a procedure."""
        return options_of(procedure, self.book.lists)

    def zone(self, one: str, other: str) -> Zone:
        """Tell the zone between two provinces (codes)."""
        if one == other:
            return Zone.SAME_PROVINCE
        return Zone.BIG_CITIES if frozenset((one, other)) in self.book.big_cities else Zone.OTHER_PROVINCE

    def quote(self, option: PostalOption, zone: Zone, weight: int, *, carry_fee: bool = False) -> Quote | NoQuote:
        """Tell what it costs today: by the agency's own list, else by what the program brings."""
        today = here(self.now()).date()
        answers = (one.quote(option, zone, weight, today, carry_fee=carry_fee) for one in self.book.tariffs)
        return next((one for one in answers if one is not NoQuote.NO_LIST), NoQuote.NO_LIST)

    def weigh(self, sheets: int) -> int:
        """Tell how many grams so many sheets of paper weigh in their envelope."""
        return self.book.weight.envelope + self.book.weight.sheet * sheets

    def heaviest(self, zone: Zone) -> tuple[int, int]:
        """Tell up to how many grams the list that covers a zone has a price, and about how many sheets of paper that is."""
        today, shape = here(self.now()).date(), self.book.weight
        most = next(filter(None, (one.heaviest(zone, today) for one in self.book.tariffs)), 0)
        return most, max(0, most - shape.envelope) // shape.sheet

    def compare(self, procedure: Procedure, wish: Wish) -> Comparison:
        """Put the ways side by side."""
        options = self.options(procedure)
        option, zone = chosen_option(options, wish.option), wish.zone or Zone.SAME_PROVINCE
        papers = papers_of(procedure) if wish.papers is None else wish.papers
        estimate = weight_of(papers, self.book.weight)
        weight = wish.weight or (estimate.likely if estimate else self.book.weight.unknown)
        starts = wish.starts or here(self.hours.next_working_moment(self.now())).date()
        ways = [self._way(procedure, way, starts) for way in (FilingWay.COUNTER, FilingWay.ONLINE)]
        post = self._post(procedure, options, option, zone, starts, weight, carry_fee=wish.carry_fee)
        kept = tuple(one for one in (*ways, post) if one.standing is not Standing.REFUSED)
        return Comparison(
            code=procedure.code,
            name=procedure.name,
            options=options,
            option=option,
            zone=zone,
            zone_known=wish.zone is not None,
            ways=kept,
            cheapest=cheapest(kept),
            fastest=fastest(kept),
            originals=originals_of(papers),
            papers=len(papers),
            weight=weight,
            source=procedure.source.name,
            as_of=procedure.as_of,
            weights=None if wish.weight or estimate is None else (estimate.low, estimate.high),
        )

    def _way(self, procedure: Procedure, way: FilingWay, starts: date) -> WayFacts:
        method = method_of(procedure, way, None)
        level = procedure.online if way is FilingWay.ONLINE else None
        return WayFacts(
            way=way,
            standing=way_standing(procedure, way),
            time=method.time,
            fee=method.fee,
            journey=self._roads.journey(None, Zone.SAME_PROVINCE, method.time, starts, procedure.source.name),
            trips=trips_of(method, way, None, level),
            level=level,
        )

    def _post(
        self,
        procedure: Procedure,
        options: Options,
        option: PostalOption | None,
        zone: Zone,
        starts: date,
        weight: int,
        *,
        carry_fee: bool,
    ) -> WayFacts:
        method = method_of(procedure, FilingWay.POST, option)
        price = self.quote(option, zone, weight, carry_fee=carry_fee) if option else None
        journey = Journey(starts, ())
        if option:
            journey = self._roads.journey(option, zone, method.time, starts, procedure.source.name)
        return WayFacts(
            way=FilingWay.POST,
            standing=post_standing(options, option),
            time=method.time,
            fee=method.fee,
            journey=journey,
            trips=trips_of(method, FilingWay.POST, option, None),
            quote=price if isinstance(price, Quote) else None,
            no_quote=price if isinstance(price, NoQuote) else None,
        )

    @property
    def _roads(self) -> Roads:
        return Roads(self.rules, self.hours)
