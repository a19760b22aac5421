"""All pages of triage, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.console.frame import Area
from bot.console.routing import Route
from bot.console.triage.action_page import ActionPages
from bot.console.triage.answering_forms import AssessForm, DecideForm, DraftForm, HideForm, HoldForm, ToPublishForm
from bot.console.triage.beside_pages import BesidePages
from bot.console.triage.bulk_page import BulkPage
from bot.console.triage.case_page import CasePage
from bot.console.triage.counting import Counts
from bot.console.triage.desk import TriageDesk
from bot.console.triage.enter_page import EnterPage
from bot.console.triage.forms import StepForm
from bot.console.triage.joining_forms import MergeForm, SplitForm
from bot.console.triage.list_page import READS, ListPage
from bot.console.triage.publish_page import PublishPage
from bot.console.triage.queues import PATH
from bot.console.triage.receiving_forms import (
    AskForm,
    AssignForm,
    ClassifyForm,
    ForwardForm,
    RedirectForm,
    RefuseForm,
    SupplementForm,
)
from bot.console.triage.seeing_page import SeeingPages
from bot.console.triage.template_page import TemplatePage

AREA = Area("Phản ánh", PATH, READS)
FOLDER = Path(__file__).parent / "templates"
FORMS: Sequence[StepForm] = (
    ClassifyForm(),
    AssignForm(),
    DraftForm(),
    DecideForm(),
    AskForm(),
    SupplementForm(),
    AssessForm(),
    HoldForm(),
    ForwardForm(),
    ToPublishForm(),
    MergeForm(),
    SplitForm(),
    RefuseForm(),
    RedirectForm(),
    HideForm(),
)
"""In the order in which their buttons stand."""


@dataclass(frozen=True)
class TriagePages:
    """See the module."""

    desk: TriageDesk
    counts: Counts
    """Shared with the first page of the console, so that what was just done is counted on both."""

    def routes(self) -> list[Route]:
        """Return the routes of every page."""
        counts = self.counts
        case = CasePage(self.desk, counts, FORMS)
        return [
            *ListPage(self.desk, counts).routes(),
            *case.routes(),
            *ActionPages(self.desk, counts, FORMS).routes(),
            *SeeingPages(self.desk).routes(),
            *BesidePages(self.desk, case).routes(),
            *BulkPage(self.desk, counts).routes(),
            *PublishPage(self.desk, counts).routes(),
            *EnterPage(self.desk, counts).routes(),
            *TemplatePage(self.desk).routes(),
        ]
