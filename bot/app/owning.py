"""Whose the people are who wait for an official, bound to this house's files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.channels.contract import InboundKind, Ref
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.ports import Transactions
from bot.delivery.talk_store import TalkStore
from bot.dialogue.feedback_noticed import SHORTEST_STORY
from bot.dialogue.ports import Catalogue
from bot.dossiers.agencies import load_agencies
from bot.feedback.understanding import BorderReader
from bot.handover.office import load_office
from bot.handover.owning import Charged, Owning
from bot.handover.placing import NamedPlace, Said
from bot.postal.ports import ReadsPlaces
from bot.settings import Settings
from feedback.office import Office
from feedback.record import Border
from feedback.working_time.loading import WorkingTime

_COMPLAINTS = (
    *(Border.CONDUCT, Border.CONTENT, Border.RECOMMENDATION),
    *(Border.COMPLAINT, Border.DENUNCIATION, Border.INSULT),
)
LIKELY = 0.5
"""Share of these together from which words may be a complaint. Of sixteen sentences about a commune that were tried, questions
came to 0.4 at most, complaints to 0.87 at least, but for one that blames in passing ("… làm ăn kiểu gì vậy", 0.12)."""


def make_owning(settings: Settings, office: Office, time: WorkingTime) -> Owning:
    """Return the rules of the house.

    Args:
        settings: of this process.
        office: whose units they are.
        time: its office hours.
    """
    patience = timedelta(minutes=load_office(settings.office_file).wait_minutes)
    return Owning(office, time.hours(office.province or None), patience)


def make_charged(
    settings: Settings, transactions: Transactions, owning: Owning, catalogue: Catalogue, places: ReadsPlaces
) -> Charged:
    """Return what finds the unit of somebody who asks for an official.

    Args:
        settings: of this process.
        transactions: of the database with the messages.
        owning: the rules of the house.
        catalogue: of procedures.
        places: of the country.
    """
    _, encryption_key = settings.require_keys()
    said = _said(transactions, TalkStore(AesGcmCipher(encryption_key.reveal())))
    named = NamedPlace(owning, places, home_of(owning.office), said, may_complain)
    return Charged(owning, catalogue, named.unit)


def home_of(office: Office) -> str:
    """Return the name of an office's province; empty where its codes do not say."""
    found = load_agencies().known.get(office.province or office.code.partition(".")[0])
    return found.name if found else ""


def may_complain(text: str) -> bool:
    """Tell whether words may be about what somebody of an office did; the name of a place alone is no story."""
    if len(text.split()) < SHORTEST_STORY:
        return False
    shares = BorderReader().suggest(text).others
    return sum(shares.get(one, 0.0) for one in _COMPLAINTS) >= LIKELY


def _said(transactions: Transactions, talks: TalkStore) -> Said:
    async def said(ref: Ref, since: datetime) -> Sequence[str]:
        async with transactions.read() as session:
            lines = await talks.around(session, ref, since, since + timedelta(days=1))
        return [line.text or "" for line in lines if line.kind is InboundKind.TEXT]

    return said
