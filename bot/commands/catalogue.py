"""``motcua catalogue``: imports, compares, publishes and shows procedures."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bot.commands.catalogue_families import EXAMPLES, add_family_actions, compared_families
from bot.commands.catalogue_import import import_files
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.diff import diff_versions, report_lines
from nlu.catalogue.entries import index_of, index_recipe
from nlu.catalogue.errors import NoSuchProcedureError, NoSuchVersionError
from nlu.catalogue.family_compare import diff_lines
from nlu.catalogue.live import LiveCatalogue
from nlu.catalogue.model import Procedure
from nlu.catalogue.starter import STARTER_DIR, load_starter
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import publish, renew_index, rollback
from nlu.catalogue.wording import LABELS, fee_lines, paper_lines, time_lines, way_lines

SHOWN = 20
"""Procedures listed under each heading of a comparison unless ``--all`` is given."""


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``catalogue`` with its actions."""
    parser = subparsers.add_parser("catalogue", help="import, compare, publish and show procedures")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    _add_import(actions)
    one = actions.add_parser("diff", help="show what a draft would change")
    one.add_argument("version", nargs="?", type=int, help="the newest draft by default")
    one.add_argument("--against", type=int, help="version to compare with; the live one by default")
    one.add_argument("--all", action="store_true", help="list every procedure, not just the first")
    one.add_argument("--json", action="store_true")
    one.set_defaults(action=_diff)
    one = actions.add_parser("publish", help="make a draft live; a running server follows within a minute")
    one.add_argument("version", nargs="?", type=int, help="the newest draft by default")
    one.add_argument("--force", action="store_true", help="even when another version was published since it was made")
    one.set_defaults(action=_publish)
    one = actions.add_parser("rollback", help="return to the version that was live before")
    one.set_defaults(action=_rollback)
    one = actions.add_parser("list", help="list the versions")
    one.set_defaults(action=_list)
    one = actions.add_parser("search", help="search the live version")
    one.add_argument("text", nargs="+")
    one.add_argument("--limit", type=int, default=10)
    one.set_defaults(action=_search)
    one = actions.add_parser("show", help="show one procedure")
    one.add_argument("code")
    one.add_argument("--version", type=int, help="the live one by default")
    one.add_argument("--json", action="store_true")
    one.set_defaults(action=_show)
    add_family_actions(actions)
    one = actions.add_parser("check", help="check the files of a starter catalogue")
    one.add_argument("folder", nargs="?", type=Path, default=STARTER_DIR)
    one.set_defaults(action=None)
    return parser


def _add_import(actions: _SubParsersAction[ArgumentParser]) -> None:
    one = actions.add_parser("import", help="make a draft from files")
    one.add_argument("files", nargs="*", type=Path, help=".jsonl, .jsonl.gz, .csv, .xlsx, .yaml or a folder of .yaml")
    one.add_argument("--starter", action="store_true", help="the starter catalogue of the program; its records win")
    one.add_argument("--replace", action="store_true", help="the draft holds the imported procedures and no others")
    one.add_argument("--onto", type=int, metavar="VERSION", help="build on this version instead of the live one")
    one.add_argument("--report", type=Path, metavar="FILE", help="write every finding to FILE (.csv or .jsonl)")
    one.set_defaults(action=_import)


def run(args: Namespace, settings: Settings) -> int | Awaitable[int]:
    """Do one action; all but ``check`` need the database."""
    return _check(args) if args.action is None else _with_database(args.action, args, settings)


Action = Callable[[Namespace, UnitOfWork], Awaitable[int]]


async def _with_database(action: Action, args: Namespace, settings: Settings) -> int:
    work = UnitOfWork(open_engine(settings.database_url))
    try:
        return await action(args, work)
    finally:
        await work.close()


async def _import(args: Namespace, work: UnitOfWork) -> int:
    # The first of two full records wins, and ours were checked by hand.
    files = [*([STARTER_DIR] if args.starter else []), *args.files]
    if not files:
        print("motcua: name a file to import, or give --starter", file=sys.stderr)
        return 2
    made = await import_files(
        work, files, replace=args.replace, onto=args.onto, report=args.report, now=datetime.now(UTC)
    )
    changes = await compared_families(work, made.number)
    print("\n".join(diff_lines(*changes, EXAMPLES)))
    print("Next: `motcua catalogue diff`, then `motcua catalogue publish`.")
    return 0


async def _diff(args: Namespace, work: UnitOfWork) -> int:
    async with work.read() as session:
        store = CatalogueStore(session)
        new = args.version if args.version is not None else await store.newest_draft()
        old = args.against if args.against is not None else await store.live_number()
        if new is None:
            raise NoSuchVersionError("there is no draft; `motcua catalogue import FILE` makes one")
        for number in (new, old):
            if number is not None and await store.version(number) is None:
                raise NoSuchVersionError(f"there is no version {number}; `motcua catalogue list` shows them")
        found = await diff_versions(store, old, new)
    changes = await compared_families(work, new, old)
    if args.json:
        whole = {**msgspec.to_builtins(found), "families": changes[0]}
        print(msgspec.json.format(msgspec.json.encode(whole)).decode())
        return 0
    print("\n".join(report_lines(found, None if args.all else SHOWN)))
    print("\n" + "\n".join(diff_lines(*changes, None if args.all else EXAMPLES)))
    return 0


async def _publish(args: Namespace, work: UnitOfWork) -> int:
    live = await publish(work, index_of, now=datetime.now(UTC), number=args.version, force=args.force)
    print(f"Version {live.number} is live.")
    return 0


async def _rollback(args: Namespace, work: UnitOfWork) -> int:
    withdrawn, live = await rollback(work)
    # Families may have been corrected, and sayings learned, while the version was out of use.
    await renew_index(work, index_of, index_recipe)
    print(f"Version {live.number} is live again; version {withdrawn.number} is withdrawn.")
    return 0


async def _list(args: Namespace, work: UnitOfWork) -> int:
    async with work.read() as session:
        versions = await CatalogueStore(session).versions()
    if not versions:
        print("There is no version yet; `motcua catalogue import FILE` makes a draft.")
    for version, count in versions:
        made = f"{version.created_at:%Y-%m-%d %H:%M}"
        live = f"published {version.published_at:%Y-%m-%d %H:%M}" if version.published_at else ""
        head = f"{version.number:>4}  {version.state.value:<9}  {count:>6} procedures  {made}"
        print(f"{head}  {version.origin}  {live}".rstrip())
    return 0


async def _search(args: Namespace, work: UnitOfWork) -> int:
    live = LiveCatalogue(work)
    await live.refresh()
    if live.index is None:
        raise NoSuchVersionError("no version is live; import and publish one first")
    for candidate in live.index.rank(" ".join(args.text), args.limit).candidates:
        print(f"{candidate.score:6.3f}  {candidate.code:<12}  {candidate.name}")
    return 0


async def _show(args: Namespace, work: UnitOfWork) -> int:
    async with work.read() as session:
        store = CatalogueStore(session)
        number = args.version if args.version is not None else await store.live_number()
        if number is None:
            raise NoSuchVersionError("no version is live; import and publish one first, or give --version")
        found = await store.get_many(number, [args.code])
    if not found:
        raise NoSuchProcedureError(
            f"version {number} holds no procedure {args.code}; `motcua catalogue search` finds codes"
        )
    print(msgspec.json.format(msgspec.json.encode(found[0])).decode() if args.json else _told(found[0]))
    return 0


def _told(procedure: Procedure) -> str:
    lists = {
        "field": (procedure.field,),
        "levels": tuple(level.value for level in procedure.levels),
        "agencies": procedure.agencies,
        "applicants": procedure.applicants,
        "papers": paper_lines(procedure),
        "times": time_lines(procedure),
        "fees": fee_lines(procedure),
        "ways": way_lines(procedure),
        "steps": procedure.steps,
        "result": (procedure.result,),
        "conditions": (procedure.conditions,),
        "legal_basis": ("; ".join(procedure.legal_basis),),
        "decision": (procedure.decision,),
        "url": (procedure.url or "",),
        "source": (procedure.source.name,),
        "as_of": (procedure.as_of,),
        "detail": (procedure.detail.value,),
        "caveats": procedure.caveats,
        "doubts": tuple(f"{doubt.field}: {doubt.reason}" for doubt in procedure.doubts),
    }
    lines = [f"{procedure.code}  {procedure.name}"]
    for label, values in lists.items():
        given = [value for value in values if value]
        if given:
            lines.append(f"\n{LABELS[label]}:")
            lines.extend(f"  - {value}".replace("\n", "\n    ") for value in given)
    return "\n".join(lines)


def _check(args: Namespace) -> int:
    procedures, faults = load_starter(args.folder)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(procedures)} procedures, {len(faults)} faults in {args.folder}")
    return 1 if faults or not procedures else 0
