"""Puts counter, online and post side by side, and says which is cheapest and fastest where that can be said. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.postal.comparison import WayFacts
from bot.postal.option import Options, PostalOption, Standing
from nlu.catalogue.model import FeeKind, FilingMethod, FilingWay, OnlineLevel, Procedure, TimeUnit

_HANDS_IN_AND_FETCHES = 2
_BESIDE_RESULT = (FilingWay.COUNTER, FilingWay.ONLINE)
_HOURS_OF_A_DAY = 8
_WORKED_ONLINE = (OnlineLevel.FULL, OnlineLevel.PARTIAL)


def way_standing(procedure: Procedure, way: FilingWay) -> Standing:
    """Tell whether a dossier can be filed at the counter or online; the post is asked for by ``Options``."""
    if any(method.way is way for method in procedure.methods):
        return Standing.ALLOWED
    if way is FilingWay.ONLINE and procedure.online is not None:
        return Standing.ALLOWED if procedure.online in _WORKED_ONLINE else Standing.REFUSED
    return Standing.REFUSED if procedure.methods else Standing.UNKNOWN


def post_standing(options: Options, option: PostalOption | None) -> Standing:
    """Tell whether the post can carry an option; without one, whether it is known to carry nothing."""
    if option is None:
        return Standing.REFUSED if options.refused else Standing.UNKNOWN
    standings = _standings(options, option)
    return next((one for one in (Standing.REFUSED, Standing.UNKNOWN) if one in standings), Standing.ALLOWED)


def chosen_option(options: Options, wished: PostalOption | None) -> PostalOption | None:
    """Return what the post is compared with: what was wished unless it is refused, else the fullest that is possible."""
    if wished is not None and Standing.REFUSED not in _standings(options, wished):
        return wished
    return next(iter(options.offered), None)


def method_of(procedure: Procedure, way: FilingWay, option: PostalOption | None) -> FilingMethod:
    """Return the published way whose time and fee hold; who has only the result sent files at the counter or online."""
    ways: tuple[FilingWay, ...] = (way,)
    if way is FilingWay.POST:
        ways = _BESIDE_RESULT if option is PostalOption.RECEIVE else (way, FilingWay.COUNTER)
    found = (method for one in ways for method in procedure.methods if method.way is one)
    return next(found, FilingMethod(way=way))


def trips_of(
    method: FilingMethod, way: FilingWay, option: PostalOption | None, level: OnlineLevel | None
) -> tuple[int, int] | None:
    """Return the fewest and the most trips to an office."""
    if way is FilingWay.COUNTER:
        return (1 if _same_day(method) else _HANDS_IN_AND_FETCHES, _HANDS_IN_AND_FETCHES)
    if way is FilingWay.POST:
        if option is None:
            return None
        return (0, 0) if option is PostalOption.BOTH else (1, 1)
    if level is OnlineLevel.FULL:
        return 0, 0
    return (1, _HANDS_IN_AND_FETCHES) if level is OnlineLevel.PARTIAL else None


def cheapest(ways: Sequence[WayFacts]) -> tuple[FilingWay, ...]:
    """Return the ways that certainly cost least; empty where that cannot be said or there is nothing to compare."""
    allowed = [one for one in ways if one.standing is Standing.ALLOWED]
    alike = all(one.fee == allowed[0].fee and one.fee.kind is not FeeKind.UNKNOWN for one in allowed)
    bounds = {one.way: _bounds(one, alike=alike) for one in allowed}
    if len(bounds) < 2 or None in bounds.values():
        return ()
    known = {way: bound for way, bound in bounds.items() if bound is not None}
    least = min(high for _, high in known.values())
    best = tuple(way for way, (_, high) in known.items() if high == least)
    return best if all(low > least for way, (low, _) in known.items() if way not in best) else ()


def fastest(ways: Sequence[WayFacts]) -> tuple[FilingWay, ...]:
    """Return the ways whose result is there first; empty where a day is not known or there is nothing to compare."""
    ends = {one.way: one.journey.ends for one in ways if one.standing is Standing.ALLOWED}
    days = [day for day in ends.values() if day is not None]
    if len(ends) < 2 or len(days) < len(ends):
        return ()
    return tuple(way for way, day in ends.items() if day == min(days))


def _standings(options: Options, option: PostalOption) -> tuple[Standing, ...]:
    sends, receives = options.send.standing, options.receive.standing
    if option is PostalOption.BOTH:
        return sends, receives
    return (sends,) if option is PostalOption.SEND else (receives,)


def _bounds(one: WayFacts, *, alike: bool) -> tuple[float, float] | None:
    """Return what a way costs at least and at most; a fee that is the same for all ways does not matter."""
    fee = 0 if alike else one.state_fee
    if fee is None:
        return None
    if one.way is not FilingWay.POST:
        return fee, fee
    # Postage is never nothing, whatever the list does not say.
    return (fee + one.quote.low, fee + one.quote.high) if one.quote else (fee + 1, math.inf)


def _same_day(method: FilingMethod) -> bool:
    amount, unit = method.time.amount, method.time.unit
    most = _HOURS_OF_A_DAY if unit is TimeUnit.HOUR else 1
    return amount is not None and amount <= most and unit in (TimeUnit.HOUR, TimeUnit.DAY, TimeUnit.WORKING_DAY)
