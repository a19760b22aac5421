"""Every sentence that the code names is in domain.yml, every intent has an answer, and no brace is left unfilled."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.app import load_house_texts, project_root
from bot.dialogue.conversation import _OPENS, _SENTENCES
from bot.dialogue.texts import Texts, TextsError, load_texts
from nlu.catalogue.model import FilingWay, Level, OnlineLevel, TimeUnit
from nlu.hotlines import Emergency, load_hotlines
from nlu.understanding import Aspect, Intent

ROOT = project_root()
TEXTS = load_house_texts(ROOT)
SOURCES = [path for name in ("bot", "nlu", "feedback") for path in (ROOT / name).rglob("*.py")]

OUTSIDE = {
    "utter_desk_reply": {"words"},
    "utter_web_error_invalid": {"field"},
    "utter_held_messages": {"count"},
    "utter_web_samples_tail": {"tail"},
    "utter_web_file_codes": {"name", "count"},
    "utter_orgpage_lead": {"channel", "days"},
    "utter_orgpage_warning": {"channel"},
    "utter_orgpage_done": {"name", "channel"},
    "utter_held_person": {"count"},
    "utter_emergency_also": {"others"},
    "utter_age_of": {"age"},
    "utter_age_case": {"who", "cases"},
    "utter_age_none": {"who"},
    "utter_held_codes": {"count"},
    "utter_staff_waits": {"time", "day", "number", "count"},
    "utter_held_list": {"name"},
    "utter_held_access": {"count"},
    "utter_held_lookups": {"count"},
    "utter_proof_warning": {"channel"},
    "utter_held_organisation": {"name"},
    "utter_held_dossier_rating": {"count"},
    "utter_held_feedback": {"count"},
    "utter_held_feedback_followed": {"count"},
    "utter_held_datareq": {"number", "day"},
    "utter_held_datareq_ended": {"count"},
    "utter_held_feedback_draft": {"count"},
    "utter_held_feedback_practice": {"count"},
    "utter_held_postal": {"count"},
    "utter_pslip_page_known": {"name", "place"},
    "utter_pslip_sheet_about": {"amount", "source"},
    "utter_pslip_sheet_number": {"number"},
    "utter_pslip_sheet_qr": {"number"},
    "utter_pslip_sheet_made": {"at"},
    "utter_held_interaction": {"day"},
    **{f"utter_notice_{kind}": {"code", "day"} for kind in ("apology", "day_before", "due_changed", "late", "missed")},
    "utter_notice_moved": {"code", "stage"},
    "utter_held_watches": {"count"},
    "utter_door_source": {"code", "source", "as_of"},
    "utter_door_printed_on": {"day"},
    "utter_list_printed": {"day"},
    "utter_public_about": {"name"},
    "utter_public_on": {"day"},
    "utter_public_updated": {"day"},
    "utter_public_page": {"number"},
    "utter_howto_printed": {"day"},
    "utter_score_lead": {"agency", "first", "last"},
    "utter_score_made": {"made"},
    **{
        f"utter_feedback_notice_{kind}": {"receipt", *values}
        for kind, values in {
            "answered": {"answer", "outcome"},
            "forwarded": {"agency", "why"},
            "in_review": {"unit"},
            "late": {"unit", "day"},
            "merged": set(),
            "moved": {"status"},
            "not_received": {"requirement", "why"},
            "out_of_scope": {"border", "why"},
            "published": {"link"},
            "split": {"receipts"},
            "supplement": {"why"},
        }.items()
    },
    "utter_feedback_supplement_what": {"receipt"},
    "utter_feedback_withdraw_sure": {"receipt"},
    "utter_feedback_reason": {"why"},
    "utter_feedback_waits": {"why"},
    "utter_button_feedback_see": {"receipt"},
    "utter_pakn_page_files_there": {"count"},
    "utter_pslip_sheet_right_complain": {"months", "same_days", "other_days"},
    "utter_post_list_available": {"count"},
    "utter_post_list_excluded": {"count"},
    "utter_pakn_page_known": {"name", "phone"},
    "utter_pakn_page_from": {"channel"},
}
"""Filled by the web channel's own texts, by templates of pages, and with what the modules say that they hold."""
UNUSED = {"utter_affirm_about": {"name"}, "utter_form_name": {"name"}}
"""Sentences that no code says yet, with the values that they name."""


@cache
def rendered() -> dict[str, set[str]]:
    """The values that the code gives to each sentence, read from its calls; under "" those of keys that are computed."""
    given: dict[str, set[str]] = {"": set(), **OUTSIDE}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node, "func", None)
            if isinstance(node, ast.Call) and "render" in (getattr(name, "attr", ""), getattr(name, "id", "")):
                key = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
                given.setdefault(str(key), set()).update(word.arg for word in node.keywords if word.arg)
            if isinstance(node, ast.Call) and getattr(name, "attr", "") == "_say" and "feedback_status" in path.name:
                # Says "utter_feedback_…"; a key that is put together may name what any of its calls gives.
                fixed = isinstance(node.args[0], ast.Constant)
                key = f"utter_feedback_{node.args[0].value}" if fixed else "utter_feedback_due"
                given.setdefault(key, set()).update(word.arg for word in node.keywords if word.arg)
    return given


def values_of(key: str) -> set[str]:
    """The values that a sentence may name, beside the telephone numbers."""
    given = rendered()
    due = given["utter_feedback_due"] if key.startswith("utter_feedback_due") else None
    return given.get(key) or due or UNUSED.get(key) or given[""]


def braces(sentence: str) -> set[str]:
    """The values that a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_key_that_the_code_names_is_in_the_domain() -> None:
    named = {
        key for path in SOURCES for key in re.findall(r"[\"'](utter_[a-z0-9_]*[a-z0-9])[\"']", path.read_text("utf-8"))
    }
    assert len(named) > 50
    assert named - set(TEXTS.sentences) == set()


def test_every_key_that_a_page_names_is_in_the_domain() -> None:
    pages = [path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.html")]
    named = {key for page in pages for key in re.findall(r"[\"'](utter_[a-z0-9_]+)[\"']", page)}
    assert len(named) > 15
    assert named - set(TEXTS.sentences) == set()


@pytest.mark.parametrize(
    "key",
    [
        *(f"utter_label_{aspect.value}" for aspect in Aspect),
        *(f"utter_level_{level}" for level in Level),
        *(f"utter_way_{way}" for way in FilingWay),
        *(f"utter_unit_{unit}" for unit in TimeUnit),
        *(f"utter_unit_{unit}_one" for unit in TimeUnit),
        *(f"utter_online_{level}" for level in OnlineLevel),
        *(f"utter_emergency_{kind}" for kind in Emergency),
        *(f"utter_helper_{name}" for name in ("ambulance", "fire", "police", "child")),
        *(f"utter_doubt_{field}" for field in ("fee", "time", "name", "cases", "other")),
    ],
)
def test_every_key_that_the_code_builds_is_in_the_domain(key: str) -> None:
    assert TEXTS.sentences[key]["vi"].strip()


@pytest.mark.parametrize("intent", list(Intent))
def test_every_intent_has_an_answer(intent: Intent) -> None:
    by_flow = {
        Intent.ASK_PROCEDURE,
        Intent.UNKNOWN,
        Intent.GREET,
        Intent.AFFIRM,
        Intent.DENY,
        Intent.CANCEL,
        Intent.CORRECT,
        Intent.EMERGENCY,
    }
    assert intent in by_flow or intent in _OPENS or intent in _SENTENCES or f"utter_{intent.value}" in TEXTS.sentences


@pytest.mark.parametrize("intent", [intent for intent in Intent if intent.out_of_scope])
def test_every_out_of_scope_intent_has_its_own_sentence(intent: Intent) -> None:
    sentence = TEXTS.render(f"utter_{intent.value}")
    assert sum(TEXTS.render(key) == sentence for key in TEXTS.sentences if key.startswith("utter_out_of_scope_")) == 1


@pytest.mark.parametrize("key", sorted(TEXTS.sentences))
def test_no_sentence_names_a_value_that_nobody_gives(key: str) -> None:
    for language, sentence in TEXTS.sentences[key].items():
        assert braces(sentence) <= set(load_hotlines()) | values_of(key), language
        assert sentence.strip()


@pytest.mark.parametrize("key", sorted(TEXTS.sentences))
def test_no_shown_sentence_has_an_unfilled_brace(key: str) -> None:
    assert "{" not in TEXTS.render(key, **dict.fromkeys(values_of(key), "x"))


def test_every_emergency_names_its_number_first() -> None:
    for kind, number in {
        Emergency.FIRE: "114",
        Emergency.AMBULANCE: "115",
        Emergency.CHILD: "111",
        Emergency.VIOLENCE: "113",
        Emergency.POLICE: "113",
    }.items():
        told = TEXTS.render(f"utter_emergency_{kind}", number=number)
        assert told.startswith(f"**Gọi ngay {number}**")


def test_flows_that_are_not_built_yet_say_so_and_name_another_door() -> None:
    for key in TEXTS.sentences:
        if key.startswith("utter_not_yet_"):
            told = TEXTS.render(key)
            assert "chưa" in told, key
            assert re.search(r"Cổng Dịch vụ công|tổng đài|bộ phận một cửa|quầy|đừng gửi", told), key


@pytest.mark.parametrize("key", sorted(TEXTS.sentences))
def test_every_sentence_is_in_both_languages_and_names_the_same_values(key: str) -> None:
    assert set(TEXTS.sentences[key]) == {"vi", "en"}
    assert braces(TEXTS.sentences[key]["en"]) == braces(TEXTS.sentences[key]["vi"])


def test_no_sentence_is_in_a_language_that_the_state_cannot_have() -> None:
    assert {language for variants in TEXTS.sentences.values() for language in variants} <= {"vi", "en"}


def test_an_unknown_key_and_a_missing_value_are_named() -> None:
    with pytest.raises(TextsError, match="utter_nothing"):
        TEXTS.render("utter_nothing")
    with pytest.raises(TextsError, match="code"):
        TEXTS.render("utter_unknown_code")


def test_a_language_without_the_sentence_falls_back_to_vietnamese() -> None:
    texts = Texts({"utter_hello": {"vi": "Chào", "en": "Hello"}, "utter_bye": {"vi": "Tạm biệt"}}, {})
    assert texts.render("utter_hello", "en") == "Hello"
    assert texts.render("utter_bye", "en") == "Tạm biệt"
    assert texts.plain("en") == {"utter_hello": "Hello", "utter_bye": "Tạm biệt"}


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert "{x}" in TEXTS.render("utter_unknown_code", code="{x}")


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ({}, "has no responses"),
        ({"responses": {"utter_a": [{"text": "Hi", "metadata": {"language": "en"}}]}}, "no Vietnamese text"),
    ],
)
def test_a_domain_without_vietnamese_sentences_is_refused(tmp_path: Path, domain: object, said: str) -> None:
    path = tmp_path / "domain.yml"
    path.write_text(yaml.safe_dump(domain), "utf-8")
    with pytest.raises(TextsError, match=said):
        load_texts(path, {})
