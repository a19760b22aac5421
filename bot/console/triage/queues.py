"""The queues of triage, and what a filter in the address of a list means. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode

from feedback.actor import Actor
from feedback.clock_store import Bounds
from feedback.listing import Wanted
from feedback.listing_store import Mark
from feedback.record import ENDED, Status
from feedback.working_time.zone import VIETNAM

PATH = "/canbo/phan-anh"
YEARS = range(2000, 2200)
"""Of days that can be asked for."""
NEW = (Status.NEEDS_TRIAGE, Status.RECEIVED, Status.REOPENED)
OPEN = tuple(one for one in Status if one not in ENDED)
NOBODY = "-"
"""No account is called so."""


@dataclass(frozen=True)
class Queue:
    """What waits for somebody."""

    slug: str
    title: str
    key: str
    wanted: Callable[[Actor, Bounds], Wanted]
    band: int | None = None
    """Place among the bands of the clocks, the most overdue first; ``None`` for a queue that is not of clocks."""


QUEUES: tuple[Queue, ...] = (
    Queue("moi", "Mới chờ phân loại", "1", lambda actor, bounds: Wanted(statuses=NEW, oldest=True)),
    Queue(
        "cua-toi",
        "Của tôi",
        "2",
        lambda actor, bounds: Wanted(statuses=OPEN, officer=actor.id or NOBODY, oldest=True),
    ),
    Queue(
        "don-vi",
        "Của đơn vị",
        "3",
        lambda actor, bounds: Wanted(statuses=OPEN, unit=actor.unit or NOBODY, oldest=True),
    ),
    Queue(
        "bo-sung", "Chờ bổ sung", "4", lambda actor, bounds: Wanted(statuses=(Status.NEEDS_SUPPLEMENT,), oldest=True)
    ),
    Queue(
        "cho-duyet",
        "Chờ duyệt",
        "5",
        lambda actor, bounds: Wanted(statuses=(Status.IN_REVIEW,), to_approve=True, oldest=True),
    ),
    Queue(
        "cho-cong-khai",
        "Chờ công khai",
        "6",
        lambda actor, bounds: Wanted(statuses=(Status.AWAITING_PUBLICATION,), oldest=True),
    ),
    Queue(
        "sap-den-han",
        "Sắp đến hạn",
        "7",
        lambda actor, bounds: Wanted(statuses=OPEN, due_since=bounds.overdue, due_before=bounds.soon, oldest=True),
        2,
    ),
    Queue(
        "qua-han",
        "Quá hạn",
        "8",
        lambda actor, bounds: Wanted(
            statuses=OPEN, due_since=bounds.very_overdue, due_before=bounds.overdue, oldest=True
        ),
        1,
    ),
    Queue(
        "rat-qua-han",
        "Rất quá hạn",
        "9",
        lambda actor, bounds: Wanted(statuses=OPEN, due_before=bounds.very_overdue, oldest=True),
        0,
    ),
    Queue("tat-ca", "Tất cả", "0", lambda actor, bounds: Wanted()),
)
_BY_SLUG = {one.slug: one for one in QUEUES}
FILTERS = ("hang", "chu", "don-vi", "co-quan", "linh-vuc", "thu-tuc", "trang-thai", "nguoi", "tu-ngay", "den-ngay")
"""Names in the address of a list that say what is wanted."""


def queue_of(slug: str) -> Queue:
    """Return a queue; the first one for none of that name."""
    return _BY_SLUG.get(slug, QUEUES[0])


def wanted_of(asked: Mapping[str, str], actor: Actor, bounds: Bounds) -> Wanted:
    """Return what the address of a list asks for; what it says wrongly is left out."""
    wanted = queue_of(asked.get("hang", "")).wanted(actor, bounds)
    status = asked.get("trang-thai", "")
    if status in {one.value for one in Status} and (not wanted.statuses or Status(status) in wanted.statuses):
        wanted = replace(wanted, statuses=(Status(status),))
    until = _day(asked.get("den-ngay", ""))
    return replace(
        wanted,
        words=asked.get("chu", "")[:200],
        unit=wanted.unit or asked.get("don-vi", ""),
        agency=asked.get("co-quan", ""),
        of_field=asked.get("linh-vuc", ""),
        procedure_code=asked.get("thu-tuc", ""),
        officer=wanted.officer or asked.get("nguoi", ""),
        since=_day(asked.get("tu-ngay", "")),
        until=until + timedelta(days=1) if until else None,
    )


def address(asked: Mapping[str, str], **more: str) -> str:
    """Return the address of the list with the same filters."""
    given = {name: asked[name] for name in FILTERS if asked.get(name)} | {
        name.replace("_", "-"): value for name, value in more.items() if value
    }
    return f"{PATH}?{urlencode(given)}" if given else PATH


def address_of(record: int, hang: str = "") -> str:
    """Return the address of a record's page, with the queue that its visitor came from."""
    return f"{PATH}/{record}" + (f"?{urlencode({'hang': hang})}" if hang else "")


def said(mark: Mark) -> str:
    """Return a mark as it stands in an address."""
    return f"{mark.entered_at.astimezone(UTC):%Y%m%d%H%M%S%f}-{mark.id}"


def mark_of(text: str) -> Mark | None:
    """Read a mark; ``None`` for none."""
    moment, _, id = text.partition("-")
    try:
        found = Mark(datetime.strptime(moment, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC), int(id))
    except ValueError:
        return None
    return found if 0 <= found.id < 2**31 else None


def _day(text: str) -> datetime | None:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
    return datetime.combine(day, time(), VIETNAM) if day.year in YEARS else None
