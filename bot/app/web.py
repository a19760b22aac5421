"""The web server: page, API, public pages, the platforms' routes, health and the private index route."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from aiohttp import web

from bot.app.access import make_proof_page
from bot.app.clock import present
from bot.app.console import make_console
from bot.app.dossier_talk import slip_links
from bot.app.figures import make_scorecard
from bot.app.house import House, doors_of
from bot.app.organisations import make_link_page, organisation_routes
from bot.channels.platform import Platform
from bot.channels.web.channel import WebChannel
from bot.channels.web.routes import web_routes
from bot.channels.web.settings import WebSettings
from bot.checklists.page import ChecklistPage
from bot.delivery.engine import Engine
from bot.doors.pages import DoorPages
from bot.dossiers.slip_page import SlipPage
from bot.feedback.howto_page import HowToPages
from bot.feedback.public_pages import PublicPages
from bot.feedback.shelf import Shelf
from bot.http.headers import add_security_headers, keep_to_tls
from bot.http.health import Readiness, Understands, health_routes
from bot.http.internal import internal_routes
from bot.http.languages import LANGUAGES
from bot.nlu_process import NluState
from bot.postal.list_page import PostListPage
from nlu.catalogue.live import today_in_vietnam


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
    web_settings = WebSettings(trace=trace, trust_proxy=house.settings.trust_proxy)
    app = web.Application(client_max_size=web_settings.body_bytes)
    app.on_response_prepare.extend((add_security_headers, keep_to_tls(house.officials.steps.origins.encrypted)))

    async def let_go(_: web.Application) -> None:
        # Before the server waits for open requests: those who wait for an answer are let go when their turn is done.
        await engine.stop()

    app.on_shutdown.append(let_go)
    app.add_routes(
        [
            *_routes_for_machines(house, nlu_state),
            *_web_chat(house, engine, channel, web_settings, samples),
            *_public_pages(house, engine),
            *make_console(house, engine),
            *(route for one in platforms for route in one.routes(engine)),
        ]
    )
    return app


def _routes_for_machines(house: House, nlu_state: Callable[[], NluState]) -> list[web.RouteDef]:
    internal_key = house.settings.internal_key
    return [
        *health_routes(lambda: readiness(house, nlu_state())),
        *internal_routes(house.catalogue, internal_key.reveal() if internal_key else None),
    ]


def _web_chat(
    house: House, engine: Engine, channel: WebChannel, settings: WebSettings, samples: Mapping[str, str]
) -> list[web.RouteDef]:
    signing_key, _ = house.settings.require_keys()
    return web_routes(
        desk=engine,
        channel=channel,
        responses={language: house.texts.plain(language) for language in LANGUAGES},
        signing_key=signing_key.reveal(),
        settings=settings,
        ticks=time.monotonic,
        samples=samples,
        photos=house.photos.reader.read,
        files=house.uploads.codes,
    )


def _public_pages(house: House, engine: Engine) -> list[web.RouteDef]:
    """Return the pages whose addresses say what they show, and what organisations' programs ask."""
    settings, kept, texts = house.settings, house.kept, house.texts
    slips = SlipPage(slip_links(settings, present), house.about_dossiers, texts, present)
    lists = ChecklistPage(kept.links, house.catalogue, texts, today_in_vietnam, settings.stale_after_days)
    return [
        *slips.routes(),
        *DoorPages(doors_of(settings), house.catalogue, texts, today_in_vietnam).routes(),
        *lists.routes(),
        *organisation_routes(house.asking, texts, present),
        *make_link_page(house.asking, settings, texts, engine.notify, present).routes(),
        *make_proof_page(kept.access, settings, texts, engine.notify).routes(),
        *house.talking.form_page(engine, texts).routes(),
        *house.slips.routes(engine, texts),
        *_feedback_pages(house),
    ]


def _feedback_pages(house: House) -> list[web.RouteDef]:
    """Return the public pages of Articles 13 and 19: how feedback is given, and what came of it, singly and in numbers."""
    feedback, public_url = house.kept.feedback, house.settings.public_url
    shelf = Shelf(house.transactions, feedback.published, present)
    return [
        *PublicPages(shelf, house.texts, public_url, feedback.unit_name).routes(),
        *HowToPages(feedback.office, doors_of(house.settings), house.texts, today_in_vietnam).routes(),
        *make_scorecard(house).routes(),
        *_post_list(house).routes(),
    ]


def _post_list(house: House) -> PostListPage:
    postal, office = house.postal, house.kept.feedback.office
    return PostListPage(postal.lists, postal.coverage, office.name or office.code, postal.practice, house.texts)


def readiness(house: House, nlu_state: NluState) -> Readiness:
    """Tell what of the house is ready."""
    known = {NluState.READY: Understands.READY, NluState.DOWN: Understands.DOWN}
    understanding = known.get(nlu_state, Understands.LOADING)
    return Readiness(house.catalogue.index is not None, understanding)
