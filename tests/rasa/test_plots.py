"""Every kind of chart becomes a PNG file of a sane size, and the same figures the same file."""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.plots import main

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHARTS: list[dict[str, Any]] = [
    {
        "file": "lines.png",
        "kind": "lines",
        "title": "Đúng theo độ chắc",
        "x": "confidence",
        "series": [
            {"name": "right", "x": [0.1, 0.9], "y": [0.2, 0.8]},
            {"name": "as it should be", "x": [0, 1], "y": [0, 1], "dashed": True},
        ],
    },
    {"file": "bars.png", "kind": "bars", "title": "R@1", "labels": ["Hộ tịch", "Đất đai"], "values": [0.5, 1.0]},
    {"file": "matrix.png", "kind": "matrix", "title": "Intents", "labels": ["a", "b"], "values": [[1, 0], [0.3, 0.7]]},
]


def drawn(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Draw all charts and return the files."""
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(CHARTS)))
    main([str(folder)])
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_each_chart_is_a_png_of_a_sane_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = drawn(tmp_path / "reports", monkeypatch)
    assert set(files) == {chart["file"] for chart in CHARTS}
    for content in files.values():
        assert content.startswith(SIGNATURE)
        width, height = struct.unpack(">II", content[16:24])
        assert 200 <= width <= 2000
        assert 100 <= height <= 2000
        assert 2_000 < len(content) < 300_000


def test_the_same_figures_give_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(tmp_path / "a", monkeypatch) == drawn(tmp_path / "b", monkeypatch)
