"""The decision on the scope is learned from reports of the complete path."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlu.fitting import scope


def case(kind: str, fits: float, outside: float) -> dict[str, object]:
    """One case of an evaluation's report."""
    return {"kind": kind, "signs": {**dict.fromkeys(scope.SIGNS, fits), "out_of_scope": outside}}


def test_what_fits_is_kept_and_what_the_words_call_foreign_is_declined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ranker, report = tmp_path / "ranker.json", tmp_path / "report.json"
    ranker.write_text(json.dumps({"fitted_on_sha256": "", "weights": {"rank": {"words": 1.0}, "scope": {}}}), "utf-8")
    cases = [case("answer", 0.6 + 0.01 * n, 0.1) for n in range(30)] + [
        case("out_of_scope", 0.01 * n, 0.9) for n in range(30)
    ]
    report.write_text(json.dumps({"cases": [*cases, case("follow_up", 0.0, 0.0)]}), "utf-8")
    monkeypatch.setattr(scope, "FITTED", ranker)
    monkeypatch.setattr("sys.argv", ["scope", str(report)])
    scope.main()
    stored = json.loads(ranker.read_text("utf-8"))["weights"]
    assert stored["rank"] == {"words": 1.0}
    assert set(stored["scope"]) == {*scope.SIGNS, "bias"}
    assert all(stored["scope"][name] > 0 for name in scope.SIGNS)
    assert "weight of the words -" in capsys.readouterr().out


def test_log_odds_stay_finite() -> None:
    assert scope.log_odds(0.5) == 0
    assert scope.log_odds(1.0) == pytest.approx(-scope.log_odds(0.0))
    assert scope.log_odds(1.0) < 10
