"""The address of a map that shows a post office. Pure."""

from __future__ import annotations

from urllib.parse import quote

from bot.postal.office import PostOffice


def map_link(office: PostOffice, template: str) -> str:
    """Return the address of a map.

    Args:
        office: by its own point where the list has one, else by name and address.
        template: ``MOTCUA_POSTAL_MAP_URL``, with ``{place}``.
    """
    if office.exact and office.latitude is not None and office.longitude is not None:
        return template.replace("{place}", quote(f"{office.latitude:.6f},{office.longitude:.6f}", safe=","))
    return template.replace("{place}", quote(f"{office.name}, {office.address}", safe=""))
