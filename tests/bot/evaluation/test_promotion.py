"""The release gate: what is worse than the live model is refused and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.cases import Case
from bot.evaluation.promotion import Exam, Promotion, RefusedError
from bot.evaluation.whole import Contender
from nlu.live_model import RECORD, read_live
from nlu.training import RasaHome, model_path
from tests.factories import NOW
from tests.fakes.bench import FakeBench

CASES = [Case(f"câu {number}", "answer", ("1.000001",), "none", (), "own") for number in range(10)]
EXAM = Exam({"fixed": CASES}, "starter")


@pytest.fixture
def home(tmp_path: Path) -> RasaHome:
    """A project in which every change of ``a.yml`` asks for another model."""
    for name in ("nlu/text.py", "nlu/codes.py", "nlu/aspects.py", "nlu/understanding.py", "config.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    for name in ("nlu/data/training/a.yml", "nlu/components/b.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "domain.yml").write_text("intents: [greet]\nentities: [code]\n")
    return RasaHome(tmp_path)


class Gate:
    """Promotions in one project; each ``train`` makes another model that answers so many questions."""

    def __init__(self, home: RasaHome) -> None:
        self.home = home
        self.bench = FakeBench({})
        self.told: list[str] = []
        self.sayings = home.root / "var" / "learning" / "sayings.yml"

    def train(self, right: int, sayings: str = "") -> str:
        data = self.home.root / "nlu" / "data" / "training" / "a.yml"
        data.write_text(data.read_text() + ".")
        path = model_path(self.home)
        path.parent.mkdir(exist_ok=True)
        path.touch()
        self.bench.right[path.name] = right
        self.sayings.parent.mkdir(parents=True, exist_ok=True)
        self.sayings.write_text(sayings)
        return path.name

    async def promote(self, exam: Exam = EXAM, tolerance: float = 0.005, uncompared: bool = False) -> str:
        async def present() -> Path:
            return model_path(self.home)

        candidate = Contender(present, self.sayings)
        promotion = Promotion(self.home, self.bench, candidate, lambda: NOW, self.told.append)
        return (await promotion.run(exam, tolerance, uncompared)).model

    @property
    def record(self) -> bytes:
        return (self.home.models / RECORD).read_bytes()


@pytest.fixture
def gate(home: RasaHome) -> Gate:
    return Gate(home)


async def test_the_first_model_is_promoted_without_comparison_and_written_down(gate: Gate) -> None:
    name = gate.train(7, "1.000001: [a]\n")
    assert await gate.promote() == name
    live = read_live(gate.home.models)
    assert live is not None
    assert (live.model, live.promoted_at, live.questions) == (name, "2026-11-22T09:00:00+00:00", EXAM.hash)
    assert live.figures["answer"]["R@1"] == 0.7
    assert (gate.home.models / live.sayings).read_text() == "1.000001: [a]\n"


async def test_a_better_model_is_promoted_and_both_are_measured_with_their_own_sayings(gate: Gate) -> None:
    first = gate.train(7, "1.000001: [a]\n")
    await gate.promote()
    live = read_live(gate.home.models)
    assert live is not None
    second = gate.train(8, "1.000001: [b]\n")
    assert await gate.promote() == second
    assert gate.bench.measured[1:] == [(second, gate.sayings), (first, gate.home.models / live.sayings)]
    assert "0.700 → 0.800" in gate.told[-1]


async def test_a_worse_model_is_refused_and_nothing_is_changed(gate: Gate) -> None:
    gate.train(7)
    await gate.promote()
    before = gate.record
    gate.train(6)
    with pytest.raises(RefusedError, match=r"answer R@1 0\.700 → 0\.600"):
        await gate.promote()
    assert gate.record == before
    assert "0.700 → 0.600 !" in gate.told[-1]


async def test_within_the_tolerance_it_is_promoted(gate: Gate) -> None:
    gate.train(7)
    await gate.promote()
    second = gate.train(6)
    assert await gate.promote(tolerance=0.1) == second


async def test_what_is_live_already_is_not_measured_again(gate: Gate) -> None:
    name = gate.train(7, "a")
    await gate.promote()
    assert await gate.promote() == name
    assert len(gate.bench.measured) == 1
    gate.sayings.write_text("b")
    await gate.promote()
    assert len(gate.bench.measured) == 3


async def test_each_set_of_questions_is_guarded_by_itself(gate: Gate) -> None:
    exam = Exam({"fixed": CASES[:5], "mine": CASES[5:]}, "starter")
    gate.train(7)
    await gate.promote(exam)
    gate.train(6)
    with pytest.raises(RefusedError, match="mine: answer"):
        await gate.promote(exam)


async def test_a_live_model_of_another_program_is_compared_by_what_was_written_down(gate: Gate) -> None:
    gate.train(7)
    await gate.promote()
    (gate.home.root / "nlu" / "components" / "b.py").write_text("changed")
    gate.train(6)
    with pytest.raises(RefusedError, match="worse than the live model"):
        await gate.promote()
    assert len(gate.bench.measured) == 2


async def test_where_nothing_can_be_compared_only_an_explicit_wish_promotes(gate: Gate) -> None:
    gate.train(7)
    await gate.promote()
    (gate.home.root / "nlu" / "components" / "b.py").write_text("changed")
    second = gate.train(1)
    other = Exam({"fixed": CASES[:4]}, "starter")
    with pytest.raises(RefusedError, match="--uncompared"):
        await gate.promote(other)
    assert await gate.promote(other, uncompared=True) == second


def test_an_exam_is_known_by_its_questions_and_its_catalogue() -> None:
    assert Exam({"fixed": CASES}, "starter").hash == EXAM.hash
    assert len({EXAM.hash, Exam({"fixed": CASES[1:]}, "starter").hash, Exam({"fixed": CASES}, "other").hash}) == 3
