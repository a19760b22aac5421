"""``python -m benchmarks.console_areas``: how long the console's pages beside triage take in a whole house, and how much they weigh.

The house has 100,000 records of feedback, ``--dossiers`` dossiers (1,000,000), a published catalogue (``--catalogue``) and
a year's counts. It is asked through its own console, by somebody with every role who is signed in by a cookie.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import date, timedelta
from pathlib import Path

import aiohttp
from aiohttp import web

from benchmarks.caching import FOLDER
from benchmarks.children import completed
from benchmarks.console_measuring import Page, Took, Workers, served, took, write_office
from benchmarks.console_stock import HAND_OVERS, MINE, PROPOSALS, fill
from benchmarks.databases import BOTH, databases
from benchmarks.dossiers import code
from benchmarks.feedback_stock import NOW, kept
from benchmarks.ours import IMPORT_SECONDS, motcua
from bot.app import project_root
from bot.app.console import make_console
from bot.app.figures import make_scorecard
from bot.app.house import House, open_house
from bot.app.sending import make_engine
from bot.channels.web.channel import WebChannel
from bot.configuration.kinds import Kind
from bot.console.accounts.account import Stage
from bot.console.accounts.cookies import PLAIN
from bot.console.accounts.session_store import Place, Session
from bot.console.official import Official
from bot.console.roles import EVERYBODY
from bot.feedback.settings import FeedbackSettings
from bot.long_lived import set_aside
from bot.settings import Secret, Settings
from feedback.working_time.zone import here
from nlu.catalogue.proposal_store import OPEN, ProposalStore
from nlu.catalogue.store import CatalogueStore

RECORDS, DOSSIERS, ASKED = 100_000, 1_000_000, 100
SECRET = "k" * 40
WHOLE = Official("whole", "Nguyễn Thị Lan", "H48.1", EVERYBODY)
TOKEN = "t" * 43
HEADERS = {"Cookie": f"{PLAIN}={TOKEN}"}
SHEETS = ("phan-anh-ngay", "phan-anh-don-vi", "ho-so", "tin-nhan-ngay", "kenh")
FIELD_WORDS = ("khai sinh", "dat dai", "ket hon", "giay phep xay dung", "thue")


def pages(codes: Sequence[str], proposals: Sequence[int], dossiers: int) -> Sequence[Page]:
    """Return the kinds of pages."""
    return (
        Page("home", HEADERS, ["/canbo"]),
        *_figures(here(NOW).date()),
        *_dossiers(dossiers),
        *_catalogue(codes, proposals),
        *_questions(),
        *_others(),
    )


def _figures(today: date) -> Iterable[Page]:
    root = "/canbo/bang-so-lieu"

    def days(since: date, until: date) -> str:
        return f"?ky=khac&tu={since}&den={until}"

    month, quarter, year = (days(today.replace(month=first, day=1), today) for first in (today.month, 10, 1))
    odd = [days(today - timedelta(days=425 + more), today - timedelta(days=more)) for more in range(5)]
    yield Page("figures: month", HEADERS, [root + month])
    yield Page("figures: quarter", HEADERS, [root + quarter])
    yield Page("figures: year", HEADERS, [root + year])
    yield Page("figures: 14 odd months", HEADERS, [root + one for one in odd])
    yield Page("figures: a table of a year", HEADERS, [f"{root}/{sheet}.csv{year}" for sheet in SHEETS], file=True)
    yield Page("reports: the form", HEADERS, ["/canbo/bao-cao"])
    review = "/canbo/cai-cach"
    yield Page("review of procedures", HEADERS, [review])
    procedures = [f"{review}/thu-tuc/1.{number + 1000:06}{year}" for number in range(0, 300, 10)]
    yield Page("review: sheet of one", HEADERS, procedures)
    yield Page("evidence: the form", HEADERS, ["/canbo/kiem-tra"])
    # More periods than the page keeps figures of.
    years = [days(today - timedelta(days=365 + more), today) for more in range(100)]
    yield Page("post: a year", HEADERS, [f"/canbo/buu-chinh{one}" for one in years])
    yield Page("public scorecard", {}, ["/so-lieu"])


def _dossiers(dossiers: int) -> Iterable[Page]:
    root = "/canbo/ho-so"
    yield Page("dossiers: due", HEADERS, [root])
    yield Page("dossiers: late", HEADERS, [f"{root}?muc=tre"])
    yield Page(
        "dossiers: late, of a unit", HEADERS, [f"{root}?muc=tre&don-vi=s%E1%BB%91+{n}" for n in range(0, 100, 9)]
    )
    yield Page("dossiers: one", HEADERS, [f"{root}/ma/{code(n)}" for n in range(0, dossiers, max(1, dossiers // 200))])
    for name, path in (("alerts", "canh-bao"), ("sources", "nguon"), ("organisations", "to-chuc")):
        yield Page(f"dossiers: {name}", HEADERS, [f"{root}/{path}"])
    yield Page("dossiers: grades of a quarter", HEADERS, [f"{root}/cham-diem"])


def _catalogue(codes: Sequence[str], proposals: Sequence[int]) -> Iterable[Page]:
    root = "/canbo/thu-tuc"
    yield Page("catalogue: list", HEADERS, [root, *(f"{root}?sau={one}" for one in codes[::40])])
    yield Page("catalogue: search", HEADERS, [f"{root}?q={one}" for one in FIELD_WORDS])
    yield Page("catalogue: filters", HEADERS, [f"{root}?loc={one}" for one in ("old", "gaps", "doubts", "listing")])
    yield Page("catalogue: one", HEADERS, [f"{root}/{one}" for one in codes])
    yield Page("catalogue: edit", HEADERS, [f"{root}/{one}/sua" for one in codes])
    yield Page("catalogue: notice board", HEADERS, [f"{root}/{one}/niem-yet" for one in codes])
    yield Page("catalogue: proposals", HEADERS, [f"{root}/de-nghi"])
    yield Page("catalogue: a proposal", HEADERS, [f"{root}/de-nghi/{one}" for one in proposals])
    yield Page("catalogue: families", HEADERS, [f"{root}/nhom", *(f"{root}/nhom?ma={one}" for one in codes)])
    for name, path in (("silences", "ngung"), ("versions", "ban"), ("import", "nhap")):
        yield Page(f"catalogue: {name}", HEADERS, [f"{root}/{path}"])


def _questions() -> Iterable[Page]:
    root = "/canbo/cau-hoi"
    yield Page("questions: next", HEADERS, [root])
    yield Page("questions: found by words", HEADERS, [f"{root}?q={one}" for one in FIELD_WORDS])
    yield Page("questions: list", HEADERS, [f"{root}/danh-sach"])
    yield Page("questions: learning", HEADERS, [f"{root}/hoc"])
    yield Page("questions: months", HEADERS, [f"{root}/thang", f"{root}/thang?thang={NOW:%Y-%m}"])


def _others() -> Iterable[Page]:
    desk = "/canbo/nguoi-cho"
    yield Page("hand-over desk", HEADERS, [desk])
    yield Page("hand-over: a conversation", HEADERS, [f"{desk}/{HAND_OVERS - number}" for number in range(MINE)])
    yield Page("accounts", HEADERS, ["/canbo/tai-khoan"])
    yield Page("accounts: one", HEADERS, [f"/canbo/tai-khoan/official{number}" for number in range(0, 300, 7)])
    yield Page("own account", HEADERS, ["/canbo/toi"])
    log = "/canbo/nhat-ky"
    asked = ("", "?actor=official7", "?what=did+3", "?about=thing:500", "?since=2026-03-01&until=2026-03-02")
    yield Page("log", HEADERS, [log + one for one in asked])
    yield Page("settings", HEADERS, ["/canbo/thiet-lap"])
    yield Page("settings: wording", HEADERS, ["/canbo/thiet-lap/loi"])
    yield Page("settings: one kind", HEADERS, [f"/canbo/thiet-lap/{one.value}" for one in Kind])


async def measure(url: str, name: str, given: Namespace, folder: Path) -> list[Took]:
    """Measure one database."""
    await (await kept(url, RECORDS)).close()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(open_house(_settings(url, folder), project_root(), None))
        await _published(house, url, given.catalogue)
        await fill(house, given.dossiers, SECRET, WHOLE.account)
        await _signed_in(house)
        async with house.transactions.read() as session:
            live = await CatalogueStore(session).live_number() or 0
            codes = sorted(await CatalogueStore(session).held(live))
            proposals = [one.version for one in await ProposalStore(session).list(OPEN, PROPOSALS)]
        address = await stack.enter_async_context(served(_app(house)))
        client = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        kinds = pages(codes[:: max(1, len(codes) // 200)], proposals, given.dossiers)
        wanted = [one for one in kinds if re.search(given.page, one.name)]
        # Read in the background where a whole house runs.
        if any(one.name.startswith("catalogue") for one in wanted):
            await house.catalogue.refresh()
            await house.shelves.live()
        if any(one.name.startswith("post") for one in wanted):
            await house.postal.coverage.live()
        # As the program does that serves.
        set_aside()
        workers = await Workers.of(house.transactions)
        return [await took(client, address, name, page, given.asked, workers) for page in wanted]


def _settings(url: str, folder: Path) -> Settings:
    return Settings(
        database_url=url,
        signing_key=Secret(SECRET),
        encryption_key=Secret(SECRET),
        feedback=FeedbackSettings(office=write_office(folder), files=folder / "files"),
        # Nobody is sent there: only sheets with QR codes name it.
        public_url="http://mau.example",
    )


async def _published(house: House, url: str, catalogue: Path | None) -> None:
    async with house.transactions.read() as session:
        if await CatalogueStore(session).live_number() is not None:
            return
    for step in (["import", *([str(catalogue)] if catalogue else ["--starter"])], ["publish"]):
        database = {"MOTCUA_DATABASE_URL": url}
        command = motcua(project_root(), Path(), ["catalogue", *step], "console.log", database)
        await completed(command, IMPORT_SECONDS)


async def _signed_in(house: House) -> None:
    accounts, sessions = house.officials.kept.accounts, house.officials.kept.sessions
    async with house.transactions.write() as session:
        await accounts.add(session, WHOLE, "benchmark", NOW)
        if await sessions.by_token(session, TOKEN) is None:
            made = Session("benchmark", WHOLE.account, Stage.WHOLE, Place(), NOW, NOW, None)
            await sessions.add(session, made, TOKEN)


def _app(house: House) -> web.Application:
    engine = make_engine(house, house.transactions, WebChannel(lambda: NOW), trace=False)
    app = web.Application()
    app.add_routes([*make_scorecard(house).routes(), *make_console(house, engine, lambda: NOW)])
    return app


def main() -> None:
    """Measure and print; ends with 1 when a page is too slow or too heavy."""
    parser = ArgumentParser(prog="python -m benchmarks.console_areas", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=DOSSIERS)
    parser.add_argument("--catalogue", type=Path, help="file to import; the starter catalogue for none")
    parser.add_argument("--asked", type=int, default=ASKED, help="how often each page is asked for")
    parser.add_argument("--page", default="", help="regular expression: only pages whose name has it")
    parser.add_argument("--only", choices=BOTH)
    parser.add_argument("--keep", type=Path, help="folder in which the databases stay; what is there is measured again")
    given = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    found: list[Took] = []
    with (
        tempfile.TemporaryDirectory(prefix="console-", dir=FOLDER) as passing,
        databases((given.only,) if given.only else BOTH, given.keep or Path(passing), keep=bool(given.keep)) as urls,
    ):
        for kind, url in urls.items():
            found += asyncio.run(measure(url, kind, given, Path(passing)))
    sys.exit(any(one.missed for one in found))


if __name__ == "__main__":
    main()
