"""What ``motcua postal report`` reads."""

from __future__ import annotations

from bot.app.postal import make_coverage
from bot.console.dashboard.post_figures import PostBoard
from bot.delivery.ports import Transactions
from bot.postal.book import load_book
from bot.settings import Settings


def make_post_report(settings: Settings, transactions: Transactions) -> PostBoard:
    """Return what reads the figures about the post.

    Raises:
        PostalFileError: the agency's file is wrong.
    """
    lists = load_book(settings.postal.file).lists
    return PostBoard(transactions, make_coverage(transactions, lists), lists)
