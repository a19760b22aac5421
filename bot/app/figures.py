"""Counting by day and the pages that show it, bound to this house."""

from __future__ import annotations

from bot.app.clock import present
from bot.app.house import House
from bot.console.dashboard import evidence_pages, pages, post_pages, reform_pages, reports
from bot.console.dashboard.evidence import Evidence
from bot.console.dashboard.evidence_pages import EvidencePages
from bot.console.dashboard.figures import Board
from bot.console.dashboard.pages import BoardPages
from bot.console.dashboard.post_figures import PostBoard
from bot.console.dashboard.post_pages import PostPages
from bot.console.dashboard.reform import Reform
from bot.console.dashboard.reform_pages import ReformPages
from bot.console.dashboard.reports import ReportPages
from bot.console.dashboard.scorecard import Scorecard
from bot.console.frame import Frame
from bot.console.routing import Route
from bot.feedback.understanding import TextFolder
from bot.figures.grade_store import GradeCounts
from bot.figures.recount import Recount
from bot.jobs.desk import JobDesk
from feedback.reports.by_procedure import ByProcedure
from feedback.reports.counting_days import CountsDays

FIGURE_AREAS = (pages.AREA, reports.AREA, post_pages.AREA, reform_pages.AREA, evidence_pages.AREA)
"""What the console's frame leads to."""
FIGURE_TEMPLATES = pages.TEMPLATES


def make_recount(house: House) -> Recount:
    """Return the work that counts days anew."""
    transactions = house.transactions
    register = CountsDays(house.kept.feedback.log, transactions.read, transactions.write)
    grades = GradeCounts(house.dossiers.store, house.kept.dossier_ratings)
    return Recount.over(transactions, register, grades, present)


def make_board(house: House) -> Board:
    """Return what reads the figures of the house's register."""
    return Board(house.transactions, house.kept.feedback.office.book)


def figure_pages(house: House, frame: Frame, jobs: JobDesk) -> list[Route]:
    """Return the pages of figures, reports, the review of procedures, and inspections."""
    feedback, board = house.kept.feedback, make_board(house)
    name, register = feedback.unit_name, ByProcedure(TextFolder())
    reform = Reform(house.transactions, house.catalogue, house.dossiers.store, register, board.book)
    evidence = Evidence(house.transactions, feedback.reports, feedback.log, feedback.published, board, name, jobs)
    return [
        *BoardPages(frame, board, name).routes(),
        *ReportPages(frame, house.transactions, feedback.reports, board.book, name).routes(),
        *ReformPages(frame, reform).routes(),
        *PostPages(frame, make_post_board(house), house.postal.practice).routes(),
        *EvidencePages(frame, evidence).routes(),
    ]


def make_post_board(house: House) -> PostBoard:
    """Return what reads the figures about the post."""
    return PostBoard(house.transactions, house.postal.coverage, house.postal.lists)


def make_scorecard(house: House) -> Scorecard:
    """Return the public page of figures."""
    office = house.kept.feedback.office
    return Scorecard(make_board(house), office.book, office.name or office.code, house.texts, present)
