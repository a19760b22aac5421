from __future__ import annotations

import pytest

from feedback.working_time.errors import UnknownRuleError
from feedback.working_time.loading import WorkingTime
from feedback.working_time.model import Sure
from feedback.working_time.rules import Rules
from tests.feedback.factories import day, rule


def test_a_rule_is_the_one_in_force_on_the_day(working_time: WorkingTime) -> None:
    old = working_time.rules.on("dossier_apology", day("30/06/2025"))
    new = working_time.rules.on("dossier_apology", day("01/07/2025"))
    assert (old.sure, new.sure) == (Sure.LAW, Sure.UNVERIFIED)


def test_a_province_s_own_rule_comes_first_and_only_there() -> None:
    rules = Rules([rule(15), rule(10, province="H48"), rule(7, province="H15")])
    today = day("25/11/2026")
    assert [rules.on("sample", today, province).amount for province in ("H48", "H15", "H49", None)] == [10, 7, 15, 15]


def test_of_two_rules_in_force_the_younger_one_holds() -> None:
    rules = Rules([rule(10, valid_from=day("01/01/2026")), rule(15)])
    assert rules.on("sample", day("25/11/2026")).amount == 10
    assert rules.on("sample", day("25/11/2025")).amount == 15


def test_a_rule_that_nobody_knows_is_an_error(working_time: WorkingTime) -> None:
    with pytest.raises(UnknownRuleError, match="feedback_answer"):
        working_time.rules.on("feedback_answer", day("25/11/2026"))
    with pytest.raises(UnknownRuleError, match="31/12/2025"):
        working_time.rules.on("data_delete", day("31/12/2025"))


def test_every_rule_names_its_basis(working_time: WorkingTime) -> None:
    assert all(rule.basis for rule in working_time.rules)
