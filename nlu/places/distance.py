"""How far two communes lie from each other. Pure."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from nlu.places.place import Commune

EARTH = 6371.0088
"""Mean radius in kilometres (IUGG)."""


def between(one: Commune, other: Commune) -> float | None:
    """Return the kilometres between the middles of two communes as the crow flies; ``None`` where one is unknown."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return kilometres(one.latitude, one.longitude, other.latitude, other.longitude)


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance of two points given in degrees."""
    north, south = radians(latitude), radians(other_latitude)
    east = radians(other_longitude - longitude)
    chord = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(chord)))
