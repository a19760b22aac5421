"""The desk of dossiers and what is watched, in memory: the rules of disclosure are the real ones, the proof is simple."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.channels.contract import Ref
from bot.dialogue.dossier_ports import Watched
from bot.dialogue.effects import (
    Effect,
    EndDossierAccess,
    EraseEverything,
    SmsWhenMissed,
    StopWatching,
    WatchDossier,
)
from bot.dossiers.desk import Asker, Look, LookOutcome, Proof, SeenEarlier, Tried
from bot.dossiers.disclosure import Level, coarse, shown
from bot.dossiers.photos import PhotoOutcome, PhotoRead
from bot.dossiers.record import Owner, Record, Slip, SlipKind, Status, Step

VIETNAM_NOON = 5
"""Hour in UTC of noon in Vietnam."""
OWNER = Owner("Nguyễn Văn An", "0905 123 427", "001099012345")


def at(day: int, hour: int = VIETNAM_NOON, month: int = 11) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def record(code: str, status: Status = Status.IN_PROGRESS, **changes: object) -> Record:
    """A dossier with everything in it that its state allows."""
    known = Record(
        code=code,
        status=status,
        procedure_code="1.000894",
        procedure_name="Đăng ký kết hôn",
        owner=OWNER,
        unit="Trung tâm Phục vụ hành chính công phường Cẩm Thành",
        received_at=at(10, 2),
        due_at=at(27, 10),
        next_step="Trình lãnh đạo ký",
        collect_at="Quầy 3, Trung tâm Phục vụ hành chính công phường Cẩm Thành",
        steps=(
            Step("Bộ phận một cửa", "Trần Thị B", "Tiếp nhận", at(10, 2), at(10, 10), at(10, 3)),
            Step("Phòng Tư pháp", "", "Thẩm định", at(11, 2), at(25, 10)),
            Step("Lãnh đạo phường"),
        ),
        slips=(
            Slip(SlipKind.RECEIPT, at(10).date(), "12/TTPVHCC", items=("Tờ khai", "Giấy xác nhận tình trạng hôn nhân")),
        ),
    )
    return replace(known, **changes)  # type: ignore[arg-type]


RUNNING = record("000.00.16.H48-261110-0012")
SUPPLEMENT = record(
    "H48.16-261111-0001",
    Status.NEED_SUPPLEMENT,
    missing=("Giấy xác nhận tình trạng hôn nhân",),
    slips=(
        Slip(
            SlipKind.SUPPLEMENT,
            at(16).date(),
            "5/PBS",
            "Giấy xác nhận đã quá 6 tháng",
            ("Giấy xác nhận tình trạng hôn nhân",),
            contact="Trần Thị B, 0255 123 456",
        ),
    ),
)
LATE = record("H48.16-261102-0003", due_at=at(13, 10))
APOLOGISED = record(
    "H48.16-261103-0004",
    due_at=at(13, 10),
    slips=(
        Slip(
            SlipKind.APOLOGY,
            at(12).date(),
            "7/PXL",
            "Chờ ý kiến của cơ quan phối hợp",
            old_due_at=at(13, 10),
            new_due_at=at(30, 10),
        ),
    ),
)
DONE = record("H48.16-261105-0005", Status.DONE, ended_at=at(20, 3), due_at=at(20, 10))
UNCLEAR = record("H48.16-261106-0006", Status.UNKNOWN, vendor_status="xyz")
FEE = record("H48.16-261107-0007", Status.NEED_PAYMENT, fee_due=150000)
OLD = record("000.00.16.H34-200827-0012", Status.RETURNED, ended_at=datetime(2020, 9, 3, 3, tzinfo=UTC), sample=True)
ALL = (RUNNING, SUPPLEMENT, LATE, APOLOGISED, DONE, UNCLEAR, FEE, OLD)


@dataclass
class FakeDesk:
    """Implements ``Desk`` over a few dossiers."""

    records: dict[str, Record] = field(default_factory=lambda: {one.code: one for one in ALL})
    proofs: dict[tuple[Ref, str], bool] = field(default_factory=dict)
    begun: dict[Ref, str] = field(default_factory=dict)
    """The code of the try that each person last began, where its fact was right."""
    looked: list[tuple[str, Level, str, datetime]] = field(default_factory=list)
    down: frozenset[str] = frozenset({"H49.16-261110-0001"})
    """Codes whose source is away."""
    stale: frozenset[str] = frozenset()
    """The same, where something is known from before."""
    catalogue: frozenset[str] = frozenset({"1.000894"})
    """Codes of the procedures that we know."""
    most: int = 10
    fact_alone: bool = False
    contact: frozenset[str] = frozenset({"telegram"})
    tries: dict[Ref, int] = field(default_factory=dict)

    async def look(self, asker: Asker, code: str) -> Look:
        codes = {one[0] for one in self.looked if one[2] == asker.ref.conversation} | {code}
        if len(codes) > self.most:
            return Look(LookOutcome.LIMITED, until=asker.at + timedelta(hours=16))
        if code in self.down:
            return Look(LookOutcome.DOWN)
        known = self.records.get(code)
        level = Level.APPLICANT if (asker.ref, code) in self.proofs else Level.NOBODY
        self.looked.append((code, level, asker.ref.conversation, asker.at))
        if known is None:
            return Look(LookOutcome.UNKNOWN)
        full = shown(known) if level is Level.APPLICANT else None
        as_of = asker.at - timedelta(hours=26) if code in self.stale else asker.at
        return Look(
            LookOutcome.TOLD,
            coarse(known),
            full,
            as_of,
            "Hệ thống một cửa tỉnh Quảng Ngãi",
            down=code in self.stale,
            procedure=full.procedure_code if full is not None and full.procedure_code in self.catalogue else "",
            phone_proven=full is not None and not self.fact_alone,
        )

    async def prove(self, asker: Asker, code: str, fact: str) -> Tried:
        if code in self.down:
            return Tried(Proof.DOWN)
        self.tries[asker.ref] = self.tries.get(asker.ref, 0) + 1
        if self.tries[asker.ref] > 3:
            return Tried(Proof.WAIT, until=asker.at + timedelta(minutes=10))
        known = self.records.get(code)
        tails = () if known is None else (known.owner.phone.replace(" ", "")[-4:], known.owner.identity[-4:])
        right = fact in tails
        if self.fact_alone:
            if right:
                self.proofs[asker.ref, code] = True
            return Tried(Proof.PROVEN if right else Proof.NOT_PROVEN)
        self.begun[asker.ref] = code if right else ""
        return Tried(Proof.CODE_SENT, page="https://motcua.example/h/abc", contact=asker.ref.channel in self.contact)

    async def prove_by_contact(self, asker: Asker, phone: str, own: bool) -> Tried:
        code = self.begun.get(asker.ref, "")
        right = own and code in self.records and phone.endswith("905123427")
        if right:
            self.proofs[asker.ref, code] = True
        return Tried(Proof.PROVEN if right else Proof.NOT_PROVEN)

    async def forget(self, asker: Asker) -> None:
        self.proofs = {key: True for key in self.proofs if key[0] != asker.ref}

    async def seen(self, asker: Asker, code: str) -> Sequence[SeenEarlier] | None:
        if (asker.ref, code) not in self.proofs:
            return None
        return [SeenEarlier(when, "web", level) for one, level, _, when in self.looked if one == code]

    def typed(self, ref: Ref) -> None:
        """Do what the one-time page does when the right code is typed there."""
        code = self.begun.get(ref, "")
        if code:
            self.proofs[ref, code] = True


@dataclass
class FakeWatches:
    """Implements ``Watches`` and carries its effects out."""

    kept: dict[Ref, dict[str, WatchDossier]] = field(default_factory=dict)
    sms: set[tuple[Ref, str]] = field(default_factory=set)

    async def of(self, ref: Ref) -> Sequence[Watched]:
        kept = self.kept.get(ref, {}).values()
        return [Watched(one.code, Level(one.level), one.back, (ref, one.code) in self.sms) for one in kept]

    def apply(self, ref: Ref, effect: Effect) -> None:
        watched = self.kept.setdefault(ref, {})
        match effect:
            case WatchDossier():
                watched[effect.code] = effect
            case StopWatching(code):
                for one in [code] if code else list(watched):
                    watched.pop(one, None)
            case SmsWhenMissed(code, on):
                (self.sms.add if on else self.sms.discard)((ref, code))
            case EndDossierAccess():
                self.sms.clear()
                for code, one in watched.items():
                    watched[code] = replace(one, level=0)
            case EraseEverything():
                watched.clear()


@dataclass
class FakePhotos:
    """Reads the pictures that were laid ready, by their file."""

    known: dict[str, PhotoRead] = field(
        default_factory=lambda: {
            "qr": PhotoRead(PhotoOutcome.FOUND, RUNNING.code),
            "card": PhotoRead(PhotoOutcome.IDENTITY),
            "poster": PhotoRead(PhotoOutcome.OTHER),
        }
    )

    async def read(self, ref: Ref, file: str) -> PhotoRead:
        return self.known.get(file, PhotoRead(PhotoOutcome.NO_CODE))
