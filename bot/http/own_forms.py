"""Tells a form of our own pages from another site's."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.web.channel import same_site


def ours(headers: Mapping[str, str]) -> bool:
    """Tell whether a form may come from our page. Under its referrer policy older browsers name its origin "null"."""
    unnamed = "Sec-Fetch-Site" not in headers and headers.get("Origin") == "null"
    return unnamed or same_site(headers)
