"""Cảnh báo and nguồn: who tries codes out, and whether the one-stop systems answer. Shows nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from aiohttp import web

from bot.console.done import go
from bot.console.dossiers.due_pages import PATH
from bot.console.dossiers.words import ABOUT, ALERTS
from bot.console.frame import Frame
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.dossiers.access.alert_store import AlertStore
from bot.dossiers.access.marks import SHORT
from bot.dossiers.sources.health import Health
from feedback.working_time.zone import here
from nlu.codes import DossierCode, parse_dossier_code

WATCHERS = frozenset({ConsoleRole.DOSSIERS, ConsoleRole.ADMINISTRATOR, ConsoleRole.AUDITOR})
ASKERS = frozenset({ConsoleRole.DOSSIERS, ConsoleRole.ADMINISTRATOR})
SHOWN = 200


class Asked(Protocol):
    """A one-stop system."""

    @property
    def health(self) -> Health:
        """How it fares."""
        ...

    async def probe(self, code: DossierCode) -> bool:
        """Ask it now whether it answers."""
        ...


@dataclass(frozen=True)
class WatchPages:
    """Alerts and sources."""

    transactions: Transactions
    alerts: AlertStore
    sources: Callable[[], Sequence[Asked]]
    frame: Frame

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", PATH + "/canh-bao", WATCHERS, self.listed),
            Route("GET", PATH + "/nguon", WATCHERS, self.health),
            Route("POST", PATH + "/nguon/{place:[0-9]{1,4}}", ASKERS, self.ask),
        ]

    async def listed(self, visit: Visit) -> web.Response:
        """List the alerts, the newest first."""
        async with self.transactions.read() as session:
            alerts = await self.alerts.listed(session, SHOWN)
        lines = [(one, one.subject.hex()[:SHORT]) for one in alerts]
        return self.frame.respond(visit, "dossiers_alerts.html", lines=lines, kinds=ALERTS, about=ABOUT, path=PATH)

    async def health(self, visit: Visit) -> web.Response:
        """Say of each system whether it answers, as this process knows it."""
        healths = [one.health for one in self.sources()]
        may_ask = visit.official.has(ASKERS)
        return self.frame.respond(visit, "dossiers_sources.html", healths=healths, may_ask=may_ask, path=PATH)

    async def ask(self, visit: Visit) -> web.StreamResponse:
        """Ask a system for a code that hardly exists, which is an answer too."""
        sources, place = self.sources(), int(visit.part["place"])
        if place >= len(sources):
            raise Refused("Không có hệ thống nào ở chỗ này; danh sách đã thay đổi.", 404)
        answers = await sources[place].probe(_hardly_a_code(sources[place].health.agencies[0], visit.at))
        said = "trả lời" if answers else "không trả lời"
        return go(PATH + "/nguon", f"{sources[place].health.name}: {said}.")


def _hardly_a_code(agency: str, at: datetime) -> DossierCode:
    return parse_dossier_code(f"{agency}-{here(at):%y%m%d}-0000")
