"""A post office (bưu cục, điểm phục vụ) of the list that the operator imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PostOffice:
    """Where papers can be handed in."""

    code: str
    """The post's own number."""
    name: str
    address: str
    commune: str
    """Code of today's commune; empty where the list's place could not be read."""
    province: str
    """Code of today's province."""
    phone: str = ""
    hours: str = ""
    """As the list says; empty for not known."""
    latitude: float | None = None
    longitude: float | None = None
    exact: bool = True
    """Whether both are the office's own, not those of its commune's middle."""
    as_of: str = ""
    """When the list stood so."""
    source: str = ""


@dataclass(frozen=True)
class Near:
    """A post office with how far it is."""

    office: PostOffice
    kilometres: float | None
    """As the crow flies; ``None`` where one of both places has no coordinates."""
    exact: bool
    """Whether the distance is from a shared location to the office itself, not between middles of communes."""
