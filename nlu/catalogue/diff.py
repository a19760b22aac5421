"""Compares two versions of the catalogue: what an official must see before publishing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from nlu.catalogue.model import Procedure
from nlu.catalogue.store import BATCH, CatalogueStore, Named
from nlu.catalogue.wording import LABELS, fee_lines, origin_lines, paper_lines, time_lines, way_lines

DERIVED = frozenset(("code", "cases", "methods", "origins"))
"""Fields that are compared through their lines instead of as a whole."""

IN_FULL = frozenset(("name", "papers", "fees", "times"))
"""Parts that the readable comparison shows whole; of the others it shows the beginning of each line."""

SHORT = 160
"""Characters of a line of the other parts."""


@dataclass(frozen=True)
class Change:
    """What changed in one part of a procedure."""

    part: str
    """Key of ``wording.LABELS``."""
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """A procedure that both versions hold, differently."""

    code: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class CatalogueDiff:
    """What turns one version into another."""

    old: int | None
    """The version compared with; ``None`` when nothing is live yet."""
    new: int
    added: tuple[Named, ...]
    removed: tuple[Named, ...]
    changed: tuple[Changed, ...]
    unchanged: int


async def diff_versions(store: CatalogueStore, old: int | None, new: int) -> CatalogueDiff:
    """Compare two versions; only records whose content differs are read."""
    before = await store.held(old) if old is not None else {}
    after = await store.held(new)
    both = sorted(before.keys() & after.keys())
    differing = [code for code in both if before[code].hash != after[code].hash]
    changed: list[Changed] = []
    for start in range(0, len(differing), BATCH):
        codes = differing[start : start + BATCH]
        olds = await store.get_many(old, codes) if old is not None else []
        for one, other in zip(olds, await store.get_many(new, codes), strict=True):
            changed.append(Changed(other.code, other.name, tuple(compare(one, other))))
    return CatalogueDiff(
        old=old,
        new=new,
        added=tuple(Named(code, after[code].name) for code in sorted(after.keys() - before.keys())),
        removed=tuple(Named(code, before[code].name) for code in sorted(before.keys() - after.keys())),
        changed=tuple(changed),
        unchanged=len(both) - len(differing),
    )


def compare(old: Procedure, new: Procedure) -> Iterator[Change]:
    """Say what changed: papers, fees and times first, then the other fields."""
    for part, lines in (("papers", paper_lines), ("fees", fee_lines), ("times", time_lines), ("ways", way_lines)):
        yield from _change(part, lines(old), lines(new))
    fields = msgspec.structs.fields(Procedure)
    for name in (field.name for field in fields if field.name not in DERIVED):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield from _change(name, _lines(before), _lines(after))
    yield from _change("origins", origin_lines(old), origin_lines(new))


def _change(part: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    gone = tuple(line for line in old if line not in new)
    come = tuple(line for line in new if line not in old)
    if gone or come:
        yield Change(part, gone, come)
    elif list(old) != list(new):
        yield Change(part, ("(thứ tự cũ)",), ("(thứ tự mới)",))


def _lines(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(line for item in value for line in _lines(item))
    if isinstance(value, msgspec.Struct):
        return (" | ".join(str(part) for part in msgspec.structs.astuple(value) if part),)
    if value is None or value == "":
        return ()
    return ("có" if value is True else "không" if value is False else str(value),)


def report_lines(diff: CatalogueDiff, limit: int | None = None) -> Iterator[str]:
    """Write the comparison for an official.

    Args:
        diff: the comparison.
        limit: most procedures listed under each heading; ``None`` for all.
    """
    against = f"bản {diff.old}" if diff.old is not None else "danh mục trống"
    counts = f"thêm {len(diff.added)}, bỏ {len(diff.removed)}, sửa {len(diff.changed)}, giữ nguyên {diff.unchanged}"
    yield f"Bản {diff.new} so với {against}: {counts}."
    for title, mark, named in (("THÊM", "+", diff.added), ("BỎ", "-", diff.removed)):
        if named:
            yield f"\n{title}"
            yield from (f"{mark} {one.code}  {one.name}" for one in named[:limit])
            yield from _more(len(named), limit)
    if diff.changed:
        yield "\nSỬA"
        for changed in diff.changed[:limit]:
            yield f"~ {changed.code}  {changed.name}"
            for change in changed.changes:
                yield f"    {LABELS[change.part]}:"
                width = None if change.part in IN_FULL else SHORT
                yield from (f"      - {_indented(line, width)}" for line in change.gone)
                yield from (f"      + {_indented(line, width)}" for line in change.new)
        yield from _more(len(diff.changed), limit)


def _more(count: int, limit: int | None) -> Iterator[str]:
    if limit is not None and count > limit:
        yield f"… và {count - limit} thủ tục nữa (xem hết: --all)"


def _indented(line: str, width: int | None) -> str:
    if width is not None and len(line) > width:
        return line[:width].replace("\n", " ").rsplit(" ", 1)[0] + " …"
    return line.replace("\n", "\n        ")
