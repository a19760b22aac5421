"""The published items as RSS 2.0 and JSON Feed 1.1, for readers and for other offices' pages. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FeedItem:
    """One item, as a feed tells it."""

    title: str
    link: str
    text: str
    published_at: datetime
    updated_at: datetime
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself."""

    title: str
    about: str
    home: str
    """Address of the page with the same items."""
    own: str
    """Address of the feed."""
    language: str


def rss(feed: Feed, items: Sequence[FeedItem]) -> bytes:
    """Return the feed as RSS."""
    ET.register_namespace("atom", ATOM)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    own = {"href": feed.own, "rel": "self", "type": "application/rss+xml"}
    for name, text in (("title", feed.title), ("link", feed.home), ("description", feed.about)):
        _add(channel, name, text)
    _add(channel, "language", feed.language)
    ET.SubElement(channel, f"{{{ATOM}}}link", own)
    if items:
        _add(channel, "lastBuildDate", format_datetime(max(one.updated_at for one in items)))
    for one in items:
        entry = ET.SubElement(channel, "item")
        _add(entry, "title", one.title)
        _add(entry, "link", one.link)
        _add(entry, "guid", one.link).set("isPermaLink", "true")
        _add(entry, "description", one.text)
        _add(entry, "pubDate", format_datetime(one.published_at))
        for tag in one.tags:
            _add(entry, "category", tag)
    whole: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole


def json_feed(feed: Feed, items: Sequence[FeedItem]) -> bytes:
    """Return the feed as JSON."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "language": feed.language,
        "items": [
            {
                "id": one.link,
                "url": one.link,
                "title": one.title,
                "content_text": one.text,
                "date_published": one.published_at.isoformat(),
                "date_modified": one.updated_at.isoformat(),
                "tags": list(one.tags),
            }
            for one in items
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, name)
    made.text = _NOT_IN_XML.sub(" ", text)
    return made
