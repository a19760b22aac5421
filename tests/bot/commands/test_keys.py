"""``motcua keys`` tells what still needs the key before, and seals it anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.delivery.cipher import AesGcmCipher
from bot.resume.snapshot import Snapshot
from bot.resume.store import ResumeStore
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.attachments.files import SealedFiles
from tests.bot.messages import NOW, ref

BEFORE, NEW = "b" * 40, "n" * 40
Motcua = Callable[..., tuple[int, str]]


@pytest.fixture
def motcua(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Motcua:
    """Run ``motcua keys`` on a database and files that the key before sealed; gives exit code and all output."""
    url, files = f"sqlite:///{tmp_path / 'm.sqlite3'}", tmp_path / "files"
    both = {"MOTCUA_ENCRYPTION_KEY": NEW, "MOTCUA_ENCRYPTION_KEY_BEFORE": BEFORE}
    environment = {"MOTCUA_DATABASE_URL": url, "MOTCUA_SIGNING_KEY": "s" * 40, "MOTCUA_FEEDBACK_FILES": str(files)}
    assert main(["db", "upgrade"], environment) == 0

    async def fill() -> None:
        work, store = UnitOfWork(open_engine(url)), ResumeStore(AesGcmCipher(BEFORE), "s" * 40)
        async with work.write() as session:
            await store.issue(session, "MC-7KQM-2XWP", Snapshot(procedure="1.001193"), ref(), NOW)
        await work.close()

    asyncio.run(fill())
    SealedFiles(files, AesGcmCipher(BEFORE)).write("a" * 32, b"content")

    def run(action: str, **keys: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["keys", action], environment | (keys or both))
        seen = capsys.readouterr()
        return code, seen.out + seen.err

    return run


def test_a_new_key_is_brought_in_and_the_one_before_may_go(motcua: Motcua) -> None:
    code, said = motcua("status")
    assert code == 0
    assert "keep the key before" in said
    code, said = motcua("reseal")
    assert code == 0
    assert "2 values were sealed with the newest key" in said
    assert "0 values were sealed" in motcua("reseal")[1]
    assert "may be taken out" in motcua("status")[1]
    assert motcua("status", MOTCUA_ENCRYPTION_KEY=NEW)[0] == 0


def test_without_the_key_before_nothing_is_changed_and_it_is_said(motcua: Motcua) -> None:
    for action in ("status", "reseal"):
        code, said = motcua(action, MOTCUA_ENCRYPTION_KEY=NEW)
        assert code == 1
        assert "2 values open with none of the keys" in said
    assert "2 values were sealed" in motcua("reseal")[1]
