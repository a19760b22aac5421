"""Who proved to be the applicant reads the procedure's name, also where the source gave its code alone."""

from __future__ import annotations

import pytest

from bot.channels.contract import Ref
from bot.dossiers.desk import Asker
from bot.dossiers.naming import NamingDesk
from tests.bot.messages import NOW
from tests.factories import procedure
from tests.fakes.dossiers import FakeDesk, record
from tests.fakes.procedures import FakeCatalogue

CODE = "H48.16-261111-0007"
ASKER = Asker(Ref("web", "default", "c"), NOW)


def desk(**changes: object) -> NamingDesk:
    return NamingDesk(
        FakeDesk({CODE: record(CODE, **changes)}, fact_alone=True, catalogue=frozenset()), FakeCatalogue(procedure())
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "name", "known"),
    [
        ({"procedure_code": "1.001193", "procedure_name": ""}, "Đăng ký khai sinh", "1.001193"),
        ({"procedure_code": "1.001193.000.00.00.H48", "procedure_name": ""}, "Đăng ký khai sinh", "1.001193"),
        ({"procedure_code": "1.001193", "procedure_name": "Tên của nguồn"}, "Tên của nguồn", "1.001193"),
        ({"procedure_code": "9.999999", "procedure_name": ""}, "", ""),
        ({"procedure_code": "", "procedure_name": ""}, "", ""),
    ],
)
async def test_the_name_is_the_sources_else_the_catalogues(given: dict[str, object], name: str, known: str) -> None:
    counter = desk(**given)
    await counter.prove(ASKER, CODE, "3427")
    look = await counter.look(ASKER, CODE)
    assert look.shown is not None
    assert look.shown.procedure_name == name
    assert look.procedure == known


async def test_without_a_proof_nothing_is_added() -> None:
    look = await desk(procedure_name="").look(ASKER, CODE)
    assert (look.shown, look.procedure) == (None, "")
