"""``motcua dossiers grades``: what ratings and times of units come to by the rule of five grades. A draft for officials."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.commands.dossiers_at_hand import AtHand
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.rating.grade import Graded, Index, Rule
from bot.dossiers.rating.grading import Grading
from bot.dossiers.rating.rules import load_rule, load_units
from bot.dossiers.rating.store import RatingStore
from bot.spreadsheets import Cell, write_csv
from feedback.working_time.zone import VIETNAM

NAMES = {
    Index.TOTAL_TIME: "1 total time",
    Index.AGENCY_TIME: "2 each agency's time",
    Index.CONTACTS: "3 contacts",
    Index.AGENCIES: "4 agencies",
    Index.ONE_STOP: "5 one-stop organisation",
    Index.PUBLICATION: "6 publication",
    Index.ATTITUDE: "7 attitude",
    Index.FEEDBACK: "8 handling of feedback",
    Index.ONLINE: "9 online services",
}
MOST = len(Index) * 2


def add_grades(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``grades``."""
    one = actions.add_parser("grades", help="draft grades of units, from times and ratings; not official")
    one.add_argument("--unit", default="", metavar="NAME", help="only units with this in their name")
    one.add_argument("--from", type=_day, dest="since", metavar="DAY", help="ended from this day on: 2026-10-01")
    one.add_argument("--to", type=_day, dest="until", metavar="DAY", help="ended until this day, included")
    one.add_argument("--inputs", type=Path, metavar="FILE", help="YAML of units' own indices (5, 6, 8, 9)")
    one.add_argument("--csv", type=Path, metavar="FILE", help="write the table there")
    one.add_argument("--comments", action="store_true", help="also show the remarks, which name nobody")
    one.set_defaults(action=grades)


async def grades(args: Namespace, at_hand: AtHand) -> int:
    """Compute and show the draft; by default of the present quarter."""
    today = datetime.now(VIETNAM).date()
    since, until = args.since or _quarter(today), args.until or today
    rule = load_rule(until)
    signing_key, encryption_key = at_hand.settings.require_keys()
    ratings = RatingStore(AesGcmCipher(encryption_key.reveal()), signing_key.reveal())
    grading = Grading(at_hand.store, ratings, rule, load_units(args.inputs) if args.inputs else {})
    async with at_hand.transactions.read() as session:
        found = await grading.grades(session, _midnight(since), _midnight(until + timedelta(days=1)), args.unit)
        remarks = await ratings.comments(session, _midnight(since)) if args.comments else ()
    print(f"DRAFT for officials, not a grade: {rule.source}. {rule.doubt}")
    print(f"Dossiers that ended from {since} to {until}.")
    for unit, one in found.items():
        print("\n".join(_lines(unit or "(no unit named)", one)))
    if not found:
        print("No dossier ended in this time.")
    if remarks:
        print("\nRemarks, of all units:\n" + "\n".join(f"- {remark}" for remark in remarks))
    if args.csv:
        write_csv(args.csv, _rows(found, rule))
    return 0


def _lines(unit: str, one: Graded) -> list[str]:
    told = [f"\n{unit}: {one.dossiers} dossiers, {one.rated} rated"]
    for index in Index:
        known = one.averages.get(index)
        counted = f"  ({one.counts[index]} dossiers)" if index in one.counts else ""
        told.append(f"  {NAMES[index]:<26}{'missing' if known is None else known}{counted}")
    if one.grade is not None:
        told.append(f"  draft: {one.total} of {MOST}: {one.grade.name}")
    else:
        between = f"between {one.lowest.name} and {one.highest.name}"
        told.append(
            f"  draft: {one.total} without what is missing: {between}, by the {len(one.missing)} missing indices"
        )
    return told


def _rows(found: Mapping[str, Graded], rule: Rule) -> Iterator[Sequence[Cell]]:
    yield ["DRAFT", rule.source, rule.doubt]
    yield ["unit", "dossiers", "rated", *NAMES.values(), "total", "grade", "lowest", "highest"]
    for unit, one in found.items():
        averages = [one.averages.get(index, "missing") for index in Index]
        grade = one.grade.name if one.grade else ""
        yield [unit, one.dossiers, one.rated, *averages, one.total, grade, one.lowest.name, one.highest.name]


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write 2026-10-01") from error
