"""A one-stop system over real HTTP, and a source that speaks with it in a time of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dossiers.ports import Sighting
from bot.dossiers.sources.building import Surroundings, open_sources
from bot.dossiers.sources.by_agency import ByAgency, Remote
from bot.dossiers.sources.one_stop import Times
from bot.secret import Secret
from feedback.working_time.zone import VIETNAM
from nlu.codes import DossierCode, parse_dossier_code
from tests.fakes.kept_dossiers import FakeDossiers
from tests.fakes.one_stop import FakeOneStop, running_one_stop
from tests.fakes.transactions import FakeTransactions

CODE = "H48.16-261120-0001"
OTHER = "H48.16-261120-0002"
SECRET = "MOTCUA_DOSSIER_SECRET_QN"


def code(text: str = CODE) -> DossierCode:
    return parse_dossier_code(text)


def mapping(url: str = "https://motcua.example.vn", **changes: Any) -> dict[str, Any]:
    """Return a source as the file holds it; ``changes`` replace its parts."""
    return {
        "name": "quang-ngai",
        "agencies": ["H48"],
        "base_url": f"{url}/api",
        "find": {"path": "/ho-so/{code}", "query": {"donVi": "{level1}"}},
        "auth": {
            "kind": "client_credentials",
            "token_url": f"{url}/oauth/token",
            "client_id": "motcua",
            "secret": SECRET,
        },
        "answer": answer(),
        "timeout_seconds": 5,
        "total_seconds": 20,
        "per_second": 1000,
        "polls_per_second": 1000,
        **changes,
    }


def answer() -> dict[str, Any]:
    """Return where the facts stand in an answer."""
    return {
        "record": "duLieu",
        "code": "maHoSo",
        "status": "trangThai",
        "fields": {
            "procedure_code": "maTTHC",
            "procedure_name": "tenTTHC",
            "owner_name": "chuHoSo.ten",
            "owner_phone": "chuHoSo.dienThoai",
            "owner_identity": "chuHoSo.dinhDanh",
            "applicant": "loaiDoiTuong",
            "unit": "donVi",
            "received_at": "ngayTiepNhan",
            "due_at": "ngayHenTra",
            "ended_at": "ngayKetThuc",
            "fee_due": "lePhi",
        },
        "statuses": {"receiving": 1, "processing": 4, "waiting": 5, "releasing": 9, 10: 10},
        "dates": ["%d/%m/%Y %H:%M", "%d/%m/%Y", "iso"],
        "missing": "thieu",
        "steps": {
            "path": "tienTrinh",
            "fields": {"unit": "phong", "officer": "nguoi", "started_at": "batDau", "ended_at": "ketThuc"},
        },
        "slips": {
            "path": "phieu",
            "fields": {"kind": "loai", "issued_on": "ngay", "number": "so", "new_due_at": "henLai"},
            "kinds": {"xin-loi": "apology"},
        },
        "not_found": {"where": {"maLoi": [404]}},
        "fine": {"path": "maLoi", "values": [0]},
    }


@dataclass
class Clock:
    """A clock that the test sets, and pauses that take no time."""

    now: datetime = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def ticks(self) -> float:
        return self.now.timestamp()

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.slept.append(seconds)
            self.now += timedelta(seconds=seconds)


@dataclass
class Nobody:
    """A database that knows nothing."""

    name: str = "database"
    clock: Callable[[], datetime] = lambda: datetime(2026, 11, 26, tzinfo=UTC)

    async def find(self, code: DossierCode) -> Sighting:
        return Sighting(None, self.clock())


@dataclass
class World:
    """All of it."""

    system: FakeOneStop
    clock: Clock
    store: FakeDossiers
    sources: ByAgency

    @property
    def remote(self) -> Remote:
        return self.sources.remotes[0]


def closing(day: date) -> datetime:
    return datetime.combine(day, time(17), VIETNAM)


@pytest.fixture
async def system() -> AsyncIterator[FakeOneStop]:
    async with running_one_stop() as system:
        yield system


Open = Callable[..., Any]


@pytest.fixture
async def world(system: FakeOneStop, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """The usual mapping; a test changes parts of it by ``@pytest.mark.parametrize("changes", [...])``."""
    changes = request.getfixturevalue("changes") if "changes" in request.fixturenames else {}
    path = tmp_path / "sources.yml"
    path.write_text(yaml.safe_dump({"sources": [mapping(system.url, **changes)]}), "utf-8")
    clock, store = Clock(), FakeDossiers()
    around = Surroundings(Nobody(), store, FakeTransactions(), clock, lambda agency: closing)
    times = Times(clock.sleep, clock.ticks, lambda: 1.0)
    async with open_sources(path, {SECRET: Secret(system.password)}, around, times) as sources:
        yield World(system, clock, store, sources)
        system.gate.set()
