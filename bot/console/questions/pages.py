"""All pages about what was not understood."""

from __future__ import annotations

from pathlib import Path

from bot.console.frame import Area
from bot.console.questions.learning_pages import LearningPages
from bot.console.questions.month_pages import MonthPages
from bot.console.questions.outside import HOME, Outside
from bot.console.questions.review_pages import ReviewPages
from bot.console.roles import CATALOGUE_READERS
from bot.console.routing import Route

AREA = Area("Câu hỏi chưa hiểu", HOME, CATALOGUE_READERS)
TEMPLATES = Path(__file__).parent / "templates"


class QuestionPages:
    """The questions in the console."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        outside = self._outside
        return [*ReviewPages(outside).routes(), *LearningPages(outside).routes(), *MonthPages(outside).routes()]
