"""Agencies where the second fact alone is enough, and the document that says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.dossiers.access.agencies import BUILT_IN, AgenciesError, load_agencies
from bot.dossiers.sample_words import load_sample_words
from bot.dossiers.samples import SampleMaker
from feedback.working_time.loading import load_working_time
from nlu.codes import parse_dossier_code

TODAY = date(2026, 11, 26)
DECIDED = "- {unit: H48.30, document: 'QĐ 12/QĐ-UBND 01/10/2026', valid_from: 2026-10-01, valid_to: 2026-12-31}"


def alone(file: Path, code: str, today: date = TODAY) -> bool:
    return load_agencies(file).fact_alone(parse_dossier_code(code), today) is not None


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "agencies.yml"
    path.write_text(DECIDED, "utf-8")
    return path


def test_it_holds_for_the_unit_and_those_below_it_in_either_layout(file: Path) -> None:
    assert alone(file, "H48.30-261117-0001")
    assert alone(file, "H48.30.02-261117-0001")
    assert alone(file, "000.00.30.H48-261117-0001")
    assert not alone(file, "H48.3-261117-0001")
    assert not alone(file, "H48.301-261117-0001")
    assert not alone(file, "H48-261117-0001")
    assert not alone(file, "H15.48.30-261117-0001")


def test_it_holds_for_its_time_alone(file: Path) -> None:
    assert not alone(file, "H48.30-261117-0001", date(2026, 9, 30))
    assert alone(file, "H48.30-261117-0001", date(2026, 12, 31))
    assert not alone(file, "H48.30-261117-0001", date(2027, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "- {unit: H48, valid_from: 2026-10-01}",
        "- {unit: H48, document: ' ', valid_from: 2026-10-01}",
        "- {unit: H48, document: x, valid_from: soon}",
        "- {unit: H48, document: x, valid_from: 2026-10-01, vaild_to: 2026-10-02}",
        "unit: H48",
        "[",
    ],
)
def test_a_decision_that_names_no_document_or_cannot_be_read_stops_the_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "agencies.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(AgenciesError, match=r"agencies\.yml"):
        load_agencies(path)


@pytest.mark.parametrize(
    ("code", "covered"),
    [
        ("H48.30.02-261117-9001", True),
        ("000.00.16.H48-261117-9320", True),
        ("G09.001.02-261117-159001", True),
        ("H48.30.02-261117-0001", False),
        ("H48.30.03-261117-9001", False),
    ],
)
def test_out_of_the_box_it_holds_for_samples_alone(code: str, covered: bool) -> None:
    decision = load_agencies(BUILT_IN).fact_alone(parse_dossier_code(code), TODAY)
    assert (decision is not None) is covered
    assert decision is None or decision.samples_only


def test_every_sample_that_comes_with_the_software_is_covered() -> None:
    agencies = load_agencies(BUILT_IN)
    samples = SampleMaker(load_sample_words(), load_working_time().hours(), TODAY).all()
    assert samples
    assert all(agencies.fact_alone(parse_dossier_code(one.code), TODAY) for one in samples)


def test_an_agencys_own_decision_goes_before_that_of_the_samples(file: Path) -> None:
    decision = load_agencies(BUILT_IN, file).fact_alone(parse_dossier_code("H48.30.02-261117-9001"), TODAY)
    assert decision is not None
    assert not decision.samples_only
