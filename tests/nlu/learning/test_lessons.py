"""Accepted questions become Rasa examples and sayings; what must not be learned is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.app import project_root
from nlu.catalogue.entries import index_of, index_recipe, index_with, recipe_with
from nlu.learning.lessons import EXAMPLES, SAYINGS, Lesson, held_out_questions, lessons, write_lessons
from nlu.learning.masking import same_key
from nlu.learning.review import Reason
from nlu.learning.sayings import learned_sayings
from nlu.learning.store import Decision, Question, ReviewState
from nlu.understanding import Aspect, Intent
from tests.factories import NOW, procedure


def question(text: str = "làm giấy cho bé", context: str = "", **decision: Any) -> Question:
    """An accepted question."""
    values: dict[str, Any] = {"state": ReviewState.ACCEPTED, "code": "1.001193", "aspects": (Aspect.FEE,)}
    made = Decision(**{**values, **decision})
    return Question(1, text, Reason.DECLINED, 1, NOW, NOW, (), (), context, "", 1, made)


def test_an_accepted_question_teaches_its_aspects_and_its_procedure() -> None:
    assert lessons([question()]) == [Lesson("làm giấy cho bé", "ask_procedure", ("fee",), "1.001193")]


def test_a_provincial_copy_teaches_the_national_procedure() -> None:
    assert lessons([question(code="1.001193.000.00.00.H17")])[0].code == "1.001193"


def test_what_is_out_of_scope_teaches_its_intent_alone() -> None:
    outside = question("giá vàng", code="", aspects=(), kind=Intent.OOS_PRICES)
    assert lessons([outside]) == [Lesson("giá vàng", "out_of_scope_prices", (), "")]


def test_what_was_said_about_the_procedure_under_discussion_is_no_saying_of_it() -> None:
    assert lessons([question("còn tiền thì sao", context="1.001193")])[0].code == ""
    assert lessons([question("à quên làm giấy cho bé", context="1.000894")])[0].code == "1.001193"


def test_only_accepted_questions_with_words_are_learned() -> None:
    others = [question(state=state) for state in ReviewState if state is not ReviewState.ACCEPTED]
    assert lessons([*others, question("⟨tên⟩"), question("123 ?")]) == []


def test_marks_and_markup_are_not_learned() -> None:
    masked = question("- tôi tên ⟨tên⟩ [làm](code) {giấy} cho bé …")
    assert [one.text for one in lessons([masked])] == ["tôi tên làm code giấy cho bé"]


def test_a_question_of_the_fixed_set_is_never_learned() -> None:
    held = held_out_questions(project_root())
    assert len(held) > 700
    fixed = "Khai báo đao kiếm gia bảo để trưng bày trong nhà thì cần những giấy tờ gì?"
    assert same_key(fixed) in held
    assert lessons([question(fixed.upper()), question("khác")], held)[0].text == "khác"


def test_the_files_are_read_by_rasa_and_by_the_index(tmp_path: Path) -> None:
    learned = lessons(
        [
            question(),
            question("bé tốn bao nhiêu"),
            question("không hỏi gì", aspects=()),
            question("giá vàng", code="", kind=Intent.OOS_PRICES),
        ]
    )
    write_lessons(tmp_path, learned)
    blocks = yaml.safe_load((tmp_path / EXAMPLES).read_text("utf-8"))["nlu"]
    assert [(one["intent"], one.get("metadata"), one["examples"]) for one in blocks] == [
        ("ask_procedure", {"aspects": []}, "- không hỏi gì\n"),
        ("ask_procedure", {"aspects": ["fee"]}, "- bé tốn bao nhiêu\n- làm giấy cho bé\n"),
        ("out_of_scope_prices", None, "- giá vàng\n"),
    ]
    said = learned_sayings(tmp_path / SAYINGS)
    assert said == {"1.001193": ("bé tốn bao nhiêu", "không hỏi gì", "làm giấy cho bé")}
    assert (tmp_path / SAYINGS).stat().st_mode & 0o077 == 0


def test_with_nothing_to_learn_there_are_no_files(tmp_path: Path) -> None:
    write_lessons(tmp_path, lessons([question()]))
    write_lessons(tmp_path, [])
    assert list(tmp_path.iterdir()) == []


def test_the_index_finds_a_procedure_by_what_was_learned_and_notices_it(tmp_path: Path) -> None:
    records = [
        procedure(),
        procedure("1.000894", name="Đăng ký kết hôn"),
        procedure("1.000656", name="Đăng ký khai tử"),
    ]
    text = "rước dâu mà chưa ra ủy ban"
    before = index_of(records, 1).rank(text).candidates
    write_lessons(tmp_path, lessons([question(text, code="1.000894")]))
    after = index_with(tmp_path / SAYINGS, records, 1)
    assert after.rank(text).candidates[0].code == "1.000894"
    assert after.rank(text).candidates[0].score > max(
        (one.score for one in before if one.code == "1.000894"), default=0
    )
    assert after.recipe == recipe_with(tmp_path / SAYINGS) != index_recipe()
    assert recipe_with(tmp_path / "gone.yml") == index_recipe()


def test_a_damaged_file_of_sayings_teaches_nothing(tmp_path: Path) -> None:
    for content in ("[a]", "{", "1.001193: text\n"):
        (tmp_path / SAYINGS).write_text(content)
        assert learned_sayings(tmp_path / SAYINGS) == {}
    assert learned_sayings(None) == {}
