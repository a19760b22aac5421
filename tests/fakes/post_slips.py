"""Slips for the post in memory: the port of the flows, and what becomes of effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.channels.contract import Ref
from bot.dialogue.effects import Effect, EraseEverything
from bot.dialogue.feedback_ports import ReadsProcedures
from bot.dialogue.flow import Place
from bot.dialogue.post_slip_ports import AboutSlips, SlipNotice
from bot.dialogue.postal_effects import BeginSlip, DropSlip, KeepSlip, MailSlip, NoteCodes, TakeSlipBack
from bot.dialogue.postal_ports import AboutPostal
from bot.postal.ports import ReadsPlaces
from bot.postal.request import Parties, Party, PostalRequest, RequestState
from nlu.catalogue.model import Procedure
from nlu.places.place import Outcome, PlaceReading

AN = Party("Nguyễn Văn An", "+84905123427", "12 Lê Lợi", "21085", "Xã Bình Minh, Tỉnh Quảng Ngãi", province="51")


@dataclass(frozen=True)
class Streets:
    """Places with what stands before them: the words up to the first comma, where the whole is no place."""

    inner: ReadsPlaces

    def read(self, words: str) -> PlaceReading:
        """See ``ReadsPlaces.read``."""
        whole = self.inner.read(words)
        rest, _, place = words.partition(",")
        if whole.outcome is not Outcome.NONE or not place:
            return whole
        return replace(self.inner.read(place.strip()), rest=rest.strip())


@dataclass
class FakeSlips:
    """Implements every port of ``AboutSlips``."""

    begun: dict[str, str] = field(default_factory=dict)
    """Versions of the notice, by number."""
    given: dict[str, Parties] = field(default_factory=dict)
    """On the form page."""
    made: dict[str, PostalRequest] = field(default_factory=dict)
    mail: str = ""
    """The post office's address."""
    left: bool = False
    """Whether confirmed letters left already."""
    on_page: frozenset[str] = frozenset()
    watches: tuple[str, ...] = ()

    async def of(self, ref: Ref) -> tuple[PostalRequest, ...]:
        return tuple(reversed(self.made.values()))

    async def one(self, ref: Ref, request: str) -> PostalRequest | None:
        return self.made.get(request)

    async def parties(self, draft: str) -> Parties | None:
        return self.given.get(draft)

    async def can_take_back(self, request: str) -> bool:
        return not self.left

    async def watched(self, ref: Ref) -> Sequence[str]:
        return self.watches

    def about(self, post: AboutPostal, procedures: ReadsProcedures) -> AboutSlips:
        """Put it together as the flows read it."""
        return AboutSlips(
            post=replace(post, places=Streets(post.places)),
            procedures=procedures,
            kept=self,
            offices=_offices,
            notice=lambda: SlipNotice("Văn phòng UBND tỉnh Mẫu", "0260 000 001", "tại tỉnh Mẫu", on_page=self.on_page),
            new_number=lambda: f"BC-2222-222{len(self.begun) + 2}",
            page=_page,
            sheet=lambda id: f"https://motcua.example/phieu/{id}",
            file=lambda id: f"https://motcua.example/phieu/{id}/tep",
            sample="https://motcua.example/phieu/mau",
            mailbox=lambda _: self.mail,
            watched=self.watched,
        )

    def apply(self, ref: Ref, effect: Effect) -> None:
        """Carry an effect out."""
        match effect:
            case BeginSlip(id, version):
                self.begun[id] = version
            case KeepSlip(request):
                self.made.setdefault(request.id, request)
            case NoteCodes(id, dossier, item):
                one = self.made[id]
                self.made[id] = replace(one, dossier_code=dossier or one.dossier_code, item_code=item or one.item_code)
            case MailSlip(id):
                self.made[id] = replace(self.made[id], state=RequestState.SENDING)
            case TakeSlipBack(id):
                self.made[id] = replace(self.made[id], state=RequestState.CANCELLED)
            case DropSlip(id):
                self.made.pop(id, None)
                self.given.pop(id, None)
            case EraseEverything():
                self.made.clear()


def _offices(procedure: Procedure, applicant: Party) -> tuple[Party, ...]:
    own = f"Ủy ban nhân dân {applicant.place.partition(',')[0].lower()}" if applicant.commune else "UBND cấp xã"
    return (
        Party(own, "", "", applicant.commune, applicant.place, province=applicant.province),
        Party("Sở Tư pháp", "", "", "", ""),
    )


def _page(draft: str, at: Place) -> str:
    return f"https://motcua.example/gui-ho-so/{draft}"
