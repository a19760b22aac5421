"""``motcua dossiers due``: which dossiers are due by the next working day, or late without an apology."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from math import inf
from pathlib import Path

from bot.app.working_time import make_working_time
from bot.commands.dossiers_at_hand import AtHand
from bot.dossiers.due import WATCHED, DueLine, Urgency, due_line, horizon
from bot.dossiers.due_store import due_before
from bot.spreadsheets import Cell, write_table
from feedback.working_time.zone import here

HEAD = (
    "Mã hồ sơ",
    "Mức độ",
    "Ngày làm việc còn lại",
    "Ngày hẹn trả",
    "Mã TTHC",
    "Thủ tục",
    "Đơn vị tiếp nhận",
    "Trạng thái",
    "Đang ở",
    "Người xử lý",
)
SHOWN = 50
ORDER = {urgency: place for place, urgency in enumerate(Urgency)}


def add_due(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``due``."""
    one = actions.add_parser("due", help="list dossiers due by the next working day, or late without an apology")
    one.add_argument("--unit", default="", help="of this unit: its code, the beginning of it, or a part of its name")
    one.add_argument("--out", type=Path, metavar="FILE", help="write the whole list to FILE (.csv or .xlsx)")
    one.add_argument("--limit", type=int, default=SHOWN, help="how many to show on the terminal")
    one.set_defaults(action=show_due)


async def show_due(args: Namespace, at_hand: AtHand) -> int:
    """List what is due."""
    now, time = datetime.now(UTC), make_working_time(at_hand.settings)
    lines: list[DueLine] = []
    async with at_hand.transactions.read() as session:
        async for due in due_before(session, at_hand.store, horizon(now, time), WATCHED, unit=args.unit.strip()):
            line = due_line(due.open().record, now, time)
            lines += [line] if line is not None else []
    lines.sort(key=lambda line: (ORDER[line.urgency], -inf if line.days is None else line.days))
    if args.out is not None:
        write_table(args.out, HEAD, (_cells(line) for line in lines))
    for line in lines[: 0 if args.out else args.limit]:
        print(_told(line))
    print(_summary(lines) + (f" Written to {args.out}." if args.out else ""))
    return 0


def _cells(line: DueLine) -> Sequence[Cell]:
    record, step = line.record, line.step
    return (
        record.code,
        line.urgency.value,
        line.days,
        _moment(record.appointment),
        record.procedure_code,
        record.procedure_name,
        record.unit,
        record.vendor_status or record.status.name.lower(),
        step.unit if step else "",
        step.officer if step else "",
    )


def _told(line: DueLine) -> str:
    record, step = line.record, line.step
    where = (step.unit if step else "") or record.unit
    days = "?" if line.days is None else str(line.days)
    head = f"{record.code:<28}{line.urgency.value:<11}{days:>4}  {_moment(record.appointment):<17}"
    return f"{head} {record.procedure_code:<10}{where[:50]}" + (" (sample)" if record.sample else "")


def _summary(lines: Sequence[DueLine]) -> str:
    counted = Counter(line.urgency for line in lines)
    kinds = ", ".join(f"{counted[urgency]} {urgency.value}" for urgency in Urgency)
    return f"{len(lines)} dossiers: {kinds}. Days are working days."


def _moment(moment: datetime | None) -> str:
    return f"{here(moment):%d/%m/%Y %H:%M}" if moment else ""
