"""``motcua feedback report``: the periodic report, the register book and the export of a period."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.commands.feedback_at_hand import AtHand, InputError, add_action, write_text
from bot.commands.feedback_reading import day
from bot.feedback.report_sheets import (
    book_words,
    period_words,
    register_book_page,
    report_page,
    write_register_book,
    write_report,
)
from feedback.record import Book
from feedback.reports.columns import COLUMNS
from feedback.reports.making import Line, Report
from feedback.reports.national import item
from feedback.reports.story import Period


def add_reports(actions: Any) -> None:
    """Add the action."""
    report = add_action(actions, "report", "numbers of a period, by agency and field", _report, record=False)
    report.add_argument("--since", type=day, required=True, metavar="YYYY-MM-DD", help="first day")
    report.add_argument("--until", type=day, required=True, metavar="YYYY-MM-DD", help="last day")
    report.add_argument("--agency", default="", help="code; only this one")
    report.add_argument("--xlsx", type=Path, help="write the report as a workbook")
    report.add_argument("--print", dest="page", type=Path, metavar="HTML", help="write the report as a page to print")
    report.add_argument("--book-xlsx", type=Path, help="write the register book (sổ theo dõi) as a workbook")
    report.add_argument("--book-print", type=Path, metavar="HTML", help="write the register book as a page to print")
    report.add_argument("--json", type=Path, help="write the items for entry into the national feedback system")


async def _report(args: Namespace, hand: AtHand) -> int:
    if args.until < args.since:
        raise InputError("the last day lies before the first one")
    period, book = Period(args.since, args.until + timedelta(days=1)), hand.feedback.office.book
    reports = hand.feedback.reports
    async with hand.transactions.read() as session:
        report = await reports.periodic(session, hand.actor, period, book, hand.at, args.agency)
        wanted = args.book_xlsx or args.book_print or args.json
        lines = await reports.register_book(session, hand.actor, period, book, hand.at) if wanted else ()
    if own := sum(line.withheld for line in lines):
        print(f"{own} records are about you: their words are left out; have somebody else make the book.")
    _write(args, report, lines, hand)
    _show(report)
    return 0


def _write(args: Namespace, report: Report, lines: Sequence[Line], hand: AtHand) -> None:
    period, book = report.period, report.book
    if args.json and book is Book.TRIAL:
        raise InputError("a trial has nothing to enter into the national system")
    if args.xlsx:
        write_report(args.xlsx, report, hand.name)
    if args.book_xlsx:
        write_register_book(args.book_xlsx, lines, period, book, hand.name)
    pages = {
        args.page: report_page(report, hand.name),
        args.book_print: register_book_page(lines, period, book, hand.name),
    }
    if args.json:
        items = [one for one in map(item, lines) if one]
        pages[args.json] = json.dumps({"items": items}, ensure_ascii=False, indent=2)
    for path, text in pages.items():
        if path is not None:
            write_text(path, text)


def _show(report: Report) -> None:
    print(f"{book_words(report.book)} {period_words(report.period)}")
    for column in COLUMNS:
        if report.total.get(column.key):
            print(f"{report.total[column.key]:>7}  {column.title}")
    for one in report.indicators:
        percent = "không có số liệu" if one.percent is None else f"{one.percent:.2f} %"
        print(f"{one.id:>5} {one.title}: {percent} ({one.above}/{one.below})")
    print(f"Log: {report.anchor.seq} entries, anchor {report.anchor.hash}@{report.anchor.seq}")
