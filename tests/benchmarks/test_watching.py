"""The benchmark of watched dossiers runs, and says what it measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.watching import measure


async def test_a_small_sync_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await measure(f"sqlite:///{tmp_path / 'm.sqlite3'}", 60, 0.1)
    told = capsys.readouterr().out
    assert "a round with 60 watches and no news" in told
    assert "a round that writes 6 notices" in told
