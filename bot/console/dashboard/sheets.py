"""All tables of the page of figures, in their order. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.console.dashboard import feedback_sheets, talk_sheets
from bot.console.dashboard.figures import Figures
from bot.console.dashboard.sheet import Sheet

UnitName = Callable[[str], str]


@dataclass(frozen=True)
class _Kind:
    """One table."""

    make: Callable[[Figures, UnitName], Sheet]
    needs: Collection[str]
    """Parts of the figures from which it is made."""


_KINDS: Mapping[str, _Kind] = {
    "phan-anh-ngay": _Kind(lambda found, _: feedback_sheets.over_time(found), {"by_day"}),
    "phan-anh-don-vi": _Kind(feedback_sheets.feedback, {"slices", "overdue"}),
    "phan-anh-noi-dung": _Kind(lambda found, _: feedback_sheets.categories(found), {"slices", "overdue"}),
    "ho-so": _Kind(lambda found, _: talk_sheets.dossiers(found), {"dossiers", "dossiers_overdue"}),
    "tin-nhan-ngay": _Kind(lambda found, _: talk_sheets.questions(found), {"talk"}),
    "tra-loi": _Kind(lambda found, _: talk_sheets.answers(found), {"talk"}),
    "cho-tra-loi": _Kind(lambda found, _: talk_sheets.waits(found), {"waits"}),
    "hai-long": _Kind(lambda found, _: talk_sheets.opinions(found), {"slices", "attitude", "useful"}),
    "kenh": _Kind(lambda found, _: talk_sheets.channels(found), {"queues", "last_seen", "sent"}),
}
"""By their keys in addresses, in the order of the page."""


def sheets(figures: Figures, unit_name: UnitName) -> tuple[Sheet, ...]:
    """Return all tables."""
    return tuple(kind.make(figures, unit_name) for kind in _KINDS.values())


def needs(key: str) -> Collection[str]:
    """Return the parts of the figures from which one table is made; empty for a table that there is not."""
    return _KINDS[key].needs if key in _KINDS else ()


def sheet(key: str, figures: Figures, unit_name: UnitName) -> Sheet:
    """Return one table."""
    return _KINDS[key].make(figures, unit_name)
