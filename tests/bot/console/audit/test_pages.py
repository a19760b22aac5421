"""The page of the console's log."""

from __future__ import annotations

import csv
import io

import pytest

from bot.console.audit import pages
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused
from tests.bot.console.accounts.house import Surfer, World


def test_the_last_day_of_all_is_refused_with_what_can_be_asked() -> None:
    with pytest.raises(Refused, match="2000"):
        pages.read_wanted({"until": "9999-12-31"})


async def fill(world: World, count: int) -> None:
    """Write entries about an account."""
    async with world.transactions.write() as session:
        for number in range(count):
            await world.officials.kept.audit.append(
                session, "binh", "phản ánh: nguyên văn", f"PA-{number}", "=HYPERLINK(1)", world.now
            )


async def test_an_auditor_turns_pages_and_filters(world: World, lan: Surfer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 10)
    await world.account(ConsoleRole.AUDITOR)
    await lan.sign_in()
    await fill(world, 13)
    await lan.get("/canbo/nhat-ky?actor=binh")
    assert "PA-12" in lan.text
    assert "before=" in lan.text
    assert '<option value="phản ánh: nguyên văn">' in lan.text, "an area's own word can be looked for"
    assert 'value="wording_set"' not in lan.text, "nothing is offered that was never done"
    await lan.get("/canbo/nhat-ky?actor=binh&before=6")
    assert "PA-2" in lan.text
    assert "PA-12" not in lan.text
    await lan.get("/canbo/nhat-ky?what=sign_in")
    assert "Người" not in lan.text.replace("Người lan", "")
    assert "203.0.113.0/24" in lan.text


@pytest.mark.parametrize(
    "query", ["since=26/11/2026", "before=x", "until=2026-13-01", "until=9999-12-31", "since=0001-01-01"]
)
async def test_what_cannot_be_read_is_said(world: World, lan: Surfer, query: str) -> None:
    await world.account(ConsoleRole.AUDITOR)
    await lan.sign_in()
    await lan.get(f"/canbo/nhat-ky?{query}")
    assert lan.status == 400


async def test_the_table_is_whole_harmless_and_noted(
    world: World, lan: Surfer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "EXPORT_PAGE", 5)
    await world.account(ConsoleRole.AUDITOR)
    await lan.sign_in()
    await fill(world, 12)
    rows = list(csv.reader(io.StringIO((await lan.get("/canbo/nhat-ky/csv?actor=binh")).lstrip("\ufeff"))))
    assert len(rows) == 13
    assert rows[1][5] == "'=HYPERLINK(1)"
    assert (await world.log())[-1] == ("lan", "exported", "Nhật ký (CSV), 12 dòng")
    whole = list(csv.reader(io.StringIO(await lan.get("/canbo/nhat-ky/csv"))))
    assert (await world.log())[-1] == ("lan", "exported", f"Nhật ký (CSV), {len(whole) - 1} dòng")


async def test_others_do_not_see_it(world: World, lan: Surfer) -> None:
    await world.account(ConsoleRole.RECEIVER)
    await lan.sign_in()
    for path in ("/canbo/nhat-ky", "/canbo/nhat-ky/csv", "/canbo/tai-khoan"):
        await lan.get(path)
        assert lan.status == 403
