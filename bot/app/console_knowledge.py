"""The console's pages about the catalogue and about questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.app.clock import present
from bot.app.house import House
from bot.console.catalogue import pages as catalogue
from bot.console.catalogue.outside import Outside as CatalogueOutside
from bot.console.catalogue.shelf import Shelves
from bot.console.frame import Area, Frame
from bot.console.jobs import pages as jobs_pages
from bot.console.jobs.noting import Audit
from bot.console.questions import pages as questions
from bot.console.questions.outside import Outside as QuestionsOutside
from bot.console.routing import Route
from bot.doors.doors import Doors
from bot.jobs.desk import JobDesk, process_of
from feedback.working_time.zone import here

AREAS: tuple[Area, ...] = (catalogue.AREA, questions.AREA)
FOLDERS: tuple[Path, ...] = (catalogue.TEMPLATES, questions.TEMPLATES, jobs_pages.TEMPLATES)


@dataclass(frozen=True)
class Knowledge:
    """The pages, and what should be read before somebody opens them."""

    routes: Sequence[Route]
    shelves: Shelves


def make_knowledge(house: House, frame: Frame, audit: Audit | None = None) -> Knowledge:
    """Put the pages together.

    Args:
        house: the assistant.
        frame: made with ``AREAS`` and ``FOLDERS`` among others.
        audit: the console's log.
    """
    settings, live = house.settings, house.catalogue
    jobs = JobDesk(house.transactions, process_of(house.root, house.rasa.url if house.rasa else None), present)
    shelves = Shelves(house.transactions)
    about = CatalogueOutside(
        transactions=house.transactions,
        frame=frame,
        jobs=jobs,
        shelves=shelves,
        doors=Doors(settings.public_url, settings.telegram_name, settings.zalo_oa_id),
        today=_today,
        stale_after_days=settings.stale_after_days,
        uploads=Path("var/uploads").absolute(),
        audit=audit,
    )
    asked = QuestionsOutside(house.transactions, frame, jobs, lambda: live.index, house.root, _today, audit)
    return Knowledge(
        [
            *catalogue.CataloguePages(about, lambda: live.index.members if live.index else ()).routes(),
            *questions.QuestionPages(asked).routes(),
            *jobs_pages.JobPages(jobs).routes(),
        ],
        shelves,
    )


def _today() -> date:
    """Return what day it is in Vietnam, wherever the server stands."""
    return here(present()).date()
