"""What a source says about one dossier (hồ sơ). Plain data with everything in it: only ``disclosure`` decides what leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Status(IntEnum):
    """The national dossier status (TrangThaiHoSo); the numbers are the same in several provinces' systems [S]."""

    UNKNOWN = 0
    """Not one of the ten: the source named a state that no table maps."""
    NEW = 1
    RECEIVED = 2
    REFUSED = 3
    IN_PROGRESS = 4
    NEED_SUPPLEMENT = 5
    NEED_PAYMENT = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9
    RETURNED = 10


PAUSED = frozenset({Status.NEED_SUPPLEMENT, Status.NEED_PAYMENT})
"""The office waits for the applicant."""
ENDED = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.DONE, Status.RETURNED})
"""Nothing more will be done."""


class ApplicantKind(IntEnum):
    """Who filed (LoaiDoiTuong)."""

    CITIZEN = 0
    ENTERPRISE = 1
    HOUSEHOLD_BUSINESS = 2


class SlipKind(StrEnum):
    """The printed forms of a dossier, by name: their numbers changed meaning between 2018 and 2025."""

    RECEIPT = "receipt"
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""
    SUPPLEMENT = "supplement"
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""
    REFUSAL = "refusal"
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ."""
    APOLOGY = "apology"
    """2018: Phiếu xin lỗi và hẹn lại ngày trả kết quả; 2025: Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết."""
    STOP = "stop"
    """Thông báo dừng giải quyết hồ sơ, from 2025."""


@dataclass(frozen=True)
class Slip:
    """A form that the office issued; restated by us, never issued or altered."""

    kind: SlipKind
    issued_on: date
    number: str = ""
    """As printed."""
    reason: str = ""
    items: tuple[str, ...] = ()
    """Papers to add, or papers received."""
    old_due_at: datetime | None = None
    """Of an apology: the appointment that was missed."""
    new_due_at: datetime | None = None
    """Of an apology: the new appointment."""
    contact: str = ""
    """Whom to ask at the office, with telephone."""


@dataclass(frozen=True)
class Step:
    """One row of the progress (the control slip's rows)."""

    unit: str
    """Where it lies (PhongBanXuLy)."""
    officer: str = ""
    """Who handles it (NguoiXuLy)."""
    action: str = ""
    """What is done (NoiDungXuLy)."""
    started_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Owner:
    """Who may be told; kept sealed and apart from the rest."""

    name: str = ""
    """ChuHoSo."""
    phone: str = ""
    """As the source wrote it (SoDienThoai)."""
    identity: str = ""
    """Personal id number, or the organisation's (SoDinhDanh)."""


@dataclass(frozen=True)
class Record:
    """One dossier as its source knows it. All times carry their zone."""

    code: str
    """In the normal form of ``nlu.codes``."""
    status: Status
    procedure_code: str = ""
    procedure_name: str = ""
    applicant: ApplicantKind = ApplicantKind.CITIZEN
    owner: Owner = Owner()
    unit: str = ""
    """Name of the unit that received it."""
    vendor_status: str = ""
    """The source's own word for the state, kept for officials when no table maps it."""
    filed_at: datetime | None = None
    """NgayNop."""
    received_at: datetime | None = None
    """NgayTiepNhan: the clock starts."""
    due_at: datetime | None = None
    """NgayHenTra: the appointment."""
    ended_at: datetime | None = None
    """NgayKetThucXuLy."""
    channel: int = 0
    """KenhThucHien: 1 at the counter, 2 online, 3 by the public post; 0 unknown."""
    next_step: str = ""
    """What the office says happens next."""
    missing: tuple[str, ...] = ()
    """Papers still to be handed in."""
    fee_due: int | None = None
    """In đồng; ``None`` for none asked."""
    collect_at: str = ""
    """Where the result is handed over; empty for unknown."""
    steps: tuple[Step, ...] = field(default_factory=tuple)
    slips: tuple[Slip, ...] = field(default_factory=tuple)
    sample: bool = False
    """Made up for trying the assistant out; said so wherever it is shown."""

    def slip(self, kind: SlipKind) -> Slip | None:
        """Return the newest slip of a kind."""
        return max((one for one in self.slips if one.kind is kind), key=lambda one: one.issued_on, default=None)

    @property
    def appointment(self) -> datetime | None:
        """The appointment in force: the newest apology's new one, else the receipt's."""
        apology = self.slip(SlipKind.APOLOGY)
        return (apology and apology.new_due_at) or self.due_at
