"""``motcua catalogue families`` and ``family``: shows which codes are one service, and lets officials correct it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bot.commands.person import user_of_this_machine
from bot.unit_of_work import UnitOfWork
from nlu.catalogue.entries import index_of
from nlu.catalogue.errors import NoSuchProcedureError, UnreadableFileError
from nlu.catalogue.family_changes import Corrected, Grouped, Who, grouped, join, live_families, reset, split
from nlu.catalogue.family_compare import FamilyDiff, Grouping, agreement, compare_groupings
from nlu.catalogue.family_store import Decided
from nlu.catalogue.model import Procedure
from nlu.catalogue.store import CatalogueStore

EXAMPLES = 10
"""Families listed that joined or split, unless ``--all`` is given."""
FOLLOWED = "Running servers follow within seconds, their Rasa process within a minute."


def add_family_actions(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``families`` and ``family``."""
    one = actions.add_parser("families", help="list which codes of the live version are one service")
    one.add_argument("--codes", nargs="+", metavar="CODE", help="only the families of these codes")
    one.add_argument("--larger-than", type=int, metavar="N", help="only families of more codes; 1 by default")
    one.add_argument("--changed", action="store_true", help="only families that officials corrected, with who and why")
    one.add_argument(
        "--against", type=Path, metavar="FILE.json", help='compare with {"code_to_family": {code: family}} instead'
    )
    one.set_defaults(action=_families)
    changes = actions.add_parser("family", help="correct which codes are one service; the live index is built anew")
    kinds = changes.add_subparsers(required=True, metavar="CHANGE")
    one = kinds.add_parser("join", help="this code is one service with the other")
    one.add_argument("code")
    one.add_argument("with_code")
    one.set_defaults(action=_join)
    one = kinds.add_parser("split", help="this code is a service of its own")
    one.add_argument("code")
    one.set_defaults(action=_split)
    one = kinds.add_parser("reset", help="take back what was said of this code; names decide again")
    one.add_argument("code")
    one.set_defaults(action=_reset)
    for name in ("join", "split"):
        kinds.choices[name].add_argument("--note", default="", help="why")
    for name in ("join", "split", "reset"):
        kinds.choices[name].add_argument("--by", help="who decides; the user of this machine by default")


async def _families(args: Namespace, work: UnitOfWork) -> int:
    now = await live_families(work)
    lines = _list_lines(args, now) if args.against is None else _agreement_lines(now, _grouping_of(args.against))
    print("\n".join(lines))
    return 0


async def _join(args: Namespace, work: UnitOfWork) -> int:
    return _told(await join(work, index_of, args.code, args.with_code, _who(args, args.note)))


async def _split(args: Namespace, work: UnitOfWork) -> int:
    return _told(await split(work, index_of, args.code, _who(args, args.note)))


async def _reset(args: Namespace, work: UnitOfWork) -> int:
    return _told(await reset(work, index_of, args.code, _who(args)))


def _who(args: Namespace, note: str = "") -> Who:
    return Who(args.by or user_of_this_machine(), datetime.now(UTC), note)


def _told(corrected: Corrected) -> int:
    print("\n".join(_change_lines(corrected)))
    return 0


def _change_lines(corrected: Corrected) -> Iterator[str]:
    before, after = corrected.before, corrected.after
    records = {record.code: record for record in after.records}
    moved = {code for code in after.grouping if before.family(code) != after.family(code)}
    shown = sorted(moved | {code for code in corrected.about if code in after.grouping})
    for title, state in (("Before", before), ("Now", after)):
        yield f"{title}:"
        for family in dict.fromkeys(state.family(code) for code in shown):
            yield from _family_lines([records[code] for code in family])
    if not moved:
        yield "Nothing is together or apart that was not before."
    yield f"The index of version {after.version} was built anew. {FOLLOWED}"


def _family_lines(records: Sequence[Procedure]) -> Iterator[str]:
    word = "stands alone" if len(records) == 1 else f"{len(records)} codes are one service"
    yield f"  {word}:"
    for record in records:
        levels = ", ".join(level.value for level in record.levels) or "no level"
        yield f"    {record.code:<22} {levels}; {record.detail.value}  {record.name}"


def _list_lines(args: Namespace, now: Grouped) -> Iterator[str]:
    missing = [code for code in args.codes or () if code not in now.grouping]
    if missing:
        raise NoSuchProcedureError(f"the live version {now.version} holds no procedure {', '.join(missing)}")
    corrected = {code for one in now.in_force for code in (one.correction.code, one.correction.with_code)}
    # What is asked for by code or correction is shown even when it stands alone.
    least = args.larger_than if args.larger_than is not None else (0 if args.codes or args.changed else 1)
    yield f"Version {now.version}: {len(now.grouping)} procedures in {len(now.families)} families."
    records = {record.code: record for record in now.records}
    for family in now.families.values():
        wanted = not args.codes or not set(args.codes).isdisjoint(family)
        wanted = wanted and (not args.changed or not corrected.isdisjoint(family))
        if wanted and len(family) > least:
            yield from _family_lines([records[code] for code in family])
    if args.changed:
        yield from _correction_lines(now.in_force, now.grouping)


def _correction_lines(in_force: Sequence[Decided], grouping: Grouping) -> Iterator[str]:
    yield "Corrections in force, oldest first:" if in_force else "No correction is in force."
    for one in in_force:
        code, with_code = one.correction.code, one.correction.with_code
        said = f"{code} with {with_code}" if with_code else f"{code} alone"
        idle = "" if {code, with_code} - {""} <= grouping.keys() else "  (idle: this version lacks a code)"
        yield f"  {said}  by {one.by}, {one.at:%Y-%m-%d %H:%M}  {one.note}".rstrip() + idle


def _grouping_of(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_OtherGrouping).code_to_family
    except (OSError, msgspec.MsgspecError) as error:
        raise UnreadableFileError(f'{path} is no JSON file of the form {{"code_to_family": …}}: {error}') from error


class _OtherGrouping(msgspec.Struct):
    code_to_family: dict[str, str]


def _agreement_lines(now: Grouped, other: Grouping) -> Iterator[str]:
    found = agreement(now.grouping, other)
    names = {record.code: record.name for record in now.records}
    yield f"{found.compared} codes compared; {found.common} pairs are together in both."
    yield f"precision {found.precision:.3f}  recall {found.recall:.3f}"
    for title, pairs in (("Only here", found.extra), ("Only there", found.missing)):
        yield f"{title}: {len(pairs)} pairs"
        yield from _pair_lines(pairs, names)


def _pair_lines(pairs: Iterable[tuple[str, str]], names: Mapping[str, str]) -> Iterator[str]:
    for one, other in pairs:
        yield f"  {one}  {names[one]}\n  {other}  {names[other]}\n"


async def compared_families(work: UnitOfWork, new: int, old: int | None = None) -> tuple[FamilyDiff, Mapping[str, str]]:
    """Compare a version's families with those of another one; with the live one's by default, or none while none is live.

    Returns:
        The difference, and the procedures' names by code.
    """
    async with work.read() as session:
        before = old if old is not None else await CatalogueStore(session).live_number()
        now = await grouped(session, new)
        earlier = await grouped(session, before) if before is not None else Grouped(0, (), (), {})
    names = {record.code: record.name for record in (*earlier.records, *now.records)}
    return compare_groupings(earlier.grouping, now.grouping), names
