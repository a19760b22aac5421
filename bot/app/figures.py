"""Counting by day, bound to this house."""

from __future__ import annotations

from bot.app.clock import present
from bot.app.feedback import Feedback
from bot.figures.recount import Recount
from bot.unit_of_work import UnitOfWork
from feedback.reports.counting_days import CountsDays


def make_recount(transactions: UnitOfWork, feedback: Feedback) -> Recount:
    """Return the work that counts days anew."""
    register = CountsDays(feedback.log, transactions.read, transactions.write)
    return Recount.over(transactions, register, present)
