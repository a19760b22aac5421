"""What officials print: whole, and without what only a screen needs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.console.roles import ConsoleRole
from tests.e2e.office import BIRTH, PERSON, Agency

pytestmark = pytest.mark.browser

A4, A3_LANDSCAPE = 718, 1500
"""Widths of the sheets between their margins."""
SPAN = "ky=khac&tu=2026-01-01&den=2026-12-31"
SHEETS = (
    (ConsoleRole.RECEIVER, "/canbo/phan-anh?hang=tat-ca", A4),
    (ConsoleRole.RECEIVER, "/canbo/phan-anh/1?hang=tat-ca", A4),
    (ConsoleRole.AUDITOR, f"/canbo/bao-cao/lap?loai=so&cach=in&{SPAN}", A3_LANDSCAPE),
    (ConsoleRole.AUDITOR, f"/canbo/bao-cao/lap?loai=dinh-ky&cach=in&{SPAN}", A4),
    (ConsoleRole.EDITOR, f"/canbo/thu-tuc/{BIRTH}/niem-yet", A4),
    (ConsoleRole.AUDITOR, f"/canbo/cai-cach/thu-tuc/{BIRTH}?{SPAN}", A4),
    (ConsoleRole.AUDITOR, f"/canbo/bang-so-lieu?{SPAN}", A4),
    (ConsoleRole.DOSSIERS, "/canbo/ho-so", A4),
)
FAULTS = """() => {
  const seen = (node) => node.getClientRects().length > 0;
  const said = (node) => node.outerHTML.replace(/\\s+/g, " ").slice(0, 90);
  const screen = [...document.querySelectorAll("button, nav, a[data-key], .skip, summary:has(+ form)")].filter(seen);
  const cut = [...document.querySelectorAll("table, svg, pre")].filter(
    (node) => seen(node) && node.getBoundingClientRect().right > innerWidth + 1);
  const closed = [...document.querySelectorAll("details > table, details > dl, details > .scroll")].filter((node) => !seen(node));
  return [...screen, ...cut, ...closed].map(said);
}"""


async def test_sheets_are_printed_whole_and_without_what_only_a_screen_needs(agency: Agency) -> None:
    faults = {}
    for role, path, width in SHEETS:
        page = await agency.opens(PERSON[role], path, width)
        await page.emulate_media(media="print")
        faults[path] = await page.evaluate(FAULTS)
        folder = os.environ.get("MOTCUA_SCREENSHOTS")
        if folder:
            name = path.partition("?")[0].strip("/").replace("/", "-") + f"-{len(faults)}-print"
            await page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
            await page.pdf(path=Path(folder) / f"{name}.pdf", prefer_css_page_size=True)
        await page.context.close()
    assert {path: said for path, said in faults.items() if said} == {}
