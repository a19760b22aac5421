"""All tables of the page of figures, in their order. Pure."""

from __future__ import annotations

from collections.abc import Callable

from bot.console.dashboard import feedback_sheets, talk_sheets
from bot.console.dashboard.figures import Figures
from bot.console.dashboard.sheet import Sheet


def sheets(figures: Figures, unit_name: Callable[[str], str]) -> tuple[Sheet, ...]:
    """Return all tables."""
    return (
        feedback_sheets.over_time(figures),
        feedback_sheets.feedback(figures, unit_name),
        feedback_sheets.categories(figures),
        talk_sheets.dossiers(figures),
        talk_sheets.questions(figures),
        talk_sheets.answers(figures),
        talk_sheets.waits(figures),
        talk_sheets.opinions(figures),
        talk_sheets.channels(figures),
    )
