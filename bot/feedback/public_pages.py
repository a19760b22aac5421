"""The published feedback for everybody: ``/phan-anh``, a permanent link for each item, and feeds. No sender is in any of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.dialogue.texts import Texts
from bot.feedback.caching import ASK_AGAIN, cached
from bot.feedback.feeds import Feed, FeedItem, json_feed, rss
from bot.feedback.shelf import ReadsPublished
from bot.http.languages import language_of
from bot.http.pages import Pages
from feedback.publication.item import HiddenWhy, Published, Query
from feedback.working_time.zone import here

PATH = "/phan-anh"
TEMPLATES = Path(__file__).parent / "templates"
SIZE = 20
FEED_SIZE = 50
TITLE = 140
EXCERPT = 260
_LONGEST_QUERY = 200
_UNKNOWN = {"why": "", "said": "utter_public_unknown"}
_SLUG = re.compile(r"[0-9a-z]{1,16}")


@dataclass(frozen=True)
class Shown:
    """An item as a page shows it."""

    item: Published
    title: str
    """The question, cut short."""
    excerpt: str
    """Of the answer."""
    whole: bool
    """Whether the title is all that was asked."""
    mark: str
    """Key of the word that says that no agency answered; empty where one did."""
    link: str
    day: str
    changed: str
    """Day of the last change; empty for none."""
    agency: str
    """Its name."""


class PublicPages:
    """The routes."""

    def __init__(
        self, shelf: ReadsPublished, texts: Texts, public_url: str, agency_name: Callable[[str], str] = str
    ) -> None:
        """Take the published items, the sentences, the public address (empty for none), and how agencies are called."""
        self._shelf = shelf
        self._texts = texts
        self._public_url = public_url
        self._agency_name = agency_name
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(PATH, self.index),
            web.get(f"{PATH}/rss.xml", self.rss),
            web.get(f"{PATH}/feed.json", self.json),
            web.get(f"{PATH}/{{slug}}", self.item),
        ]

    async def index(self, request: web.Request) -> web.Response:
        """Show a page of the list."""
        asked = _query(request.query)
        page = await self._shelf.page(asked, _number(request.query.get("page", "")), SIZE)
        number = page.number
        response = self._pages.respond(
            request,
            "published_list.html",
            items=[self._shown(one) for one in page.items],
            asked=asked,
            number=number,
            filters=await self._shelf.filters(),
            agency_name=self._agency_name,
            newer=_address(asked, number - 1) if number > 1 else "",
            older=_address(asked, number + 1) if page.more else "",
            cut=page.cut,
            feeds={name: _feed_address(asked, name) for name in ("rss.xml", "feed.json")},
            indexed=not asked.narrow and not any(one.sample or one.trial for one in page.items),
        )
        return cached(request, response)

    async def item(self, request: web.Request) -> web.Response:
        """Show one item; one that was taken down says why, and that it will not come back."""
        slug = request.match_info["slug"]
        found = await self._shelf.find(slug) if _SLUG.fullmatch(slug) else None
        if found is None:
            return self._pages.respond(request, "published_gone.html", 404, **_UNKNOWN)
        if found.hidden_at is not None:
            why = (found.hidden_why or HiddenWhy.OTHER).value
            return self._pages.respond(request, "published_gone.html", 410, why=why, said=f"utter_public_gone_{why}")
        shown = self._shown(found)
        indexed = not (found.sample or found.trial)
        response = self._pages.respond(request, "published_item.html", shown=shown, item=found, indexed=indexed)
        return cached(request, response)

    async def rss(self, request: web.Request) -> web.Response:
        """Return the newest items as RSS."""
        feed, items = await self._feed(request, "rss.xml")
        return _sent(request, rss(feed, items), "application/rss+xml")

    async def json(self, request: web.Request) -> web.Response:
        """Return the newest items as JSON Feed."""
        feed, items = await self._feed(request, "feed.json")
        return _sent(request, json_feed(feed, items), "application/feed+json")

    async def _feed(self, request: web.Request, name: str) -> tuple[Feed, list[FeedItem]]:
        asked, language = _query(request.query), language_of(request)
        texts = self._texts.speaking(language)
        base = self._public_url or str(request.url.origin())
        page = await self._shelf.page(asked, 1, FEED_SIZE)
        feed = Feed(
            texts.render("utter_public_title"),
            texts.render("utter_public_lead"),
            f"{base}{_address(asked, 1)}",
            f"{base}{_feed_address(asked, name)}",
            language,
        )
        return feed, [self._entry(one, texts, base) for one in page.items]

    def _entry(self, item: Published, texts: Texts, base: str) -> FeedItem:
        shown = self._shown(item)
        mark = texts.render(shown.mark) if shown.mark else ""
        title = f"[{mark}] {shown.title}" if mark else shown.title
        answer = f"{texts.render('utter_public_answer')}: {item.answer}"
        tags = tuple(tag for tag in (item.procedure_name, item.field, shown.agency, mark) if tag)
        text = f"{item.question}\n\n{answer}"
        return FeedItem(title, f"{base}{shown.link}", text, item.published_at, item.updated_at, tags)

    def _shown(self, item: Published) -> Shown:
        changed = item.updated_at > item.published_at
        title = _cut(item.question, TITLE)
        return Shown(
            item,
            title,
            _cut(item.answer, EXCERPT),
            title == item.question.strip(),
            # Samples are of a trial, too.
            "utter_public_sample" if item.sample else "utter_public_trial" if item.trial else "",
            f"{PATH}/{item.slug}",
            _day(item.published_at),
            _day(item.updated_at) if changed else "",
            self._agency_name(item.agency) if item.agency else "",
        )


def _query(given: Mapping[str, str]) -> Query:
    def one(name: str) -> str:
        return " ".join(given.get(name, "").split())[:_LONGEST_QUERY]

    return Query(one("q"), one("procedure"), one("agency"), one("field"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 and int(text) else 1


def _parameters(asked: Query) -> dict[str, str]:
    named = {"q": asked.words, "procedure": asked.procedure, "agency": asked.agency, "field": asked.field}
    return {name: value for name, value in named.items() if value}


def _address(asked: Query, number: int) -> str:
    given: dict[str, Any] = {**_parameters(asked), **({"page": number} if number > 1 else {})}
    return f"{PATH}?{urlencode(given)}" if given else PATH


def _feed_address(asked: Query, name: str) -> str:
    given = _parameters(asked)
    return f"{PATH}/{name}?{urlencode(given)}" if given else f"{PATH}/{name}"


def _sent(request: web.Request, body: bytes, kind: str) -> web.Response:
    response = web.Response(body=body, content_type=kind, charset="utf-8", headers={"Cache-Control": ASK_AGAIN})
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return cached(request, response)


def _cut(text: str, most: int) -> str:
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return f"{flat[: most - 1].rsplit(' ', 1)[0]}…"


def _day(at: datetime) -> str:
    return f"{here(at):%d/%m/%Y}"
