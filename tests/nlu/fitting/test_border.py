"""The border is fitted on the project's own texts, by situations, and the file says only numbers."""

from __future__ import annotations

import json

import pytest

from nlu.border.labels import Label, Suggested
from nlu.border.model import LABELS, BorderModel
from nlu.border.suggest import suggest
from nlu.fitting import border
from nlu.fitting.border import SEEN, fit, known_signs, report, twins
from nlu.fitting.border_data import Told
from nlu.fitting.written import dumped

STREET = ("đường có ổ gà to", "đèn đường hỏng rồi", "rác chất đống hôi", "cống nghẹt ngập đường", "đường hỏng ổ gà")
QUEUE = ("cán bộ quát dân", "cán bộ hẹn hoài", "hồ sơ chậm quá", "cán bộ làm chậm", "hồ sơ cán bộ ngâm")


def told(text: str, label: Label, situation: str = "", category: int | None = None) -> Told:
    return Told(text, label, category, 1.0, situation)


def few() -> list[Told]:
    """Two labels, each text a situation of its own."""
    return [
        *(told(text, Label.FIELD_REPORT, f"street {number}") for number, text in enumerate(STREET)),
        *(told(text, Label.CONDUCT, f"queue {number}", 1) for number, text in enumerate(QUEUE)),
        told("quy định này vô lý quá", Label.CONTENT, "rule 1", 6),
        told("quy định kia vô lý thật", Label.CONTENT, "rule 2", 6),
        told("đề nghị bỏ giấy này", Label.RECOMMENDATION, "proposal 1", 7),
        told("đề nghị bỏ giấy kia", Label.RECOMMENDATION, "proposal 2", 7),
    ]


def suggested(label: Label, sure: float = 1.0) -> Suggested:
    return Suggested(label, sure, dict.fromkeys(LABELS, 0.0), False, False, None)


def test_what_is_fitted_tells_its_own_texts_apart_and_writes_the_same_each_time() -> None:
    data = fit(few())
    model = BorderModel.from_json(data)
    assert [suggest(text, model).label for text in STREET] == [Label.FIELD_REPORT] * len(STREET)
    assert [suggest(text, model).label for text in QUEUE] == [Label.CONDUCT] * len(QUEUE)
    assert dumped(data) == dumped(fit(few()))
    assert json.loads(dumped(data)) == data


def test_a_sign_is_learned_from_only_when_it_stands_in_enough_situations() -> None:
    same = [told("chậm quá", Label.CONDUCT, "one"), told("chậm ghê", Label.CONDUCT, "one")]
    assert "cham" not in known_signs(same)
    assert "cham" in known_signs([*same, told("chậm thật", Label.CONDUCT, "another")])
    assert SEEN == 2


def test_a_sentence_of_an_intent_counts_as_a_situation() -> None:
    assert "cham" in known_signs([told("chậm quá", Label.OTHER), told("chậm ghê", Label.OTHER)])


def test_only_own_texts_have_twins_which_weigh_no_more_and_stay_in_their_situation() -> None:
    made = twins([told("cán bộ quát tháo người dân", Label.CONDUCT, "rude"), told("xin chào bạn", Label.OTHER)])
    assert made
    assert {(one.label, one.situation) for one in made} == {(Label.CONDUCT, "rude")}
    assert all(one.weight <= 1 and one.text != "cán bộ quát tháo người dân" for one in made)


def test_no_text_is_judged_by_a_model_that_has_seen_its_situation(monkeypatch: pytest.MonkeyPatch) -> None:
    taught: list[set[str]] = []

    def fake_fit(some: list[Told]) -> dict[str, dict[str, object]]:
        taught.append({one.situation for one in some})
        return {"bias": {}, "weights": {}}

    def fake_suggest(text: str, model: BorderModel) -> Suggested:
        assert next(one.situation for one in few() if one.text == text) not in taught[-1]
        return suggested(Label.OTHER)

    monkeypatch.setattr(border, "fit", fake_fit)
    monkeypatch.setattr(border, "suggest", fake_suggest)
    assert len(border.cross_validated(few(), [])) == len(few())
    assert len(taught) == border.FOLDS


def test_the_report_names_what_must_not_happen(capsys: pytest.CaptureFixture[str]) -> None:
    own = [
        told("vòi tiền", Label.DENUNCIATION, "a"),
        told("cháy", Label.EMERGENCY, "b"),
        told("chậm", Label.CONDUCT, "c"),
    ]
    report(own, [suggested(Label.CONDUCT, 0.9), suggested(Label.EMERGENCY), suggested(Label.CONDUCT)], wrong=True)
    said = capsys.readouterr().out
    assert "taken for something to register: 1 of 2" in said
    assert "situations 3, texts 3" in said
    assert "to_cao → conduct 0.90: vòi tiền" in said
    assert "conduct → " not in said
