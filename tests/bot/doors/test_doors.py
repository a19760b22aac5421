"""Addresses of the doors."""

from __future__ import annotations

import pytest

from bot.doors.doors import DoorError, Doors, path_code, read_path_code, short_code

ALL = Doors("https://motcua.example", "MotCuaBot", "388613280878808645")


def test_each_door_leads_to_the_same_procedure() -> None:
    assert ALL.page("1.001193") == "https://motcua.example/z/1-001193"
    assert ALL.web("1.001193") == "/?tt=1.001193"
    assert ALL.telegram_link("1.001193") == "https://t.me/MotCuaBot?start=tt_1-001193"
    assert ALL.zalo_link() == "https://zalo.me/388613280878808645"
    assert short_code("1.001193") == "#TT1.001193"


def test_what_is_not_set_up_is_no_door() -> None:
    assert Doors().telegram_link("1.001193") == ""
    assert Doors().zalo_link() == ""
    with pytest.raises(DoorError, match="MOTCUA_PUBLIC_URL"):
        Doors().page("1.001193")


@pytest.mark.parametrize("written", ["1-001193", "1.001193", "#TT1.001193", "tt1.001193", " #tt1-001193 "])
def test_a_code_is_read_as_it_is_written_on_paper_or_typed(written: str) -> None:
    assert read_path_code(written) == "1.001193"


@pytest.mark.parametrize("written", ["", "x", "../etc", "1", "<script>", "tt", "1-001193/../"])
def test_what_is_no_code_is_none(written: str) -> None:
    assert read_path_code(written) is None


def test_a_code_with_its_local_part_keeps_it() -> None:
    code = "1.001193.000.00.00.H48"
    assert read_path_code(path_code(code)) == code
