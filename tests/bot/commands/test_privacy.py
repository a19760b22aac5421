"""``motcua privacy`` shows requests about data with their clocks, and takes the answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.delivery.cipher import AesGcmCipher
from bot.privacy.request import NewRequest, RequestKind
from bot.privacy.request_store import DataRequestStore
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.messages import ref

Motcua = Callable[..., tuple[int, str]]
OFFICE = """
officials:
  - {id: an, unit: VP, roles: [receiver]}
  - {id: bao, unit: VP, roles: [reporter]}
units:
  - {code: VP, name: Văn phòng, receives: true}
"""


@pytest.fixture
def motcua(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Motcua:
    """Run ``motcua privacy`` where two requests wait, one of them overdue; gives exit code and all output."""
    url, office = f"sqlite:///{tmp_path / 'm.sqlite3'}", tmp_path / "office.yml"
    office.write_text(OFFICE, "utf-8")
    environment = {
        "MOTCUA_DATABASE_URL": url,
        "MOTCUA_SIGNING_KEY": "s" * 40,
        "MOTCUA_ENCRYPTION_KEY": "e" * 40,
        "MOTCUA_FEEDBACK_OFFICE": str(office),
    }
    assert main(["db", "upgrade"], environment) == 0

    async def fill() -> None:
        work, store, now = UnitOfWork(open_engine(url)), DataRequestStore(AesGcmCipher("e" * 40)), datetime.now(UTC)
        async with work.write() as session:
            for number, days in (("DL-2222-2222", 2), ("DL-3333-3333", -1)):
                by = now + timedelta(days=days), now + timedelta(days=days + 8)
                await store.note(session, ref(), NewRequest(number, RequestKind.COPY, "xin bản sao", *by), now)
        await work.close()

    asyncio.run(fill())

    def run(*args: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["privacy", *args], environment)
        seen = capsys.readouterr()
        return code, seen.out + seen.err

    return run


def test_the_overdue_stand_first_and_a_request_is_seen_to_its_end(motcua: Motcua) -> None:
    code, said = motcua("list", "--as", "an")
    assert code == 0
    assert said.index("DL-3333-3333  copy  open  OVERDUE: acknowledge by") < said.index("DL-2222-2222")
    assert "2 wait, 1 of them overdue" in said
    assert motcua("acknowledge", "dl-3333-3333", "--as", "an")[0] == 0
    assert "0 of them overdue" in motcua("list", "--as", "an")[1]
    assert motcua("answer", "DL-3333-3333", "--text", "Đã gửi.", "--as", "an")[0] == 0
    assert "DL-3333-3333" not in motcua("list", "--as", "an")[1]
    said = motcua("list", "--all", "--as", "an")[1]
    assert "> Đã gửi." in said
    assert "(not told yet)" in said
    code, said = motcua("refuse", "DL-3333-3333", "--why", "x", "--as", "an")
    assert code == 1
    assert "has ended" in said


def test_an_answer_is_taken_back_and_a_request_withdrawn(motcua: Motcua) -> None:
    assert motcua("answer", "DL-3333-3333", "--text", "Đã gửi.", "--as", "an")[0] == 0
    assert motcua("take-back", "DL-3333-3333", "--why", "gửi nhầm", "--as", "an")[0] == 0
    said = motcua("list", "--as", "an")[1]
    assert "DL-3333-3333  copy  reopened  answer by" in said
    assert "> gửi nhầm" in said
    assert motcua("withdrawn", "DL-3333-3333", "--as", "an")[0] == 0
    assert motcua("take-back", "DL-3333-3333", "--why", "x", "--as", "an")[0] == 1


def test_a_copy_is_written_once_for_its_reader_alone(motcua: Motcua, tmp_path: Path) -> None:
    path = tmp_path / "ban-sao.json"
    code, said = motcua("export", "DL-2222-2222", "--to", str(path), "--as", "an")
    assert code == 0, said
    told = json.loads(path.read_text("utf-8"))
    assert (told["yeu_cau"], told["phan_anh"]) == ("DL-2222-2222", [])
    assert [one["words"] for one in told["bang"]["data_request"]] == ["xin bản sao", "xin bản sao"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert "is there already" in motcua("export", "DL-2222-2222", "--to", str(path), "--as", "an")[1]
    assert "no request for a copy" in motcua("export", "DL-9999-9999", "--to", str(tmp_path / "x"), "--as", "an")[1]
    assert "lacks the role" in motcua("export", "DL-2222-2222", "--to", str(tmp_path / "x"), "--as", "bao")[1]


def test_who_may_not_see_senders_sees_no_requests(motcua: Motcua) -> None:
    code, said = motcua("list", "--as", "bao")
    assert code == 1
    assert "lacks the role" in said
    assert "bản sao" not in said


def test_a_refusal_without_a_reason_is_none(motcua: Motcua) -> None:
    with pytest.raises(SystemExit):
        motcua("refuse", "DL-2222-2222", "--why", " ", "--as", "an")
