"""``motcua feedback classify|take|forward|ask|…|answer|approve``: the steps of officials."""

from __future__ import annotations

import pytest

from feedback.record import Criterion
from tests.bot.commands.feedback_desk import APPROVER, HANDLER, RECEIVER, REPORTER, Desk

SIX = "\n".join(f"{one}: {{met: true, why: Đã xem xét}}" for one in Criterion)


def test_what_is_in_doubt_is_received_once_it_is_classified(desk: Desk) -> None:
    receipt = desk.a("needs_officer_triage")
    output = desk.does(RECEIVER, "classify", receipt, "--kind", "phan_anh", "--about", "conduct", "--category", "1")
    assert ": received, with Đơn vị mẫu" in output
    assert "phan_anh, conduct, category 1" in desk.does(RECEIVER, "show", receipt)


def test_a_category_that_does_not_fit_is_refused(desk: Desk) -> None:
    receipt = desk.a("received")
    said = desk.fails(RECEIVER, "classify", receipt, "--about", "content", "--category", "1")
    assert "category 1 is about conduct" in said


def test_a_record_is_taken_by_the_unit_of_the_house(desk: Desk) -> None:
    receipt = desk.a("received")
    assert "classify it first" in desk.fails(RECEIVER, "take", desk.a("needs_officer_triage"))
    assert "not charged" in desk.fails(RECEIVER, "take", receipt, "--unit", "KHAC")
    assert ": in_review, with Đơn vị mẫu" in desk.does(RECEIVER, "take", receipt)
    assert "cannot take what is in_review" in desk.fails(RECEIVER, "take", receipt)


@pytest.mark.parametrize(
    ("step", "status"),
    [
        (("forward", "--to", "H99", "--name", "Sở Ví Dụ", "--why", "Thuộc thẩm quyền của sở."), "forwarded"),
        (("ask", "--why", "Nhờ cho biết ngày nộp."), "needs_supplement"),
        (("refuse", "--requirement", "content", "--why", "Chưa rõ việc gì."), "not_received"),
        (("redirect", "--door", "khieu_nai", "--why", "Đây là khiếu nại."), "out_of_scope"),
    ],
)
def test_who_receives_sends_a_new_record_on_its_way_with_a_reason(
    desk: Desk, step: tuple[str, ...], status: str
) -> None:
    receipt = desk.a("received")
    assert f": {status}, with" in desk.does(RECEIVER, step[0], receipt, *step[1:])
    assert step[-1] in desk.does(RECEIVER, "show", receipt)
    assert "no record" in desk.fails(REPORTER, step[0], desk.a("received"), *step[1:])
    with pytest.raises(SystemExit):
        desk.run(step[0], receipt, *step[1:-1], " ", "--as", RECEIVER)


def test_what_is_received_here_has_no_other_door(desk: Desk) -> None:
    with pytest.raises(SystemExit):
        desk.run("redirect", desk.a("received"), "--door", "conduct", "--why", "Không", "--as", RECEIVER)


def test_a_record_is_held_and_taken_up_again(desk: Desk) -> None:
    receipt = desk.a("in_review")
    assert ": insufficient_basis" in desk.does(HANDLER, "hold", receipt, "--why", "Chờ số liệu.")
    assert ": in_review" in desk.does(HANDLER, "take", receipt)


def test_two_records_become_one_and_two_again(desk: Desk) -> None:
    into, receipt = desk.receipts("--status", "received")[:2]
    assert ": merged" in desk.does(RECEIVER, "merge", receipt, into, "--why", "Cùng một việc.")
    assert ": received" in desk.does(RECEIVER, "undo", receipt, "--why", "Nhầm.")
    assert "itself" in desk.fails(RECEIVER, "merge", into, into, "--why", "Thử.")
    assert "no record PA-2222-2222" in desk.fails(RECEIVER, "merge", into, "PA-2222-2222", "--why", "Thử.")


def test_what_left_the_house_is_not_undone(desk: Desk) -> None:
    assert "has left the house" in desk.fails(RECEIVER, "undo", desk.a("forwarded"), "--why", "Nhầm.")


def test_an_answer_is_approved_by_somebody_else_than_who_wrote_it(desk: Desk) -> None:
    receipt = desk.a("in_review", "--words", "đo đạc")
    answer = desk.file("answer.txt", "Đơn vị đã cử người đến đo lại và xin lỗi vì hai lần lỡ hẹn.")
    assert "there is no draft" in desk.fails(APPROVER, "approve", receipt)
    assert ": in_review" in desk.does(HANDLER, "answer", receipt, answer, "--outcome", "conduct_found")
    assert "may not decide" in desk.fails(HANDLER, "approve", receipt)
    assert ": decided" in desk.does(APPROVER, "approve", receipt)


def test_who_drafts_and_approves_is_two_people(desk: Desk) -> None:
    office = desk.file(
        "office.yml",
        "units: [{code: MAU, name: Mẫu, receives: true}]\n"
        "officials: [{id: tat-ca, unit: MAU, roles: [handler, approver, receiver]}]\n",
    )
    desk = desk.of(office)
    receipt = desk.entered("tat-ca")
    desk.does("tat-ca", "take", receipt)
    desk.does("tat-ca", "answer", receipt, desk.file("a.txt", "Đơn vị đã xin lỗi."), "--outcome", "conduct_found")
    assert "drafted this answer; somebody else approves it" in desk.fails("tat-ca", "approve", receipt)


def test_an_answer_about_a_rule_needs_the_six_tests(desk: Desk) -> None:
    receipt = desk.a("received", "--words", "giấy khám sức khỏe")
    desk.does(RECEIVER, "take", receipt)
    answer = desk.file("answer.txt", "Quy định không yêu cầu giấy khám sức khỏe.")
    desk.does(HANDLER, "answer", receipt, answer, "--outcome", "explain")
    assert "necessity needs one verdict" in desk.fails(APPROVER, "approve", receipt)
    desk.does(HANDLER, "assess", receipt, desk.file("six.yml", SIX))
    assert ": decided" in desk.does(APPROVER, "approve", receipt)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("necessity: {met: true, why: Cần}", "legality needs one verdict"),
        ("vui_ve: {met: true, why: Cần}", "write each criterion"),
        ("necessity: có", "write each criterion"),
        (SIX.replace("why: Đã xem xét", "why: ' '", 1), "needs a reason"),
        ("[", "write each criterion"),
    ],
)
def test_a_wrong_assessment_is_one_clear_line(desk: Desk, written: str, said: str) -> None:
    receipt = desk.a("in_review", "--words", "chuyển trường")
    assert said in desk.fails(HANDLER, "assess", receipt, desk.file("six.yml", written))


def test_one_answer_goes_to_all_who_wrote_about_the_same_but_names_none_of_them(desk: Desk) -> None:
    first, second = desk.entered(), desk.entered(name="Trần Thị Khác", text="Hồ sơ của tôi cũng bị trễ hẹn mười ngày.")
    for receipt in (first, second):
        desk.does(RECEIVER, "take", receipt)
    named = desk.file("answer.txt", "Kính gửi ông Nguyễn Văn Giấy, đơn vị xin lỗi.")
    desk.does(HANDLER, "answer", first, named, "--outcome", "conduct_found")
    assert "still names a person" in desk.fails(APPROVER, "approve", first, "--also", second)
    plain = desk.file("answer.txt", "Đơn vị xin lỗi vì trễ hẹn.")
    desk.does(HANDLER, "answer", first, plain, "--outcome", "conduct_found")
    assert f"{second}" in (output := desk.does(APPROVER, "approve", first, "--also", second))
    assert output.count(": decided") == 2
    assert "  decided" in desk.does(RECEIVER, "show", second)
