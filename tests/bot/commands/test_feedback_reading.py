"""``motcua feedback list|show|verify-log|outgoing``."""

from __future__ import annotations

import sqlite3

import pytest

from feedback.record import Status
from tests.bot.commands.feedback_desk import HANDLER, RECEIVER, REPORTER, Desk


def test_a_list_shows_every_record_masked_and_marks_samples(desk: Desk) -> None:
    lines = desk.does(RECEIVER, "list").splitlines()
    assert lines[-1] == "43 records."
    heads = [line for line in lines if "PA-" in line]
    assert len(heads) == 43
    assert all(line.endswith("[sample]") for line in heads)
    assert "0100 000 001" not in "\n".join(lines)


@pytest.mark.parametrize("status", list(Status))
def test_a_list_can_be_narrowed_to_a_state(desk: Desk, status: Status) -> None:
    lines = desk.does(RECEIVER, "list", "--status", status).splitlines()
    heads = [line for line in lines if "PA-" in line]
    assert heads
    assert all(f"  {status}" in line for line in heads)


def test_a_list_finds_words_without_accents_and_what_is_overdue(desk: Desk) -> None:
    assert "2 records." in desk.does(RECEIVER, "list", "--words", "dang ky xe")
    overdue = desk.does(RECEIVER, "list", "--overdue")
    assert 1 < len(desk.receipts("--overdue")) < 43
    assert ", due " in overdue
    assert "There are no such records." in desk.does(RECEIVER, "list", "--words", "không ai viết câu này")


def test_a_list_of_days_ends_with_the_last_one(desk: Desk) -> None:
    assert desk.receipts("--since", "2020-01-01", "--until", "2020-12-31") == []
    assert len(desk.receipts("--since", "2020-01-01")) == 43


def test_a_record_is_shown_by_receipt_or_number_with_its_log_and_no_sender(desk: Desk) -> None:
    receipt = desk.a("not_received")
    output = desk.does(RECEIVER, "show", receipt)
    number = output.split()[1]
    assert desk.does(RECEIVER, "show", number) == output
    assert "[sample: made up]" in output
    assert "mau-tiepnhan  refuse -> not_received" in output
    assert "Sender:" not in output
    assert "see_sender" not in output


def test_who_looks_at_the_sender_stands_in_the_log(desk: Desk) -> None:
    receipt = desk.a("not_received")
    output = desk.does(RECEIVER, "show", receipt, "--sender")
    assert "Sender: " in output
    assert "mau-tiepnhan  see_sender" in output
    assert "mau-tiepnhan  see_sender" in desk.does(RECEIVER, "show", receipt)


def test_receipts_are_listed_for_receivers_alone(desk: Desk) -> None:
    assert "PA-" not in desk.does(REPORTER, "list")


def test_who_reports_sees_no_record_and_no_sender(desk: Desk) -> None:
    assert "no record" in desk.fails(REPORTER, "show", desk.a("published"), "--sender")


def test_the_handler_of_the_house_that_is_complained_about_never_sees_who_wrote(desk: Desk) -> None:
    receipt = desk.receipts("--words", "đo đạc hẹn rồi không đến")[0]
    assert "may not see who sent" in desk.fails(HANDLER, "show", receipt, "--sender")
    assert receipt not in desk.does(HANDLER, "show", receipt)


def test_who_is_nobody_and_what_is_nothing_is_one_clear_line(desk: Desk) -> None:
    assert "no official 'ai-do'" in desk.fails("ai-do", "list")
    assert "no record PA-2222-2222" in desk.fails(RECEIVER, "show", "PA-2222-2222")
    assert "no record 9999/2026" in desk.fails(RECEIVER, "show", "9999/2026")
    with pytest.raises(SystemExit):
        desk.run("show", "một hai ba", "--as", RECEIVER)
    with pytest.raises(SystemExit):
        desk.run("list", "--since", "hôm qua", "--as", RECEIVER)


def test_a_sound_log_says_its_newest_hash(desk: Desk) -> None:
    code, output = desk.run("verify-log")
    assert code == 0
    assert "Sound: " in output
    anchor = output.split()[-1].rstrip(".")
    code, output = desk.run("verify-log", "--anchor", anchor)
    assert (code, output.splitlines()[0].partition(" is entry ")[0]) == (0, "anchor:")
    code, output = desk.run("verify-log", "--anchor", f"{'0' * 64}@1")
    assert (code, "is no entry of this log at 1" in output) == (1, True)
    with pytest.raises(SystemExit):
        desk.run("verify-log", "--anchor", "abc")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE feedback_event SET actor = 'ai-do' WHERE seq = 12", "entry 12"),
        ("UPDATE feedback_record SET status = 'withdrawn' WHERE id = 3", "record 3"),
        ("DELETE FROM feedback_record WHERE id = 5", "record 5"),
    ],
)
def test_a_register_that_was_tampered_with_is_told_and_fails(desk: Desk, statement: str, said: str) -> None:
    with sqlite3.connect(desk.database) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
    code, output = desk.run("verify-log")
    assert code == 1
    assert said in output
    assert "keep this database as it is" in output


def test_what_could_not_leave_is_listed_and_waits_again(desk: Desk) -> None:
    assert desk.run("outgoing") == (0, "Everything left.\n")
    assert "0 wait again." in desk.run("outgoing", "--retry")[1]
