"""What a named place is, and what reading one comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Province:
    """A province or centrally run city (tỉnh, thành phố trực thuộc trung ương) since 01/07/2025."""

    code: str
    """Two digits, of the General Statistics Office ("51")."""
    name: str
    """With its kind: "Tỉnh Quảng Ngãi"."""


@dataclass(frozen=True)
class Commune:
    """A commune, ward or special zone (xã, phường, đặc khu) since 01/07/2025."""

    code: str
    """Five digits ("21085")."""
    name: str
    """With its kind: "Xã Bình Minh"."""
    province: Province
    latitude: float | None = None
    """Of its middle; ``None`` where no source says."""
    longitude: float | None = None


@dataclass(frozen=True)
class Former:
    """An old place that was named: it ended on 01/07/2025."""

    name: str
    """As it was called, with its kind, up to its province: "Xã Bình An, Huyện Bình Sơn, Tỉnh Quảng Ngãi"."""
    whole: bool = True
    """Whether it went into one commune of today as a whole; otherwise ``PlaceReading.candidates`` holds its parts."""


class Outcome(StrEnum):
    """How sure a reading is."""

    COMMUNE = "commune"
    """One commune of today."""
    PROVINCE = "province"
    """One province, no commune (or one that the province does not have: ``unknown`` holds its name)."""
    SEVERAL = "several"
    """Several communes bear the name, or the old place was divided: ask which."""
    ABROAD = "abroad"
    """An address outside Vietnam: the public postal service does not go there."""
    NONE = "none"
    """No place is named that we know."""


@dataclass(frozen=True)
class PlaceReading:
    """What words about a place come to."""

    outcome: Outcome
    commune: Commune | None = None
    province: Province | None = None
    """Also with ``COMMUNE``; with ``SEVERAL`` where all candidates share it."""
    candidates: tuple[Commune, ...] = ()
    """With ``SEVERAL``: the likeliest first, at most eight. With ``PROVINCE`` where an abolished district is named: what lies on its land."""
    former: tuple[Former, ...] = ()
    """Old names that were understood, so that the person can be told what they are called now."""
    districts: tuple[str, ...] = ()
    """Abolished districts that were named ("Huyện Bình Sơn"): they are left out of addresses."""
    rest: str = ""
    """What else is written, most often before the place: house, street, hamlet ("12 Lê Lợi, thôn 3")."""
    unknown: str = ""
    """A commune's name that we do not know, or not in the province named; as written, with its kind where one is said."""
    guessed: bool = False
    """Whether a slip was mended or no kind was named: to be confirmed before it is used."""
