"""Guessing over the web chat and the one-time page, limits on: nothing beyond level 0, and a hit looks like a miss."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.enumeration import ALONE, code_of, record_of
from benchmarks.guessing import KINDS, STRONG, Guessed, Site, guess, site, told, try_facts
from benchmarks.stranger import form_of, shows_more

GUESSES = 1000
DOSSIERS = 400


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Site]:
    """A house with some dossiers of two agencies, whose answers about facts leave at quick beats."""
    async with site(f"sqlite:///{tmp_path / 'g.sqlite3'}", tmp_path, DOSSIERS) as opened:
        desk = opened.house.kept.access.desk
        desk._beat = replace(desk._beat, seconds=0.02)
        yield opened


async def test_a_thousand_guesses_bring_out_nothing_beyond_level_0(there: Site) -> None:
    found = await guess(there, GUESSES, networks=100)
    assert found.beyond == []
    assert found.guesses == GUESSES
    asked = {kind: amount for kind in ("code", "fact", "one-time code") if (amount := _amount(found, kind))}
    # Each way was gone often enough to say something, and the limits did not turn all of it away.
    assert all(amount >= GUESSES / 50 for amount in asked.values())
    assert len(asked) == 3
    assert any("Đang giải quyết" in form for kind, form in found.forms if kind == "code")


async def test_what_a_stranger_is_told_is_the_same_whatever_there_is(there: Site) -> None:
    for unit, kinds, first in ((STRONG, KINDS, 1000), (ALONE, KINDS[1:], 2000)):
        tried = await try_facts(there, unit, 4, first)
        assert set(tried.forms) == set(kinds)
        [forms] = {frozenset(forms) for forms in tried.forms.values()}
        assert len(forms) == 1
        steps = {"fact", "page", "one-time code"} if unit == STRONG else {"fact"}
        assert set(tried.seconds) == steps
        assert len(tried.compared(unit)) == len(steps) * (len(kinds) - 1)


async def test_the_owner_is_told_more_and_the_measurement_sees_it(there: Site) -> None:
    number = 2
    record, whose = record_of(ALONE, number), there.stranger(1)
    await whose.choose(f"do:prove:{code_of(ALONE, number)}")
    said = await whose.say(record.owner.phone[-4:])
    assert shows_more(said, record)
    assert not shows_more(await there.stranger(2).say(f"{record.code} xong chưa"), record)


def test_answers_are_compared_without_what_differs_from_one_to_the_next() -> None:
    one, other = (f"<b>H48-{number}</b>\n09:3{number} https://x.vn/ma/{number}-_Ab" for number in (1, 2))
    assert form_of(one) == form_of(other)
    assert form_of("Đã tìm thấy") != form_of("Không tìm thấy")


def test_what_was_found_is_told_with_what_went_beyond_first() -> None:
    found = Guessed(guesses=3, beyond=["Nguyễn Văn A"])
    found.forms["code", "không thấy"] = 2
    lines = list(told(found))
    assert lines[0].endswith("BEYOND LEVEL 0: 1")
    assert lines[1].strip().startswith("2  code")


def _amount(found: Guessed, kind: str) -> int:
    return sum(amount for (of, _), amount in found.forms.items() if of == kind)
