"""Puts the web chat together: its page and its API, ready to be added to the server."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from types import MappingProxyType

from aiohttp import web

from bot.channels.web.api import MessagesApi
from bot.channels.web.channel import WebChannel
from bot.channels.web.keys import ConversationKeys
from bot.channels.web.one_file import OneFileApi, ReadsFile, ReadsPicture, pictures, tables
from bot.channels.web.page import Page
from bot.channels.web.settings import WebSettings
from bot.channels.web.texts import WebTexts
from bot.channels.web.visitors import Visitors
from bot.delivery.ports import Desk


def web_routes(
    *,
    desk: Desk,
    channel: WebChannel,
    responses: Mapping[str, Mapping[str, str]],
    signing_key: str,
    settings: WebSettings,
    ticks: Callable[[], float],
    random: Callable[[int], bytes] = os.urandom,
    samples: Mapping[str, str] = MappingProxyType({}),
    photos: ReadsPicture | None = None,
    files: ReadsFile | None = None,
) -> list[web.RouteDef]:
    """Return the routes of the page and its API.

    Args:
        desk: Takes messages in and tells what came of them.
        channel: The web channel, the same that the engine renders with.
        responses: Sentences by language, then by response name (``utter_web_…``).
        signing_key: Proves conversation keys to be ours.
        settings: Limits and times.
        ticks: A clock in seconds that never goes back.
        random: Source of new keys.
        samples: Codes of sample dossiers that the page offers to try, with the last digits of their telephone numbers.
        photos: Reads QR codes in pictures; without it the page offers none.
        files: Reads dossier codes in files; without it the page offers none.

    Raises:
        MissingTextsError: ``responses`` lacks sentences.
    """
    texts = WebTexts(responses)
    visitors = Visitors(ConversationKeys(signing_key, random), settings.trust_proxy)
    api = MessagesApi(desk=desk, channel=channel, visitors=visitors, texts=texts, settings=settings, ticks=ticks)
    page = Page(texts, visitors, samples, photos=photos is not None, files=files is not None)
    taken = [pictures(photos, texts, settings)] if photos else []
    taken += [tables(files, texts, settings)] if files else []
    read = [route for one in taken for route in OneFileApi(one, api.kindly, visitors, ticks).routes()]
    return [*page.routes(), *read, *api.routes()]
