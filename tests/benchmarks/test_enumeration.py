"""The arithmetic of the enumeration benchmark, and a small run of its guesses."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.enumeration import KEY, Clock, Telephones, compared, filled, guess, open_desk
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.access.limits import Amounts
from bot.dossiers.store import DossierStore
from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine


def test_two_samples_of_one_distribution_are_not_told_apart() -> None:
    chance = random.Random(1)
    one, other = ([chance.gauss(1, 0.1) for _ in range(2000)] for _ in range(2))
    found = compared("x", one, other)
    assert 0.47 < found.auc < 0.53
    assert found.distance < 0.05
    assert found.chance > 0.05


def test_what_always_takes_longer_is_told_apart() -> None:
    found = compared("x", [2.0, 3.0, 4.0] * 50, [1.0, 1.5, 1.9] * 50)
    assert (found.auc, found.distance) == (1.0, 1.0)
    assert found.chance < 0.001


async def test_a_few_guesses_bring_out_nothing(tmp_path: Path) -> None:
    transactions = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}"))
    try:
        await upgrade(transactions.engine)
        await filled(transactions, DossierStore(AesGcmCipher(KEY + "e"), KEY), 200)
        clock = Clock()
        house = open_desk(transactions, clock, Amounts(), Telephones())
        found = await guess(house, clock, 60, networks=3)
    finally:
        await transactions.close()
    assert found["BEYOND LEVEL 0"] == 0
    assert sum(amount for name, amount in found.items() if name.startswith("look")) == 30
