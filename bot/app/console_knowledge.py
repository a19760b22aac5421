"""The console's pages about the catalogue and about questions."""

from __future__ import annotations

from pathlib import Path

from bot.app.clock import present
from bot.app.house import House, doors_of
from bot.console.audit.noting import Noting
from bot.console.catalogue import pages as catalogue
from bot.console.catalogue.outside import Outside as CatalogueOutside
from bot.console.frame import Area, Frame
from bot.console.jobs import pages as jobs_pages
from bot.console.jobs.noting import JobNotes
from bot.console.questions import pages as questions
from bot.console.questions.outside import Outside as QuestionsOutside
from bot.console.routing import Route
from bot.jobs.desk import JobDesk, process_of
from nlu.catalogue.live import today_in_vietnam

AREAS: tuple[Area, ...] = (catalogue.AREA, questions.AREA)
FOLDERS: tuple[Path, ...] = (catalogue.TEMPLATES, questions.TEMPLATES, jobs_pages.TEMPLATES)


def make_jobs(house: House) -> JobDesk:
    """Return what begins and stops long work."""
    spawn = process_of(house.root, house.rasa.url if house.rasa else None)
    return JobDesk(house.transactions, spawn, present, JobNotes(house.officials.kept.audit.append))


def knowledge_pages(house: House, frame: Frame, noting: Noting, jobs: JobDesk) -> list[Route]:
    """Return the pages.

    Args:
        house: the assistant.
        frame: made with ``AREAS`` and ``FOLDERS`` among others.
        noting: writes into the console's log.
        jobs: what takes long.
    """
    settings, live = house.settings, house.catalogue
    about = CatalogueOutside(
        transactions=house.transactions,
        frame=frame,
        jobs=jobs,
        shelves=house.shelves,
        doors=doors_of(settings),
        today=today_in_vietnam,
        stale_after_days=settings.stale_after_days,
        uploads=Path("var/uploads").absolute(),
        noting=noting,
    )
    asked = QuestionsOutside(house.transactions, frame, jobs, lambda: live.index, house.root, today_in_vietnam, noting)
    return [
        *catalogue.CataloguePages(about, lambda: live.index.members if live.index else ()).routes(),
        *questions.QuestionPages(asked).routes(),
        *jobs_pages.JobPages(jobs).routes(),
    ]
