"""``motcua feedback report``: numbers of a period, with every output."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from tests.bot.commands.feedback_desk import HANDLER, RECEIVER, REPORTER, Desk

ALL = ("report", "--since", "2020-01-01", "--until", "2100-12-31")
REGISTER = """
name: Văn phòng Ví Dụ
intake: published_address
decision: 1/QĐ-VD
privacy: {controller: Văn phòng Ví Dụ, contact: ở quầy, servers: tại cơ quan, retention: theo luật lưu trữ}
units: [{code: MAU, name: Đơn vị mẫu, receives: true}]
"""


def test_the_numbers_are_said_with_the_anchor_of_the_log(desk: Desk) -> None:
    output = desk.does(REPORTER, *ALL)
    assert "CHẠY THỬ, không có giá trị báo cáo" in output
    assert "     43  Tiếp nhận trong kỳ" in output
    assert "  5.2 Xử lý đúng hạn: " in output
    assert output.splitlines()[-1].startswith("Log: 180 entries, ")


def test_workbooks_and_pages_are_written_and_mark_samples(desk: Desk) -> None:
    paths = {name: desk.folder / name for name in ("r.xlsx", "r.html", "b.xlsx", "b.html")}
    options = ("--xlsx", "--print", "--book-xlsx", "--book-print")
    desk.does(REPORTER, *ALL, *(part for pair in zip(options, paths.values(), strict=True) for part in pair))
    assert load_workbook(paths["r.xlsx"]).sheetnames[0] == "Báo cáo"
    book = load_workbook(paths["b.xlsx"]).worksheets[0]
    rows = [str(row[0]) for row in book.iter_rows(min_row=5, values_only=True)]
    assert len(rows) == 43
    assert all(cell.endswith("(mẫu)") for cell in rows)
    assert "Không có thông tin của người gửi" in (page := paths["b.html"].read_text("utf-8"))
    assert page.count("(mẫu)") == 43
    assert "Nguyễn Văn Mẫu" not in page
    assert "CHẠY THỬ" in paths["r.html"].read_text("utf-8")


def test_a_trial_has_nothing_to_enter_into_the_national_system(desk: Desk) -> None:
    assert "a trial has nothing to enter" in desk.fails(REPORTER, *ALL, "--json", desk.folder / "a.json")
    assert not (desk.folder / "a.json").exists()


def test_the_register_is_exported_for_entry_without_its_senders(desk: Desk) -> None:
    desk = desk.of(desk.file("office.yml", REGISTER))
    receipt = desk.entered()
    path = desk.folder / "a.json"
    for who, shown in ((RECEIVER, receipt), (REPORTER, None)):
        desk.does(who, *ALL, "--json", path)
        items = json.loads(path.read_text("utf-8"))["items"]
        assert [item["MaPhanAnh"] for item in items] == [shown]
    assert "Nguyễn Văn Giấy" not in path.read_text("utf-8")


def test_a_period_without_anything_is_empty(desk: Desk) -> None:
    output = desk.does(REPORTER, "report", "--since", "2020-01-01", "--until", "2020-12-31")
    assert "Tiếp nhận trong kỳ" not in output


def test_wrong_days_roles_and_paths_are_one_clear_line(desk: Desk) -> None:
    assert "before the first" in desk.fails(REPORTER, "report", "--since", "2026-02-01", "--until", "2026-01-01")
    assert "lacks the role" in desk.fails(HANDLER, *ALL)
    nowhere = desk.file("tep", "một tệp") / "r.html"
    for option in ("--print", "--book-print", "--xlsx", "--book-xlsx"):
        assert "cannot be written" in desk.fails(REPORTER, *ALL, option, nowhere)
    with pytest.raises(SystemExit):
        desk.run("report", "--since", "1/2/2026", "--until", "2026-01-01", "--as", REPORTER)


def test_one_agency_alone_can_be_reported_on(desk: Desk) -> None:
    assert "     11  Tiếp nhận trong kỳ" in desk.does(REPORTER, *ALL, "--agency", "MAU")
