"""What a citizen attaches, as Zalo describes it: read defensively, for one test file of theirs has it elsewhere. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.channels.contract import InboundKind
from bot.channels.untyped import identifier, json_object, mapping, sequence, words
from bot.channels.zalo_oa.phones import international

MOST = 10
"""Attachments of one message that are looked at."""
LONGEST_URL = 2000


@dataclass(frozen=True)
class Attached:
    """One attachment in the contract's terms."""

    kind: InboundKind
    data: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""


UNSUPPORTED = Attached(InboundKind.UNSUPPORTED)


def attached(what: str, body: Mapping[str, Any]) -> Sequence[Attached]:
    """Read the attachments of an event.

    Args:
        what: the end of the event's name, such as ``image``.
        body: the event.

    Returns:
        At least one; what cannot be read or used is ``UNSUPPORTED``.
    """
    listed = sequence(mapping(body.get("message")).get("attachments")) or sequence(body.get("attachments"))
    payloads = [mapping(mapping(one).get("payload")) or mapping(one) for one in listed[:MOST]]
    found = [_read(what, payload) for payload in payloads]
    if len(found) > 1:
        found = [one for one in found if one.kind is not InboundKind.UNSUPPORTED]
    return found or [UNSUPPORTED]


def _read(what: str, payload: Mapping[str, Any]) -> Attached:
    if what == "location":
        return _location(payload)
    if what == "business_card":
        return _card(payload)
    url = _address(payload.get("url"))
    if not url:
        return UNSUPPORTED
    if what == "link":
        return Attached(InboundKind.TEXT, text=url)
    if what == "image":
        return Attached(InboundKind.IMAGE, {"url": url, "name": "", "size": 0, "type": "image"})
    if what == "audio":
        return Attached(InboundKind.VOICE, {"url": url, "name": "", "size": 0, "type": "audio/amr"})
    if what == "file":
        size = identifier(payload.get("size"))
        data = {
            "url": url,
            "name": words(payload.get("name"), 200),
            "size": int(size) if size.isdecimal() and size.isascii() else 0,
            "type": words(payload.get("type"), 100),
        }
        return Attached(InboundKind.FILE, data)
    return UNSUPPORTED


def _location(payload: Mapping[str, Any]) -> Attached:
    coordinates = mapping(payload.get("coordinates"))
    latitude, longitude = _degrees(coordinates.get("latitude"), 90), _degrees(coordinates.get("longitude"), 180)
    if latitude is None or longitude is None:
        return UNSUPPORTED
    return Attached(InboundKind.LOCATION, {"latitude": latitude, "longitude": longitude})


def _card(payload: Mapping[str, Any]) -> Attached:
    """Read somebody's card: anybody's can be passed on, so that it proves nothing of who sends it."""
    told = json_object(words(payload.get("description")).encode("utf-8", "replace"))
    phone = international(identifier(told.get("phone")))
    return Attached(InboundKind.CONTACT, {"phone": phone, "own": False}) if phone else UNSUPPORTED


def _degrees(value: object, most: float) -> float | None:
    """Return an angle, sent as text or number; ``None`` when it is none."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    try:
        degrees = float(value)
    except (ValueError, OverflowError):
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= most else None


def _address(value: object) -> str:
    url = words(value, LONGEST_URL + 1)
    return url if url.startswith(("https://", "http://")) and len(url) <= LONGEST_URL else ""
