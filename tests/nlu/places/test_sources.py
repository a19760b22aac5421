"""The kept lists of places."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path

import pytest

from nlu.places.sources import PlacesError, read_lists
from nlu.places.spelling import key_of


def test_the_lists_are_whole() -> None:
    lists = read_lists()
    assert (len(lists.provinces), len(lists.communes), len(lists.old_provinces)) == (34, 3321, 63)
    assert len(lists.old_communes) > 10_000
    assert all(one.today for one in lists.old_communes)
    assert len({one.code for one in lists.communes}) == 3321
    assert all(
        one.latitude and 6 < one.latitude < 24 and one.longitude and 102 < one.longitude < 118 for one in lists.communes
    )


def test_another_library_names_the_same_communes() -> None:
    path = (
        Path(str(distribution("vietnam-provinces").locate_file("vietnam_provinces"))) / "data" / "nested-divisions.json"
    )
    theirs = {
        (one["code"], key_of(ward["name"])) for one in json.loads(path.read_text("utf-8")) for ward in one["wards"]
    }
    assert theirs == {(int(one.province.code), key_of(one.name)) for one in read_lists().communes}


def test_a_missing_list_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PlacesError, match="install the locked vietnamadminunits"):
        read_lists(tmp_path)


def test_a_list_of_another_shape_says_so(tmp_path: Path) -> None:
    for name in ("parser_from_2025.json", "parser_legacy.json", "converter_2025.json"):
        (tmp_path / name).write_text('{"DICT_PROVINCE": 1}', "utf-8")
    with pytest.raises(PlacesError):
        read_lists(tmp_path)
