"""The made-up list is for trials that have none of their own, and says that it is made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.postal import make_postal, with_practice
from bot.configuration.kinds import Kind, file_of
from bot.postal.book import PRACTICE, load_book
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork
from tests.bot.dialogue_house import BIRTH, TIME
from tests.bot.messages import NOW


def test_a_trial_without_a_list_gets_the_made_up_one_which_is_nobodys_own() -> None:
    settings = with_practice(Settings())
    assert settings.postal.file == PRACTICE
    assert file_of(Kind.POSTAL, settings) is None


def test_who_has_a_list_or_wants_no_samples_or_receives_feedback_gets_none(tmp_path: Path) -> None:
    own = replace(Settings(), postal=replace(Settings().postal, file=tmp_path / "own.yml"))
    assert with_practice(own) == own
    assert file_of(Kind.POSTAL, own) == tmp_path / "own.yml"
    bare = replace(Settings(), feedback=replace(Settings().feedback, samples=False))
    assert with_practice(bare) == bare
    office = tmp_path / "office.yml"
    office.write_text(
        "name: Sở\nintake: published_address\ndecision: QĐ 1\nprivacy: {controller: a, contact: b, servers: c, retention: d}\n"
        "units: [{code: A, name: A, receives: true}]\n",
        "utf-8",
    )
    real = replace(Settings(), feedback=replace(Settings().feedback, office=office))
    assert with_practice(real) == real


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_nobody_who_asks_is_told_what_is_made_up(database: UnitOfWork) -> None:
    made_up = make_postal(with_practice(Settings()), database, TIME, None, lambda: NOW)
    bare = make_postal(Settings(), database, TIME, None, lambda: NOW)
    assert made_up.practice
    assert list(made_up.lists)
    assert made_up.facts.options(BIRTH) == bare.facts.options(BIRTH)


def test_every_entry_says_that_it_is_made_up() -> None:
    entries = list(load_book(PRACTICE).lists)
    assert entries
    assert {one.source for one in entries} == {"Danh sách làm thử, không phải văn bản của cơ quan nào"}
