"""The pipeline of ``config.yml``, end to end on a small model: train, load, parse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.components.aspect_classifier import asked_aspects
from tests.rasa.conftest import Parse


def asked(answer: dict[str, object]) -> set[str]:
    """Return what Rasa finds likely to be asked for; unlikely aspects are told too."""
    found: list[dict[str, object]] = answer["aspects"]  # type: ignore[assignment]
    return {str(aspect["name"]) for aspect in found if float(str(aspect["confidence"])) >= 0.5}


def test_training_leaves_the_configuration_as_it_was(model: Path) -> None:
    ours = Path(__file__).parents[2] / "config.yml"
    assert (model.parent / "config.yml").read_text() == ours.read_text()


def test_the_model_holds_no_pickled_object(model: Path) -> None:
    import tarfile

    with tarfile.open(model) as archive:
        names = [Path(name).name for name in archive.getnames()]
    assert "intents.npz" in names
    assert "aspects.npz" in names


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("xin chào", "greet"),
        ("cam on nhieu nha", "thank"),
        ("hồ sơ của em tới đâu rồi", "dossier_status"),
        ("lam giay khai sinh cho con can giay to gi", "ask_procedure"),
    ],
)
def test_the_intent_is_found_with_and_without_accents(parse: Parse, text: str, intent: str) -> None:
    assert parse(text)["intent"]["name"] == intent


def test_a_question_with_two_aspects_gets_both(parse: Parse) -> None:
    answer = parse("lam giay khai sinh cho con can giay to gi, mat bao nhieu tien")
    assert asked(answer) >= {"documents", "fee"}


def test_a_bare_name_asks_no_aspect(parse: Parse) -> None:
    assert asked(parse("đăng ký khai sinh")) == set()


def test_codes_come_as_entities_at_their_place(parse: Parse) -> None:
    answer = parse("hồ sơ h15.50.05.13 – 261008 – 0975 tới đâu")
    (entity,) = answer["entities"]
    assert (entity["entity"], entity["value"]) == ("dossier_code", "H15.50.05.13-261008-0975")
    assert answer["text"][entity["start"] : entity["end"]] == "h15.50.05.13 – 261008 – 0975"


ODD = {
    "empty": "",
    "blank": "   ",
    "null": None,
    "emoji": "🙂🙂",
    "invisible": "\u200b\u0000",
    "slash": "/",
    "signs": "?!",
    "long": "a" * 40_000,
    "html and sql": "<b>&nbsp;</b>'; DROP",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_no_text_makes_the_parse_fail(parse: Parse, text: str | None) -> None:
    answer = parse(text)
    assert answer["intent"]["name"]
    assert len(answer["text"]) <= 1000


def test_a_typed_command_chooses_no_intent(parse: Parse) -> None:
    answer = parse('/check_dossier{"code":"X"}')
    assert answer["intent"]["name"] != "check_dossier"
    assert not answer["text"].startswith("/")


def test_without_an_index_the_linker_says_so_and_the_answer_is_json(parse: Parse) -> None:
    answer = parse("đăng ký khai sinh")
    assert (answer["procedures"], answer["in_scope"], answer["catalogue_version"]) == ([], 0.0, 0)
    json.dumps(answer)


def test_a_block_without_aspects_is_told_from_a_block_with_none() -> None:
    assert asked_aspects(Message(data={"text": "a"})) is None
    assert asked_aspects(Message(data={"text": "a", "metadata": {"intent": {"aspects": []}}})) == []
