"""Distances on the globe, as far as finding a post office needs them. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_KILOMETRES = 6371.0
DEGREE_KILOMETRES = 111.2
"""Of latitude, anywhere."""


@dataclass(frozen=True)
class Box:
    """A stretch of land between two parallels and two meridians; Vietnam lies far from the poles and the date line."""

    south: float
    north: float
    west: float
    east: float


VIETNAM = Box(south=6.0, north=23.5, west=102.0, east=118.0)
"""With its islands."""


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two points (latitude, longitude) lie apart, as the crow flies (haversine)."""
    (south, west), (north, east) = ([math.radians(part) for part in point] for point in (one, other))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH_KILOMETRES * math.asin(math.sqrt(min(half, 1.0)))


def around(point: tuple[float, float], radius: float) -> Box:
    """Return a box that holds everything within so many kilometres of a point."""
    latitude, longitude = point
    up = radius / DEGREE_KILOMETRES * 1.01
    aside = up / math.cos(math.radians(min(abs(latitude) + up, 80.0)))
    return Box(latitude - up, latitude + up, longitude - aside, longitude + aside)


def lies_within(point: tuple[float, float], box: Box) -> bool:
    """Tell whether a point lies in a box."""
    return box.south <= point[0] <= box.north and box.west <= point[1] <= box.east
