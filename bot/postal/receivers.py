"""Which agency may receive papers, and which post office takes slips by e-mail: the agency's file, then the record. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.postal.ports import ReadsPlaces
from bot.postal.request import Party, PostalRequest
from bot.postal.shapes import MailboxShape, ReceiverShape
from nlu.catalogue.model import Procedure, base_code
from nlu.text import fold, normalise

_OF_COMMUNE = re.compile(r"\b(?:cap xa|xa, phuong|xa phuong|xa/phuong)\b")


@dataclass(frozen=True)
class Receivers:
    """What the agency's file says."""

    offices: Sequence[ReceiverShape]
    mailboxes: Sequence[MailboxShape]
    places: ReadsPlaces

    def of(self, procedure: Procedure, applicant: Party) -> tuple[Party, ...]:
        """Return the agencies that may receive, the likeliest first: named for this procedure and place before those of the record."""
        code = base_code(procedure.code)
        fits = [
            one
            for one in self.offices
            if (not one.procedures or code in {base_code(each) for each in one.procedures})
            and (not one.commune or one.commune == applicant.commune)
        ]
        ordered = sorted(fits, key=lambda one: (not one.procedures, not one.commune))
        listed = [self._party(one) for one in ordered]
        return tuple({one.name: one for one in (*listed, *_of_record(procedure, applicant))}.values())

    def mailbox(self, request: PostalRequest) -> str:
        """Return the post office's e-mail address for a slip: of the applicant's commune, else province, else the one for all."""
        home = request.applicant
        fits = [
            one for one in self.mailboxes if one.commune in ("", home.commune) and one.province in ("", home.province)
        ]
        return max(fits, key=lambda one: (bool(one.commune), bool(one.province))).email if fits else ""

    def _party(self, shape: ReceiverShape) -> Party:
        found = self.places.read(normalise(shape.address)) if shape.address else None
        province = found.province.code if found and found.province else ""
        return Party(shape.name, shape.phone, "", "", shape.address, shape.email, province)


def _of_record(procedure: Procedure, applicant: Party) -> list[Party]:
    """Return the record's agencies; those of every commune as the applicant's own, where that is known."""
    found = []
    for name in procedure.agencies:
        commune = applicant.place.partition(",")[0] if applicant.commune else ""
        if _OF_COMMUNE.search(fold(normalise(name)).lower()) and commune:
            own = f"Ủy ban nhân dân {commune[:1].lower()}{commune[1:]}"
            found.append(Party(own, "", "", applicant.commune, applicant.place, province=applicant.province))
        else:
            found.append(Party(name, "", "", "", ""))
    return found
