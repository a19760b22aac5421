"""Reads the kept lists of places from the data files of ``vietnamadminunits``; its own parser is not imported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from nlu.errors import NluError
from nlu.places.place import Commune, Province

PACKAGE = "vietnamadminunits"
_KINDED = re.compile(r"(xa|phuong|thitran|huyen|thixa|thanhpho|quan)([a-z0-9]+)$")
_TODAY, _OLD, _BECAME = "parser_from_2025.json", "parser_legacy.json", "converter_2025.json"


Spelling = tuple[str, str]
"""A kind and a name, both folded and without spaces."""


class PlacesError(NluError):
    """The lists of places cannot be read."""


@dataclass(frozen=True, slots=True)
class OldDistrict:
    """A district, town or provincial city (huyện, quận, thị xã, thành phố thuộc tỉnh) that ended on 01/07/2025."""

    key: str
    """"tinhquangngai_huyenbinhson"."""
    name: str
    province: str
    """The key of its old province: "tinhquangngai"."""
    spellings: tuple[Spelling, ...] = ()
    """Other names: ("huyen", "hoanhbo") of Hạ Long, which swallowed that district."""


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune, ward or township (xã, phường, thị trấn) that ended on 01/07/2025."""

    name: str
    district: OldDistrict
    today: tuple[Commune, ...]
    """What it went into, the default part first."""
    spellings: tuple[Spelling, ...] = ()
    """Other names: also of communes that had gone into it before 2025."""


@dataclass(frozen=True)
class Lists:
    """All that the files say."""

    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]
    old_provinces: Mapping[str, tuple[str, Province]]
    """Key of an old province → its name and what it belongs to today."""
    old_districts: tuple[OldDistrict, ...]
    old_communes: tuple[OldCommune, ...] = field(default=())


def read_lists(folder: Path | None = None) -> Lists:
    """Return today's and yesterday's places.

    Raises:
        PlacesError: a file is missing or has another shape.
    """
    home = folder or Path(str(distribution(PACKAGE).locate_file(PACKAGE))) / "data"
    try:
        today, old, became = (json.loads((home / name).read_text("utf-8")) for name in (_TODAY, _OLD, _BECAME))
        return _lists(today, old, became)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise PlacesError(f"the lists of places in {home} cannot be read: install the locked {PACKAGE}") from error


def _lists(today: Any, old: Any, became: Any) -> Lists:
    provinces = {key: Province(one["provinceCode"], one["province"]) for key, one in today["DICT_PROVINCE"].items()}
    communes = {
        (province, key): Commune(
            one["wardCode"], one["ward"], provinces[province], float(one["wardLat"]), float(one["wardLon"])
        )
        for province, key, one in _today(today)
    }
    went = {old_key: province for province, keys in became["DICT_PROVINCE"].items() for old_key in keys}
    old_provinces = {key: (str(one["province"]), provinces[went[key]]) for key, one in old["DICT_PROVINCE"].items()}
    districts = {
        (province, key): OldDistrict(f"{province}_{key}", one["district"], province, _kinded(one["districtKeywords"]))
        for province, some in old["DICT_PROVINCE_DISTRICT"].items()
        for key, one in some.items()
    }
    old_communes = tuple(_old_communes(old, districts, _heirs(became, communes)))
    return Lists(
        tuple(provinces.values()), tuple(communes.values()), old_provinces, tuple(districts.values()), old_communes
    )


def _today(today: Any) -> Iterator[tuple[str, str, Any]]:
    for part in ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED"):
        for province, some in today[part].items():
            yield from ((province, key, one) for key, one in some.items())


def _heirs(became: Any, communes: Mapping[tuple[str, str], Commune]) -> dict[str, tuple[Commune, ...]]:
    """Return what every old commune went into, by its full key."""
    heirs: dict[str, tuple[Commune, ...]] = {
        old: (communes[province, key],)
        for province, some in became["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for key, olds in some.items()
        for old in olds
    }
    for province, some in became["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in some.items():
            ordered = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            heirs[old] = tuple(communes[province, part["newWardKey"]] for part in ordered)
    return heirs


def _old_communes(
    old: Any, districts: Mapping[tuple[str, str], OldDistrict], heirs: Mapping[str, tuple[Commune, ...]]
) -> Iterator[OldCommune]:
    """Yield the old communes; an island district that had none stands for itself."""
    for part in ("DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED", "DICT_PROVINCE_DISTRICT_WARD_ACCENTED"):
        for province, some in old[part].items():
            for key, wards in some.items():
                district = districts[province, key]
                for ward, one in wards.items():
                    if isinstance(one["ward"], str):
                        spellings = _kinded(one["wardKeywords"])
                        yield OldCommune(one["ward"], district, heirs[f"{district.key}_{ward}"], spellings)
                    else:
                        yield OldCommune(district.name, district, heirs[f"{district.key}_"], district.spellings)


def _kinded(spellings: list[str]) -> tuple[Spelling, ...]:
    """Keep the names that stand there both with a kind and without; the rest are wild spellings."""
    alone = set(spellings)
    kinded = (_KINDED.match(one) for one in spellings)
    return tuple((one[1], one[2]) for one in kinded if one and (one[2] in alone or one[2].isdigit()))
