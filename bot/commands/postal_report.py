"""``motcua postal report``: what the post can do for the catalogue, what people ask of it, and what is kept of its time."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from datetime import date, timedelta
from pathlib import Path

from bot.app.clock import present
from bot.app.post_report import make_post_report
from bot.console.dashboard.periods import OTHER, Days, usual
from bot.console.dashboard.post_pages import every_sheet, lines_of, tabs
from bot.console.dashboard.sheet import Sheet
from bot.settings import Settings
from bot.spreadsheets import Cell, write_sheets
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.reports.daily import next_month
from feedback.working_time.zone import here

SHOWN = 10
"""Lines of a table on the terminal; the file has all."""
WIDEST = 48


def add_report(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``report``."""
    one = actions.add_parser("report", help="the post beside the catalogue, what is asked of it, and time kept")
    one.add_argument("--month", type=_month, metavar="YYYY-MM", help="by default this month up to today")
    one.add_argument("--file", type=_workbook, metavar="FILE.xlsx", help="write every table, whole")
    one.set_defaults(action=report)


async def report(args: Namespace, settings: Settings) -> int:
    """Show the tables, or write them."""
    today = here(present()).date()
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        all_ = await every_sheet(make_post_report(settings, transactions), _days(args.month, today))
    finally:
        await transactions.close()
    if args.file:
        write_sheets(args.file, tabs(all_))
        print(f"{len(all_)} tables, {sum(len(one.rows) for one in all_)} rows: {args.file}")
        return 0
    for one in all_:
        _show(one)
    return 0


def _show(sheet: Sheet) -> None:
    print(f"\n{sheet.title}\n" + "  ".join(sheet.head))
    lines = lines_of(sheet)
    for row in lines[:SHOWN]:
        print("  ".join(map(_cell, row)))
    if len(lines) > SHOWN:
        print(f"… {len(lines) - SHOWN} more (--file has all)")


def _cell(cell: Cell) -> str:
    said = str(cell)
    return said if len(said) <= WIDEST else f"{said[: WIDEST - 1]}…"


def _days(month: date | None, today: date) -> Days:
    if month is None:
        return usual(today)
    return Days(OTHER, month, min(next_month(month) - timedelta(days=1), max(today, month)))


def _month(raw: str) -> date:
    try:
        return date.fromisoformat(f"{raw}-01")
    except ValueError as error:
        raise ArgumentTypeError(f"{raw!r} is no month; write it as 2026-11") from error


def _workbook(raw: str) -> Path:
    if not raw.lower().endswith(".xlsx"):
        raise ArgumentTypeError(f"{raw!r}: give a name that ends in .xlsx")
    return Path(raw)
