"""What files call fields and states."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dossiers.importing.errors import DossierFileError
from bot.dossiers.importing.words import load_words, plain
from bot.dossiers.record import Status


def test_each_of_the_ten_states_is_known_by_number_and_name() -> None:
    states = load_words().states
    assert {states[str(int(status))] for status in Status if status} == set(Status) - {Status.UNKNOWN}
    assert states[plain("YÊU CẦU BỔ SUNG GIẤY TỜ")] is Status.NEED_SUPPLEMENT
    assert states[plain("cong dan yeu cau rut ho so")] is Status.WITHDRAWN


def test_a_vendors_table_goes_before_ours(tmp_path: Path) -> None:
    file = tmp_path / "states.yml"
    file.write_text("Chờ ký số: 4\n9: 10\n", "utf-8")
    states = load_words(file).states
    assert states[plain("chờ KÝ số")] is Status.IN_PROGRESS
    assert states["9"] is Status.RETURNED


@pytest.mark.parametrize("content", ["Chờ ký: 11\n", "- a\n", "Chờ ký: vậy\n", "a: [", "\x00"])
def test_a_table_that_means_nothing_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "states.yml"
    file.write_text(content, "utf-8")
    with pytest.raises(DossierFileError, match=r"states\.yml"):
        load_words(file)
    with pytest.raises(DossierFileError, match="cannot be read"):
        load_words(tmp_path / "none.yml")
