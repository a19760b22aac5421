"""Every page of the console, for every role: it answers, is light, fits its screen, and axe finds nothing."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from bot.console.roles import ConsoleRole
from tests.e2e.office import PERSON, Agency

pytestmark = pytest.mark.browser

WIDTHS = (360, 720, 1440)
"""A telephone, a desk at 200 % zoom or a tablet, a desk."""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
DRAWN = {"rules": {name: {"enabled": False} for name in ("color-contrast", "target-size")}}
"""What takes axe most of its time, left out: how elements are drawn, which is looked at once for each that is drawn alike."""
MOST_BYTES = 150_000
FAULTS = """() => {
  const faults = [], said = (what, node) => faults.push(`${what}: ${node.outerHTML.replace(/\\s+/g, " ").slice(0, 90)}`);
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the document scrolls sideways");
  for (const node of document.querySelectorAll("main *")) {
    if (!node.getClientRects().length || node.closest("svg, .sr, .skip")) continue;
    const frame = node.closest(".scroll"), box = node.getBoundingClientRect();
    if (!frame && (box.right > innerWidth + 1 || box.left < -1)) said("outside", node);
    const cuts = ["hidden", "clip"].includes(getComputedStyle(node).overflowX) && !node.matches("input, select");
    if (cuts && node.scrollWidth > node.clientWidth + 1) said("cut", node);
    if (node.matches("caption") && frame) {
      const words = document.createRange();
      words.selectNodeContents(node);
      if (words.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1) said("cut", node);
    }
  }
  for (const node of document.querySelectorAll(".scroll"))
    if (node.tabIndex !== 0 || node.getAttribute("role") !== "region" || !node.getAttribute("aria-label"))
      said("no way for the keyboard, or no name", node);
  return faults.slice(0, 5);
}"""


class Links(HTMLParser):
    """Where a page leads, its bones: what of it does not depend on its words, and what decides how they are drawn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.bones: set[str] = set()
        self.drawn: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, or a bone."""
        given = dict(attrs)
        if tag == "a" and given.get("href") and "download" not in given:
            self.found.append(given["href"] or "")
        self.bones.add(f"{tag} {given.get('class')} {given.get('name')}")
        self.drawn.add(f"{tag} {given.get('class')} {given.get('type')}")


def kind(path: str) -> str:
    """Return what pages that differ only in whom or what they are about have in common; a queue holds cases of one state."""
    parts = urlsplit(path)
    asked = sorted(one if one.startswith("hang=") else one.partition("=")[0] for one in parts.query.split("&"))
    name = re.sub(r"/(?:[\w.]*\d[\w.-]*|can\.bo\.\w+|quantri)", "/N", parts.path)
    return name if "/lam/" in name else name + "?" + "&".join(asked)


async def pages_of(agency: Agency, account: str) -> dict[str, str]:
    """Ask for every kind of page that links lead an official to; return the texts by address."""
    waiting, seen, found = ["/canbo"], {"/canbo?"}, {}
    while waiting:
        path = waiting.pop(0)
        async with agency.client.get(path, headers=agency.cookie(account)) as response:
            assert response.status == 200, (account, path, response.status)
            if response.content_type != "text/html":
                continue
            body = await response.read()
        assert len(body) <= MOST_BYTES, (account, path, len(body))
        found[path] = body.decode()
        for link in Links(found[path]).found:
            target = urldefrag(urljoin(path, link)).url
            if target.startswith("/canbo") and kind(target) not in seen:
                seen.add(kind(target))
                waiting.append(target)
    return found


def worth_a_look(found: dict[tuple[ConsoleRole, str], str]) -> Iterator[tuple[ConsoleRole, str, bool]]:
    """Choose the pages that a browser opens: those with more than three bones that no earlier one of their kind had.

    Yields:
        Role and address, and whether something on the page is drawn as nothing on an earlier page of any kind.
    """
    known: dict[str, set[str]] = {}
    drawn: set[str] = set()
    for (role, path), text in sorted(found.items(), key=lambda one: -len(one[1])):
        page, had = Links(text), known.setdefault(kind(path).partition("?")[0], set())
        if len(page.bones - had) > 3:
            yield role, path, not page.drawn <= drawn
            had |= page.bones
            drawn |= page.drawn


async def faults_of(page: Page, drawn: bool) -> list[str]:
    """Hold a page to its widths and to axe; to all of its rules where something is drawn as on no page before.

    A picture of each width is kept for whoever wants to look.
    """
    faults, folder = [], os.environ.get("MOTCUA_SCREENSHOTS")
    name = re.sub(r"\W+", "-", page.url.partition("/canbo")[2])[:80] or "-"
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{width}: {one}" for one in await page.evaluate(FAULTS)]
        if folder:
            await page.screenshot(path=Path(folder) / f"canbo{name}-{width}.png", full_page=True)
    found = (await Axe().run(page, options=RULES if drawn else RULES | DRAWN)).response["violations"]
    return faults + [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


async def test_every_page_of_every_role_answers_fits_and_is_readable_for_everybody(agency: Agency) -> None:
    found = {}
    for role, account in PERSON.items():
        found |= {(role, path): text for path, text in (await pages_of(agency, account)).items()}
    chosen = list(worth_a_look(found))
    assert {role for role, _ in found} == set(ConsoleRole)
    assert len(chosen) >= 60
    assert 10 <= sum(drawn for _, _, drawn in chosen) < len(chosen)
    faults: dict[str, list[str]] = {}

    async def looks(role: ConsoleRole) -> None:
        page = await agency.opens(PERSON[role])
        for path, drawn in ((path, drawn) for who, path, drawn in chosen if who is role):
            await page.goto(agency.url + path)
            faults[f"{role} {path}"] = await faults_of(page, drawn)

    await asyncio.gather(*map(looks, ConsoleRole))
    assert {path: said for path, said in faults.items() if said} == {}
