"""Which source answers for a code."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

import pytest

from bot.dossiers.ports import Sighting
from bot.dossiers.sources.by_agency import ByAgency, agency_of
from bot.dossiers.sources.health import Health
from nlu.codes import DossierCode
from tests.bot.dossiers.sources.conftest import Nobody, code
from tests.factories import NOW


@dataclass
class Other:
    """A source that knows nothing."""

    name: str
    agencies: tuple[str, ...]

    @property
    def health(self) -> Health:
        return Health(self.name, self.agencies)

    handful: int = 1

    async def find(self, code: DossierCode) -> Sighting:
        return Sighting(None, NOW)

    async def poll(self, codes: Sequence[DossierCode]) -> AsyncGenerator[Sighting, None]:
        for _ in codes:
            yield Sighting(None, NOW)

    async def probe(self, code: DossierCode) -> bool:
        return True


SOURCES = ByAgency(Nobody(), [Other("tinh", ("H48", "H34")), Other("so", ("H48.16",)), Other("bo", ("G09.20",))])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("H48-261120-0001", "tinh"),
        ("H48.5-261120-0001", "tinh"),
        ("H48.16-261120-0001", "so"),
        ("H48.16.2-261120-0001", "so"),
        ("H48.160-261120-0001", "tinh"),
        ("000.00.16.H48-200827-0012", "so"),
        ("000.02.16.H48-200827-0012", "so"),
        ("000.00.00.H34-200827-0012", "tinh"),
        ("G09.20-20260609-0092637", "bo"),
        ("G09.21-20260609-0092637", "database"),
        ("H15.50.05.13-261008-0975", "database"),
    ],
)
def test_the_longest_agency_of_the_code_decides(text: str, name: str) -> None:
    assert SOURCES.source_of(code(text)).name == name


def test_the_old_layout_is_read_from_its_end() -> None:
    assert agency_of(code("000.00.16.H34-200827-0012")) == ("H34", "16")
    assert agency_of(code("000.00.00.H34-200827-0012")) == ("H34",)
    assert agency_of(code("001.02.16.H34-200827-0012")) == ("H34", "16", "02", "001")


async def test_finding_goes_to_the_source() -> None:
    assert (await SOURCES.find(code("H48-261120-0001"))).as_of == NOW
    assert [remote.health.name for remote in SOURCES.remotes] == ["tinh", "so", "bo"]
