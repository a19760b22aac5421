"""Tests of reading the papers of a dossier."""

from __future__ import annotations

import pytest

from nlu.catalogue.importing.papers import PaperRow, read_cases, read_title
from nlu.catalogue.model import Form, PaperCase, PaperRole, RequiredPaper


def paper(
    name: str = "Tờ khai", case: str = "", count: tuple[int | None, int | None] = (1, 0), form: str = ""
) -> PaperRow:
    """One line of the list."""
    return PaperRow(case, name, *count, form)


@pytest.mark.parametrize(
    ("case", "role"),
    [
        ("* Lưu ý:", PaperRole.NOTE),
        ("* Giấy tờ phải xuất trình:", PaperRole.SHOW),
        ("Giấy tờ phải nộp", PaperRole.SUBMIT),
        ("Các giấy tờ phải xuất trình (bản chính), bao gồm:", PaperRole.SHOW),
        ("Các giấy tờ phải nộp (bản chính), mỗi loại 01 bản, gồm:", PaperRole.SUBMIT),
        ("a) Thành phần hồ sơ:", PaperRole.SUBMIT),
        ("1) Thành phần hồ sơ, bao gồm:", PaperRole.SUBMIT),
        ("", PaperRole.SUBMIT),
    ],
)
def test_titles_that_only_say_what_to_do_become_a_role(case: str, role: PaperRole) -> None:
    assert read_title(case) == ("", role)


def test_a_title_that_names_a_case_stays() -> None:
    assert read_title("* Trường hợp ủy quyền:") == ("Trường hợp ủy quyền", PaperRole.SUBMIT)


def test_papers_are_grouped_by_case_in_order() -> None:
    rows = [paper("A", "Trường hợp 1:"), paper("B"), paper("C", "Trường hợp 1:"), paper("D", "Giấy tờ phải xuất trình")]

    cases, reasons = read_cases(rows)

    assert [(case.title, [one.name for one in case.papers]) for case in cases] == [
        ("Trường hợp 1", ["A", "C"]),
        ("", ["B", "D"]),
    ]
    assert cases[1].papers[1].role is PaperRole.SHOW
    assert reasons == ()


def test_neither_originals_nor_copies_means_that_nothing_was_filled_in() -> None:
    cases, _ = read_cases([paper(count=(0, 0)), paper("Bản sao", count=(0, 1))])

    assert cases[0].papers[0] == RequiredPaper(name="Tờ khai")
    assert (cases[0].papers[1].originals, cases[0].papers[1].copies) == (0, 1)


def test_a_year_glued_to_a_count_is_doubtful() -> None:
    cases, reasons = read_cases([paper("Mẫu ban hành năm 2026", count=(20261, 1))])

    assert cases[0].papers[0].originals is None
    assert "20261/1" in reasons[0]


def test_remarks_among_the_papers_are_notes_without_counts() -> None:
    cases, _ = read_cases([paper("Số lượng hồ sơ: 01 bộ.", count=(1, 0)), paper("Lưu ý: mang bản chính")])

    assert [one.role for one in cases[0].papers] == [PaperRole.NOTE, PaperRole.NOTE]
    assert cases[0].papers[0].originals is None


def test_the_same_line_twice_is_one_paper_and_an_empty_line_none() -> None:
    assert read_cases([paper(), paper(), paper("  - ")])[0] == (
        PaperCase(papers=(RequiredPaper(name="Tờ khai", originals=1, copies=0),)),
    )


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("Mẫu DC02 Phiếu đề nghị giải quyết.doc", Form(name="Mẫu DC02 Phiếu đề nghị giải quyết")),
        ("ố 01.docx", Form(name="Tờ khai đăng ký")),
        ("2025.TT-BNNMT_02.7.2025.doc", Form(name="Tờ khai đăng ký")),
        ("", None),
    ],
)
def test_a_form_is_named_by_its_file_or_by_its_paper_when_the_files_name_is_cut(file: str, form: Form | None) -> None:
    assert read_cases([paper("Tờ khai đăng ký", form=file)])[0][0].papers[0].form == form


def test_a_form_that_cannot_be_named_is_left_out() -> None:
    assert read_cases([paper("Hộ chiếu", form="đ.docx")])[0][0].papers[0].form is None


def test_a_file_name_stuck_to_a_papers_name_is_cut_off() -> None:
    cases, _ = read_cases([paper("a) Tờ khai tham gia bảo hiểm y tế;Mau01-BK(BHYT).doc")])

    assert cases[0].papers[0].name == "a) Tờ khai tham gia bảo hiểm y tế"
