"""Names with a slip keep their accents as far as they have any."""

from __future__ import annotations

import pytest

from nlu.places.slips import alike


@pytest.mark.parametrize("said", ["hai phogn", "hải phogn", "hải phóng", "hải phongg", "hảiphòg"])
def test_a_slip_may_cost_a_tone(said: str) -> None:
    assert alike(said.split(), ("hải", "phòng"))


def test_other_accents_are_another_word() -> None:
    assert not alike(["thủ", "tục"], ("thủ", "đức"))
