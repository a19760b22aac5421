"""Says the ways of filing side by side: a short message everywhere, and a table where the channel can show one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.contract import Table
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_moments import say_day
from bot.dialogue.say_money_and_time import money, say_time
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.say_postal_price import PriceVoice, joined
from bot.dialogue.texts import Texts
from bot.dialogue.titles import short_titles
from bot.postal.comparison import Comparison, WayFacts
from bot.postal.option import Standing
from nlu.catalogue.model import FeeKind, FilingWay, OnlineLevel

ORIGINALS = 3
"""Papers named; a longer list is counted, and its place told."""
NOTHING = "–"
"""In a cell of which nothing can be said."""
_LEVELS = frozenset({OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.INFORMATION})
NAME = 60
"""Characters of a paper's name; the list of papers has it whole."""


@dataclass(frozen=True)
class CompareVoice:
    """Says comparisons with the sentences of ``domain.yml``."""

    texts: Texts
    about: AboutPostal
    weighed: bool = False
    """Whether the person told the weight."""

    def message(self, found: Comparison) -> str:
        """Say it in a few lines."""
        head = self.texts.render("utter_compare_head", name=short_titles([found.name])[0])
        lines = [self._line(way) for way in found.ways]
        return joined([head, "\n".join([*lines, *self._refused(found)]), self._best(found), *self._notes(found)])

    def table(self, found: Comparison) -> Table:
        """Return the same as a table: a column for each way."""
        render = self.texts.render
        rows = [
            ("utter_compare_row_fee", [self._cost(way) for way in found.ways]),
            ("utter_compare_row_days", [self._days(way) for way in found.ways]),
            ("utter_compare_row_trips", [self._trips(way) for way in found.ways]),
            ("utter_compare_row_hand", [self._hand(found, way) for way in found.ways]),
        ]
        return Table(
            caption=render("utter_compare_caption", name=short_titles([found.name])[0]),
            columns=(render("utter_compare_corner"), *(self._way(way) for way in found.ways)),
            rows=tuple((render(key), *cells) for key, cells in rows),
            lead="\n".join([*self._refused(found), self._best(found)]),
            note=joined(self._notes(found)),
        )

    def _refused(self, found: Comparison) -> list[str]:
        """Say that the post carries nothing: what is not possible is no way to compare."""
        if not found.options.refused:
            return []
        way = self.texts.render(f"utter_compare_way_{FilingWay.POST}")
        return [f"- **{way}**: {self.texts.render('utter_compare_refused')}."]

    def _line(self, way: WayFacts) -> str:
        if way.standing is Standing.UNKNOWN:
            return f"- **{self._way(way)}**: {self.texts.render('utter_compare_not_sure')}."
        said = "; ".join(part for part in (self._cost(way), self._days(way), self._trips(way)) if part)
        return f"- **{self._way(way)}**: {said}."

    def _way(self, way: WayFacts) -> str:
        level = self.texts.render(f"utter_compare_level_{way.level}") if way.level in _LEVELS else ""
        return self.texts.render(f"utter_compare_way_{way.way}") + level

    def _cost(self, way: WayFacts) -> str:
        if way.standing is Standing.UNKNOWN:
            return self.texts.render("utter_compare_not_sure")
        if way.way is not FilingWay.POST:
            return self._fee(way)
        price = PriceVoice(self.texts, self.about)
        if way.quote is None:
            return self.texts.render("utter_compare_fee_and_unknown_postage", fee=self._fee(way))
        return self.texts.render(
            "utter_compare_fee_and_postage", fee=self._fee(way), postage=price.range(way.quote.low, way.quote.high)
        )

    def _fee(self, way: WayFacts) -> str:
        fee = way.fee
        if fee.kind is FeeKind.FREE:
            return self.texts.render("utter_compare_free")
        if fee.kind is FeeKind.FIXED and fee.amount is not None:
            return self.texts.render("utter_compare_fee", amount=money(fee.amount))
        return self.texts.render("utter_compare_fee_local" if fee.kind is FeeKind.LOCAL else "utter_compare_fee_varies")

    def _days(self, way: WayFacts) -> str:
        if way.standing is Standing.UNKNOWN:
            return NOTHING
        ends = way.journey.ends
        if ends is None:
            time = say_time(self.texts, way.time)
            time = time[:1].lower() + time[1:] if time else self.texts.render("utter_compare_unknown")
            return self.texts.render("utter_compare_time", time=time)
        key = "utter_compare_by_about" if way.journey.unverified else "utter_compare_by"
        return self.texts.render(key, day=say_day(self.texts, ends))

    def _trips(self, way: WayFacts) -> str:
        if way.standing is Standing.UNKNOWN:
            return NOTHING
        if way.trips is None:
            return self.texts.render("utter_compare_trips_unknown")
        low, high = way.trips
        if high == 0:
            return self.texts.render("utter_compare_no_trip")
        return self.texts.render("utter_compare_trips", count=f"{low}" if low == high else f"{low}–{high}")

    def _hand(self, found: Comparison, way: WayFacts) -> str:
        """Say what is handed over, and to whom."""
        if way.standing is Standing.UNKNOWN:
            return NOTHING
        papers = self.texts.render("utter_compare_papers", count=found.papers) if found.papers else ""
        return self.texts.render(f"utter_compare_hand_{way.way}", papers=papers)

    def _best(self, found: Comparison) -> str:
        named = [
            self.texts.render(key, ways=self._named(ways))
            for key, ways in (("utter_compare_cheapest", found.cheapest), ("utter_compare_fastest", found.fastest))
            if ways
        ]
        return "\n".join(named)

    def _named(self, ways: Sequence[FilingWay]) -> str:
        names = [self.texts.render(f"utter_compare_way_{way}").lower() for way in ways]
        if len(names) == 1:
            return names[0]
        return self.texts.render("utter_compare_and", first=", ".join(names[:-1]), last=names[-1])

    def _notes(self, found: Comparison) -> list[str]:
        render, price = self.texts.render, PriceVoice(self.texts, self.about)
        post = next((way for way in found.ways if way.way is FilingWay.POST), None)
        starts = next((way.journey.starts for way in found.ways if way.journey.ends), None)
        counted = render("utter_compare_from", day=say_day(self.texts, starts)) if starts else ""
        notes = [counted, self._originals(found.originals)]
        if post is not None:
            basis = price.basis(
                found.zone, found.weight, assumed=not found.zone_known, estimated=not self.weighed, papers=found.papers
            )
            carries = render(f"utter_compare_option_{found.option}") if found.option else ""
            unknown = render("utter_postal_ask") if post.standing is Standing.UNKNOWN else ""
            priced = [price.warning(post.quote), price.source(post.quote)] if post.quote else []
            priced = priced or ([price.no_quote(post.no_quote, found.zone)] if post.no_quote else [])
            slip = post.journey.slip.ends if post.journey.slip else None
            brought = render("utter_compare_slip", day=say_day(self.texts, slip)) if slip else ""
            basis = basis if priced else ""
            notes.append("\n".join(part for part in (carries, brought, basis, *priced, unknown) if part))
        notes.append(PostalVoice(self.texts, self.about).source(found.source, found.as_of))
        return notes

    def _originals(self, originals: Sequence[str]) -> str:
        if not originals:
            return ""
        named = "; ".join(
            one if len(one) <= NAME else one[:NAME].rsplit(" ", 1)[0].rstrip(" ,;") + " …"
            for one in originals[:ORIGINALS]
        )
        more = len(originals) - ORIGINALS
        rest = self.texts.render("utter_compare_originals_more", count=more) if more > 0 else ""
        return self.texts.render("utter_compare_originals", papers=named, more=rest)
