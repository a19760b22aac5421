"""All pages of the catalogue."""

from __future__ import annotations

from pathlib import Path

from bot.console.catalogue.edit_pages import EditPages
from bot.console.catalogue.family_pages import FamilyPages, Members
from bot.console.catalogue.import_pages import ImportPages
from bot.console.catalogue.outside import HOME, Outside
from bot.console.catalogue.proposal_pages import ProposalPages
from bot.console.catalogue.record_pages import RecordPages
from bot.console.catalogue.topic_pages import TopicPages
from bot.console.catalogue.version_pages import VersionPages
from bot.console.frame import Area
from bot.console.roles import CATALOGUE_READERS
from bot.console.routing import Route

AREA = Area("Danh mục thủ tục", HOME, CATALOGUE_READERS)
TEMPLATES = Path(__file__).parent / "templates"


class CataloguePages:
    """The catalogue in the console."""

    def __init__(self, outside: Outside, members: Members) -> None:
        """Take what the pages call, and the services as the assistant knows them."""
        self._outside = outside
        self._members = members

    def routes(self) -> list[Route]:
        """Return the routes."""
        outside = self._outside
        return [
            *RecordPages(outside).routes(),
            *EditPages(outside).routes(),
            *ProposalPages(outside).routes(),
            *ImportPages(outside).routes(),
            *TopicPages(outside).routes(),
            *FamilyPages(outside, self._members).routes(),
            *VersionPages(outside).routes(),
        ]
