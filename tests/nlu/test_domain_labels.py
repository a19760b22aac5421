"""``domain.yml`` and the code name the same intents and entities, and every training block has one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.codes import CodeKind
from nlu.understanding import Aspect, Intent
from nlu.yaml_files import read_yaml

ROOT = Path(__file__).parents[2]
BLOCKS = [
    pytest.param(block, id=f"{path.name}-{number}")
    for path in sorted((ROOT / "nlu/data/training").glob("*.yml"))
    for number, block in enumerate(read_yaml(path)["nlu"])
]


def test_the_domain_lists_every_intent_but_unknown() -> None:
    domain = read_yaml(ROOT / "domain.yml")
    assert domain["intents"] == [intent.value for intent in Intent if intent is not Intent.UNKNOWN]
    assert domain["entities"] == [kind.value for kind in CodeKind]


def test_the_configuration_keeps_what_stops_rasa_from_rewriting_it() -> None:
    config = read_yaml(ROOT / "config.yml")
    assert config["assistant_id"]
    assert config["policies"] == []


@pytest.mark.parametrize("block", BLOCKS)
def test_every_training_block_has_a_known_intent_and_known_aspects(block: dict[str, object]) -> None:
    assert block["intent"] in {intent.value for intent in Intent if intent is not Intent.UNKNOWN}
    metadata = block.get("metadata") or {}
    assert isinstance(metadata, dict)
    assert set(metadata.get("aspects", [])) <= {aspect.value for aspect in Aspect}
    if block["intent"] == Intent.ASK_PROCEDURE.value:
        assert "aspects" in metadata, "a block of ask_procedure says its aspects, [] for none"
