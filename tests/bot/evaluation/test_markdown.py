"""The model report holds every section, and no text of questions that may not be copied."""

from __future__ import annotations

from bot.evaluation.findings import Findings
from bot.evaluation.grids import grid
from bot.evaluation.intents import Intents
from bot.evaluation.markdown import understanding
from bot.evaluation.origin import Origin
from nlu.noise import AS_WRITTEN
from nlu.understanding import Candidate
from tests.bot.evaluation.results import result

ORIGIN = Origin("starter catalogue (aa)", ("q.jsonl (bb)",), "nlu-1.tar.gz")
INTENTS = Intents(0.9, 0.8, {"deny": 0.5}, {"deny": 4}, (("deny", "affirm", 2),))
WRONG = (Candidate("a", 0.9, "Tên khác | ở đây"),)


def report(*results: object, intents: Intents | None = INTENTS) -> str:
    """The report on some results."""
    told = [one for one in results if isinstance(one, type(result()))]
    noise = {AS_WRITTEN: told[:1], "capitals": told[:1]}
    return understanding(Findings(ORIGIN, told, noise, {"right": "Hộ tịch"}, (3.0, 4.0), intents))


def test_every_section_is_there() -> None:
    page = report(result("right", aspect="fee", aspects=("fee",)), result("a", confidence=0.9))
    titles = [line[3:] for line in page.splitlines() if line.startswith("## ")]
    assert titles == [
        "By kind and source", "By field", "By kind of noise", "Calibration", "Aspects", "Worst twenty", "Speed", "Intents",
    ]  # fmt: skip
    for told in (
        "starter catalogue (aa)",
        "q.jsonl (bb)",
        "nlu-1.tar.gz",
        "| Hộ tịch | 2 | 0.500 |",
        "| deny | affirm | 2 |",
    ):
        assert told in page


def test_sections_with_nothing_to_tell_are_left_out() -> None:
    page = report(result(kind="out_of_scope", accept=(), outcome="declined"), intents=None)
    for title in ("By field", "Calibration", "Aspects", "Worst twenty", "Intents"):
        assert f"## {title}" not in page


def test_the_text_of_a_question_is_shown_only_for_the_projects_own() -> None:
    own = result(candidates=WRONG, text="câu của ta", own=True, place="fixed.jsonl:1")
    other = result(candidates=WRONG, text="câu của người", place="dev#7")
    page = report(own, other)
    assert "câu của ta" in page
    assert "câu của người" not in page
    assert "dev#7" in page


def test_every_kind_has_its_own_columns_and_clarify_its_target() -> None:
    page = report(
        result("right"),
        result("a", kind="clarify", outcome="choose", options=(("right",),)),
        result(kind="out_of_scope", accept=(), outcome="declined"),
    )
    assert "wanted ≥ 0.90, reached" in page
    assert "| all | 1 | 0.000 | 0.000 | 1.000 | 10.0 | 10.0 |" in page


def test_a_bar_in_a_cell_breaks_no_table() -> None:
    assert grid(["a"], [["x | y"]])[-1] == "| x / y |"


def test_turns_that_rasa_did_not_understand_are_owned_up_to() -> None:
    assert "without Rasa" not in report(result("right", by="rasa"), result("right"))
    # The one asked as written is asked with two noises too.
    assert "**3 turns were understood without Rasa" in report(result("right", by="search"), result("right", by="rasa"))
