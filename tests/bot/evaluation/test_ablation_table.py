"""The ablation's table: R@k by group of sources in both spellings, and what could not be measured."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.ablation import Way
from bot.evaluation.ablation_table import Row, answerable, group_of, markdown, measure, measure_all, table
from bot.evaluation.cases import Case


def case(text: str, source: str = "own", kind: str = "answer", accept: tuple[str, ...] = ("right",)) -> Case:
    """A question."""
    return Case(text, kind, accept, "none", (), source)


def accents_only(text: str) -> Sequence[Sequence[str]]:
    """Finds the right service first with accents, second without."""
    return [("right", "twin"), ("a",)] if not text.isascii() else [("a",), ("twin", "right")]


CASES = [case("hỏi", "dec1mo_faq"), case("hỏi", "tranbanha_rasa"), case("hỏi", "tranbanha_rasa", accept=("none",))]


def test_recall_is_told_by_group_with_accents_and_without() -> None:
    row = measure(Way("so", accents_only), CASES)
    assert row.accented == {"portal": (1.0, 1.0, 1.0), "everyday": (0.5, 0.5, 0.5), "all": (2 / 3, 2 / 3, 2 / 3)}
    assert row.folded["portal"] == (0.0, 1.0, 1.0)
    assert row.milliseconds is not None


def test_only_answerable_questions_are_asked() -> None:
    some = [case("a"), case("b", accept=()), case("c", kind="clarify")]
    assert answerable(some) == some[:1]


def test_sources_have_their_groups() -> None:
    assert [group_of(name) for name in ("capphutho_faq", "nhdandz_bqp", "own")] == ["portal", "everyday", "others"]


def test_the_table_has_both_spellings_and_says_what_was_not_measured() -> None:
    rows = [*measure_all([Way("so", accents_only)], CASES), Row("embeddings", {}, {}, None, "not installed")]
    told = table(rows)
    assert "1.000 / 1.000 / 1.000" in told
    assert "0.000 / 1.000 / 1.000" in told
    assert "others" not in told
    assert told.count("not installed") == 2
    page = markdown(rows, ["catalogue: x"])
    assert "- catalogue: x" in page
    assert "| ranked by | portal | everyday | all | ms |" in page
