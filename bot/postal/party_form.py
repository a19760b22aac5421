"""Reads the form with names and addresses of a slip. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue.postal_places import Where, told_of
from bot.dialogue.texts import Texts
from bot.postal.ports import ReadsPlaces
from bot.postal.request import Parties, Party
from feedback.requirements import address_of, mail_of, name_of, phone_of, plain
from nlu.places.place import Commune, Outcome, PlaceReading
from nlu.text import normalise

FIELDS = ("name", "phone", "email", "address", "door")


@dataclass(frozen=True)
class Taken:
    """What was typed, as far as it can be kept."""

    parties: Parties | None = None
    """``None`` where something lacks."""
    lacks: Mapping[str, str] = field(default_factory=dict)
    """Key of what is said of it, by field."""
    several: tuple[Commune, ...] = ()
    """Places that an address may mean."""
    readings: tuple[PlaceReading, ...] = ()

    def remarks(self, texts: Texts) -> list[str]:
        """Say how places were understood; what is not found stays as it was written, and its slip says so."""
        found = []
        for reading in self.readings:
            where = Where(replace(reading, unknown=""), reading.commune, reading.province)
            found += told_of(texts, where) if where.name else []
        return found


def take(places: ReadsPlaces, typed: Mapping[str, str]) -> Taken:
    """Read the form: an address that may mean several communes is asked once more, an unknown one is taken as written."""
    phone, mail = phone_of(typed.get("phone", "")), typed.get("email", "").strip()
    name, address = name_of(typed.get("name", "")), address_of(typed.get("address", ""))
    door = typed.get("door", "").strip()
    lacks = {
        "name": "utter_pakn_page_lack_name" if name is None else "",
        "phone": "utter_pslip_page_lack_phone" if phone is None else "",
        "email": "utter_pakn_page_lack_email" if mail and mail_of(mail) is None else "",
        "address": "utter_pakn_page_lack_address" if address is None else "",
        "door": "utter_pakn_page_lack_address" if door and address_of(door) is None else "",
    }
    readings = {one: places.read(normalise(typed[one])) for one in ("address", "door") if typed.get(one, "").strip()}
    for one, reading in readings.items():
        if reading.outcome is Outcome.ABROAD:
            lacks[one] = "utter_pslip_abroad"
        elif reading.outcome is Outcome.SEVERAL:
            lacks[one] = "utter_pslip_page_which"
    wrong = {one: key for one, key in lacks.items() if key}
    if wrong or name is None or phone is None or address is None:
        several = tuple(place for reading in readings.values() for place in reading.candidates)
        return Taken(lacks=wrong, several=several)
    applicant = _party(readings["address"], address, name, phone, mail)
    to = _party(readings["door"], door, name, phone, "") if door else None
    return Taken(Parties(applicant, to), readings=tuple(readings.values()))


def _party(reading: PlaceReading, words: str, name: str, phone: str, mail: str) -> Party:
    province = reading.province.code if reading.province else ""
    commune = reading.commune
    if commune is None:
        return Party(name, phone, "", "", plain(words), mail, province)
    place = f"{commune.name}, {commune.province.name}"
    return Party(name, phone, reading.rest, commune.code, place, mail, province)
