"""A SQLite database with a small published catalogue, made once and copied for each test that asks for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.entries import index_of
from nlu.catalogue.model import Detail, Fee, FeeKind
from nlu.catalogue.versions import make_draft, publish
from tests.bot.dialogue_house import BIRTH, FOREIGN_MARRIAGE, MARRIAGE
from tests.databases import in_its_own_loop, made_once
from tests.factories import NOW, counter, procedure

RECORDS = (
    BIRTH,
    MARRIAGE,
    FOREIGN_MARRIAGE,
    procedure("1.004194", name="Gia hạn tạm trú", field="Cư trú", methods=(counter(3, Fee(kind=FeeKind.LOCAL)),)),
    procedure("2.000181", name="Cấp giấy phép bán lẻ rượu", detail=Detail.LISTING, cases=(), methods=(), steps=()),
    *(
        procedure(f"2.00100{number}", name=f"Cấp phép karaoke quy mô {size}", field="Văn hóa")
        for number, size in enumerate(("nhỏ", "vừa", "to"))
    ),
)
"""Three of them can only be told apart by asking back."""


@pytest.fixture(scope="session")
def published_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The original; tests get copies."""

    async def fill(path: Path) -> None:
        transactions = UnitOfWork(open_engine(f"sqlite:///{path}"))
        await upgrade(transactions.engine)
        await make_draft(transactions, lambda: RECORDS, origin="test", now=NOW)
        await publish(transactions, index_of, now=NOW)
        await transactions.close()

    return made_once(tmp_path_factory, "catalogue.sqlite3", lambda path: in_its_own_loop(fill(path)))


@pytest.fixture
def small_catalogue(published_database: Path, tmp_path: Path) -> str:
    """URL of a database of the test's own with ``RECORDS`` live."""
    copy = tmp_path / "small.sqlite3"
    shutil.copy(published_database, copy)
    return f"sqlite:///{copy}"
