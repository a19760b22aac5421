"""``motcua questions`` as a person uses it: arguments in, lines and exit code out."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.evaluation.cases import read_cases
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import ReviewStore

Motcua = Callable[..., tuple[int, str, str]]
TODAY = datetime.now(UTC)
LISTED = (
    Sighting("làm giấy cho bé", Reason.DECLINED, (Kept("1.001193", 0.4, "Đăng ký khai sinh"),), ("fee",)),
    Sighting("giá vàng hôm nay", Reason.ASKED_BACK),
)


@pytest.fixture
def motcua(small_catalogue: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Motcua:
    """Run ``motcua questions`` on a small catalogue and a list of two questions, numbers 1 and 2."""

    async def fill() -> None:
        work = UnitOfWork(open_engine(small_catalogue))
        async with work.write() as session:
            for one in LISTED:
                await ReviewStore(session).note(one, TODAY)
            await ReviewStore(session).note(Sighting("xưa rồi", Reason.DECLINED), TODAY - timedelta(days=200))
        await work.close()

    asyncio.run(fill())

    def run(*args: str, typed: str = "", **settings: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["questions", *args], {"MOTCUA_DATABASE_URL": small_catalogue, **settings})
        return (code, *capsys.readouterr())

    return run


def test_the_list_shows_what_waits_and_leaves_out_what_is_too_old(motcua: Motcua) -> None:
    code, out, _ = motcua("list")
    assert code == 0
    assert "làm giấy cho bé" in out
    assert "xưa rồi" not in out
    assert "giá vàng" not in motcua("list", "--reason", "declined")[1]
    assert json.loads(motcua("list", "--json")[1])[0]["candidates"][0]["code"] == "1.001193"
    assert motcua("list", "--state", "accepted")[1] == "There is no such question.\n"


def test_old_questions_stay_as_long_as_the_setting_says(motcua: Motcua) -> None:
    assert "xưa rồi" in motcua("list", MOTCUA_REVIEW_DAYS="365")[1]
    assert "xưa rồi" not in motcua("list")[1]
    assert "xưa rồi" not in motcua("list", MOTCUA_REVIEW_DAYS="365")[1]


def test_review_reads_keys_from_lines_where_there_is_no_terminal(motcua: Motcua) -> None:
    code, out, _ = motcua("review", "--by", "lan", typed="1\nr\n")
    assert code == 0
    assert "2 decided." in out
    assert "1.001193 (fee)" in motcua("list", "--state", "accepted")[1]


def test_accept_reject_and_export_for_evaluate(motcua: Motcua, tmp_path: Path) -> None:
    assert motcua("accept", "1", "1.001193", "--aspect", "documents")[1] == "Question 1: 1.001193 (documents)\n"
    assert motcua("accept", "2", "out_of_scope_prices")[1] == "Question 2: out of scope: prices\n"
    file = tmp_path / "q.jsonl"
    assert motcua("export", str(file))[1] == f"2 questions written to {file}\n"
    cases = {case.text: case for case in read_cases([file])}
    assert cases["làm giấy cho bé"].accept == ("1.001193",)
    assert cases["làm giấy cho bé"].aspect == "documents"
    assert cases["giá vàng hôm nay"].kind == "out_of_scope"
    assert motcua("reject", "1")[0] == 0
    assert motcua("export", str(file))[1].startswith("1 questions")


def test_a_decision_may_be_changed_and_keeps_the_recognised_aspects_by_default(motcua: Motcua) -> None:
    motcua("reject", "1")
    assert motcua("accept", "1", "1.001193")[1] == "Question 1: 1.001193 (fee)\n"
    assert motcua("accept", "1", "1.001193", "--aspect", "none")[1] == "Question 1: 1.001193 (none)\n"


def test_stats_counts_by_reason_and_state(motcua: Motcua) -> None:
    motcua("reject", "1")
    out = motcua("stats")[1]
    assert out.splitlines()[0].split() == ["open", "later", "accepted", "rejected", "met"]
    assert [line.split() for line in out.splitlines() if line.startswith("declined")] == [
        ["declined", "0", "0", "0", "1", "1"]
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("accept", "1", "9.999999"), "holds no procedure 9.999999"),
        (("accept", "99", "1.001193"), "no question 99"),
        (("reject", "99"), "no question 99"),
        (("export", "/nowhere/at/all"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(motcua: Motcua, args: tuple[str, ...], message: str) -> None:
    code, _, err = motcua(*args)
    assert code == 1
    assert message in err
    assert err.count("\n") == 1
