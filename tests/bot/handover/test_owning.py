"""Whose a person is who waits: by the dossier, the procedure, the time; and who sees whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.contract import Ref
from bot.dialogue.ports import Concern
from bot.handover.owning import Charged, Owning
from bot.handover.store import OpenRequest
from feedback.actor import Actor, Role
from feedback.office import Office, Unit
from feedback.working_time.loading import load_working_time
from nlu.catalogue.model import Procedure
from tests.bot.messages import ref
from tests.factories import procedure

MINUTE = timedelta(minutes=1)
MORNING = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
"""Nine o'clock on a Thursday."""
EVENING = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
OFFICE = Office(
    code="H48",
    units=(
        Unit("H48.1", "Văn phòng", receives=True),
        Unit("H48.12", "Sở Tư pháp Mẫu", fields=("Hộ tịch",)),
        Unit("H48.12.3", "Phòng Hộ tịch"),
        Unit("H48.7", "Sở Xây dựng Mẫu", agencies=("H48.30",)),
        Unit("H48.9", "Đơn vị cũ", valid_to=MORNING.date() - timedelta(days=30)),
    ),
)
OWNING = Owning(OFFICE, load_working_time().hours(), 30 * MINUTE)


def waits(unit: str, asked_at: datetime = MORNING) -> OpenRequest:
    """Somebody who waits for a unit."""
    return OpenRequest(1, ref(), "", asked_at, unit=unit)


def sees(unit: str, request: OpenRequest, role: Role = Role.HANDLER, at: datetime = MORNING) -> bool:
    """Tell whether somebody of a unit sees who waits."""
    return OWNING.may_see(Actor("lan", unit, frozenset({role})), request, at)


@pytest.mark.parametrize(
    ("who", "whose", "seen"),
    [
        ("H48.12", "H48.12", True),
        ("H48.12", "H48.12.3", True),
        ("H48.12.3", "H48.12", False),
        ("H48.1", "H48.12", False),
        ("H48.1", "", True),
        ("H48.12", "", False),
        ("H48.1", "H48.9", True),
        ("H48.1", "KHAC", True),
        ("", "", False),
        ("", "H48.12", False),
    ],
)
def test_officials_see_their_units_and_the_receiving_unit_sees_what_no_unit_has(
    who: str, whose: str, seen: bool
) -> None:
    assert sees(who, waits(whose)) is seen


@pytest.mark.parametrize("role", [Role.APPROVER, Role.PUBLISHER, Role.REPORTER, Role.ADMIN])
def test_who_does_not_talk_with_citizens_sees_nobody(role: Role) -> None:
    assert not sees("H48.1", waits(""), role)


def test_who_waits_too_long_for_a_unit_is_seen_by_the_receiving_unit_as_well() -> None:
    request = waits("H48.12")
    assert not sees("H48.1", request, at=MORNING + 29 * MINUTE)
    assert sees("H48.1", request, at=MORNING + 30 * MINUTE)
    assert sees("H48.12", request, at=MORNING + 30 * MINUTE)
    assert not sees("H48.7", request, at=MORNING + 30 * MINUTE)


def test_a_night_is_no_wait() -> None:
    request = waits("H48.12", EVENING)
    opens = OWNING.hours.at(EVENING).opens_at
    assert not sees("H48.1", request, at=opens + 29 * MINUTE)
    assert sees("H48.1", request, at=opens + 30 * MINUTE)


class OneProcedure:
    """A catalogue with one procedure, of a field and of an agency."""

    def __init__(self, found: Procedure) -> None:
        self.found = found

    async def get(self, code: str) -> Procedure | None:
        return self.found if code == self.found.code else None


@pytest.mark.parametrize(
    ("dossier", "unit"),
    [
        ("H48.12.3-261101-0001", "H48.12.3"),
        ("H48.12.8-261101-0001", "H48.12"),
        ("000.00.30.H48-201101-0001", "H48.7"),
        ("H48.55-261101-0001", ""),
        ("H01.55-261101-0001", ""),
        ("", ""),
        ("không phải mã", ""),
    ],
)
async def test_who_asks_about_a_dossier_is_the_units_that_has_it(dossier: str, unit: str) -> None:
    charged = Charged(OWNING, OneProcedure(procedure("1.001193")))  # type: ignore[arg-type]
    assert await charged.unit(ref(), Concern(dossier=dossier), MORNING) == unit


@pytest.mark.parametrize(
    ("field", "agencies", "unit"),
    [
        ("Hộ tịch", ("Ủy ban nhân dân cấp xã",), "H48.12"),
        ("Nhà ở", ("Sở Xây dựng Mẫu",), "H48.7"),
        ("Nhà ở", ("Sở Y tế",), ""),
    ],
)
async def test_who_asks_about_a_procedure_is_the_units_that_carries_it_out_or_has_its_field(
    field: str, agencies: tuple[str, ...], unit: str
) -> None:
    charged = Charged(OWNING, OneProcedure(procedure("1.001193", field=field, agencies=agencies)))  # type: ignore[arg-type]
    assert await charged.unit(ref(), Concern(procedure="1.001193"), MORNING) == unit


async def test_a_place_that_was_named_comes_after_dossier_and_procedure_and_never_for_who_writes_feedback() -> None:
    async def place(where: Ref, at: datetime) -> str:
        assert (where, at) == (ref(), MORNING)
        return "H48.7"

    birth = procedure("1.001193", field="Hộ tịch")
    charged = Charged(OWNING, OneProcedure(birth), place)  # type: ignore[arg-type]
    asked = [Concern(), Concern(procedure="1.001193"), Concern(dossier="H48.12.3-261101-0001"), Concern(receiving=True)]
    found = [await charged.unit(ref(), one, MORNING) for one in asked]
    assert found == ["H48.7", "H48.12", "H48.12.3", ""]
