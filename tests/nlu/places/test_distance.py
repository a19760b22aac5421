"""How far communes lie from each other."""

from __future__ import annotations

import pytest

from nlu.places.distance import between, kilometres
from nlu.places.gazetteer import load_gazetteer
from nlu.places.place import Commune, Province

HUE, NOWHERE = Province("46", "Thành phố Huế"), Province("00", "Tỉnh Không")


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert kilometres(10, 106, 11, 106) == pytest.approx(111.195, abs=0.01)


def test_hanoi_lies_far_from_saigon() -> None:
    places = load_gazetteer()
    hanoi, saigon = places.read("phường Hoàn Kiếm, Hà Nội").commune, places.read("phường Sài Gòn, TPHCM").commune
    assert hanoi is not None
    assert saigon is not None
    assert between(hanoi, saigon) == pytest.approx(1140, abs=15)
    assert between(saigon, hanoi) == between(hanoi, saigon)
    assert between(hanoi, hanoi) == 0


def test_without_a_middle_nothing_is_said() -> None:
    assert between(Commune("1", "Xã A", NOWHERE), Commune("2", "Xã B", HUE, 16.3, 107.5)) is None
