"""The web server: page, API, public pages, the platforms' routes, health and the private index route."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from aiohttp import web

from bot.app.access import make_proof_page
from bot.app.dossier_talk import slip_links
from bot.app.house import House, present
from bot.app.organisations import organisation_routes
from bot.channels.platform import Platform
from bot.channels.web.channel import WebChannel
from bot.channels.web.routes import web_routes
from bot.channels.web.settings import WebSettings
from bot.checklists.page import ChecklistPage
from bot.delivery.engine import Engine
from bot.doors.doors import Doors
from bot.doors.pages import DoorPages
from bot.dossiers.slip_page import SlipPage
from bot.http.headers import add_security_headers
from bot.http.health import Readiness, Understands, health_routes
from bot.http.internal import internal_routes
from bot.http.languages import LANGUAGES
from bot.nlu_process import NluState
from bot.settings import Settings


def make_web_app(
    house: House,
    engine: Engine,
    channel: WebChannel,
    nlu_state: Callable[[], NluState],
    platforms: Sequence[Platform] = (),
    *,
    trace: bool,
    samples: Mapping[str, str] = MappingProxyType({}),
) -> web.Application:
    """Put the web server together: page, API, the platforms' routes, health and the private index route.

    Args:
        house: the assistant.
        engine: takes messages in.
        channel: the web chat.
        nlu_state: tells whether questions are understood.
        platforms: their routes are added.
        trace: whether replies may carry the trace.
        samples: codes of sample dossiers that the page offers to try, with the last digits of their telephone numbers.
    """
    signing_key, _ = house.settings.require_keys()
    web_settings = WebSettings(trace=trace, trust_proxy=house.settings.trust_proxy)
    app = web.Application(client_max_size=web_settings.body_bytes)
    app.on_response_prepare.append(add_security_headers)

    async def let_go(_: web.Application) -> None:
        # Before the server waits for open requests: those who wait for an answer are let go when their turn is done.
        await engine.stop()

    app.on_shutdown.append(let_go)
    internal_key = house.settings.internal_key
    app.add_routes(
        [
            *health_routes(lambda: readiness(house, nlu_state())),
            *internal_routes(house.catalogue, internal_key.reveal() if internal_key else None),
            *web_routes(
                desk=engine,
                channel=channel,
                responses={language: house.texts.plain(language) for language in LANGUAGES},
                signing_key=signing_key.reveal(),
                settings=web_settings,
                ticks=time.monotonic,
                samples=samples,
                photos=house.photos.reader.read,
            ),
            *slip_pages(house),
            *DoorPages(doors_of(house.settings), house.catalogue, house.texts).routes(),
            *ChecklistPage(
                house.kept.links, house.catalogue, house.texts, date.today, house.settings.stale_after_days
            ).routes(),
            *organisation_routes(house.asking, house.texts, present),
            *make_proof_page(house.kept.access, house.settings, house.texts, engine.notify).routes(),
            *(route for one in platforms for route in one.routes(engine)),
        ]
    )
    return app


def slip_pages(house: House) -> list[web.RouteDef]:
    """Return the route of the slips that are printed."""
    return SlipPage(slip_links(house.settings, present), house.about_dossiers, house.texts, present).routes()


def doors_of(settings: Settings) -> Doors:
    """Return the doors that the settings name."""
    return Doors(settings.public_url, settings.telegram_name, settings.zalo_oa_id)


def readiness(house: House, nlu_state: NluState) -> Readiness:
    """Tell what of the house is ready."""
    known = {NluState.READY: Understands.READY, NluState.DOWN: Understands.DOWN}
    understanding = known.get(nlu_state, Understands.LOADING)
    return Readiness(house.catalogue.index is not None, understanding)
