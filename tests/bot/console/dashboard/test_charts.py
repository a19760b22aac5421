from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from bot.console.dashboard.charts import MOST_BARS, Chart, Series, describe, draw

EVIL = '<script>"&'


def chart(values: list[float], lines: bool = False) -> Chart:
    labels = [f"{EVIL}{at}" for at in range(len(values))]
    return Chart("k", "Tên & hình", labels, [Series("Một", values), Series("Hai", values)], lines)


@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("values", [[1.0, 2.0, 0.0], [0.0], [7.0], [123456.0] * 40])
def test_a_chart_is_sound_xml_without_script_or_style(values: list[float], lines: bool) -> None:
    drawn = str(draw(chart(values, lines)))
    ET.fromstring(drawn)
    assert "<script" not in drawn
    assert "style" not in drawn
    assert "nan" not in drawn


def test_who_sees_nothing_is_told_the_title_and_the_largest() -> None:
    one = Chart("k", "Tên", ["a", "b"], [Series("Nhận", [1, 1500])])
    assert describe(one).startswith("Nhận: tổng 1.501, nhiều nhất 1.500 ở b.")
    root = ET.fromstring(str(draw(one)))
    assert root.attrib["role"] == "img"
    assert [root.find(f"*[@id='{name}']") is not None for name in root.attrib["aria-labelledby"].split()] == [
        True,
        True,
    ]


def test_bars_keep_within_the_picture_and_only_the_first_ones_are_drawn() -> None:
    drawn = ET.fromstring(str(draw(chart([float(99 - at) for at in range(30)]))))
    wide = float(drawn.attrib["viewBox"].split()[2])
    bars = [one for one in drawn.iter() if one.tag == "rect" and one.attrib["height"] == "13"]
    assert len(bars) == 2 * MOST_BARS
    assert f"… và {30 - MOST_BARS} dòng nữa trong bảng" in [one.text for one in drawn.iter()]
    assert max(float(one.attrib["x"]) + float(one.attrib["width"]) for one in bars) < wide


def test_a_chart_of_nothing_knows_that_it_is_empty() -> None:
    assert chart([0.0, 0.0]).is_empty
    assert not chart([0.0, 1.0]).is_empty
