from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks.caching import digest_of
from benchmarks.stock import FALLBACK, PROJECT, intents_of, stock_domain, stock_rules
from bot.app import project_root


def test_every_intent_of_ours_has_a_rule_and_a_static_reply() -> None:
    domain = stock_domain(intents_of(project_root()))
    actions = [rule["steps"][1]["action"] for rule in stock_rules(domain["intents"])["rules"]]
    assert "ask_procedure" in domain["intents"]
    assert sorted(actions) == sorted(domain["responses"])
    assert f"utter_{FALLBACK}" in actions


def test_the_peer_has_the_pipeline_that_rasa_init_gives() -> None:
    config = yaml.safe_load((PROJECT / "config.yml").read_text("utf-8"))
    assert [component["name"] for component in config["pipeline"]] == [
        "WhitespaceTokenizer",
        "RegexFeaturizer",
        "LexicalSyntacticFeaturizer",
        "CountVectorsFeaturizer",
        "CountVectorsFeaturizer",
        "DIETClassifier",
        "EntitySynonymMapper",
        "ResponseSelector",
        "FallbackClassifier",
    ]
    assert [policy["name"] for policy in config["policies"]] == ["RulePolicy"]


@pytest.mark.parametrize("change", ["content", "text"])
def test_other_inputs_have_another_name_in_the_cache(tmp_path: Path, change: str) -> None:
    one = tmp_path / "a.yml"
    one.write_text("một")
    before = digest_of([one], "luật")
    if change == "content":
        one.write_text("hai")
    assert digest_of([one], "luật" if change == "content" else "luật khác") != before


def test_where_the_inputs_lie_does_not_matter(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yml").write_text("một")
    assert digest_of([tmp_path / "x" / "a.yml"]) == digest_of([tmp_path / "y" / "a.yml"])
