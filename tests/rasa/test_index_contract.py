"""The catalogue's index is built and ranked the same in the app's environment and in Rasa's."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.rasa.conftest import ROOT
from tests.rasa.index_contract import observed

APP_PYTHON = ROOT / ".venv" / "bin" / "python"


@pytest.mark.skipif(not APP_PYTHON.exists(), reason="the app's environment is not there to compare with; `make setup`")
def test_both_environments_build_and_rank_alike() -> None:
    told = subprocess.run(
        [APP_PYTHON, "-m", "tests.rasa.index_contract"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    app = json.loads(told.stdout)
    ours = json.loads(json.dumps(observed()))
    assert ours["arrays"] == app["arrays"]
    assert ours["version"] == app["version"]
    for question, ranking in app["rankings"].items():
        assert ours["rankings"][question]["in_scope"] == pytest.approx(ranking["in_scope"], abs=0.002)
        assert [code for code, _ in ours["rankings"][question]["candidates"]][:3] == [
            code for code, _ in ranking["candidates"]
        ][:3]
        for (_, mine), (_, theirs) in zip(ours["rankings"][question]["candidates"], ranking["candidates"], strict=True):
            assert mine == pytest.approx(theirs, abs=0.002)
