"""Letters to agencies: the filled form of Article 7, and a record that is passed on. Read by officials, never by citizens. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from feedback.case import Case
from feedback.record import About, Kind, Matter, Sender, SenderKind
from feedback.working_time.zone import here

_KINDS = {Kind.REPORT: "Phản ánh", Kind.RECOMMENDATION: "Kiến nghị"}
_ABOUT = {
    About.CONDUCT: "hành vi của cơ quan, cán bộ, công chức",
    About.CONTENT: "nội dung quy định hành chính",
    About.BOTH: "hành vi và nội dung quy định hành chính",
}
_SENDERS = {
    SenderKind.CITIZEN: "Cá nhân",
    SenderKind.ENTERPRISE: "Doanh nghiệp, tổ chức",
    SenderKind.HOUSEHOLD: "Hộ kinh doanh",
    SenderKind.FOREIGNER: "Người nước ngoài",
}


@dataclass(frozen=True)
class Letter:
    """A letter by e-mail."""

    subject: str
    """Names nobody: subjects stand in the logs of mail servers."""
    body: str = field(repr=False)


def filled_form(case: Case, sender: Sender) -> Letter:
    """Return the form of Article 7.1 as a sender filled it in with the assistant."""
    head = f"{_KINDS[case.kind]} về quy định hành chính, số biên nhận {case.receipt}"
    parts = [
        "PHIẾU PHẢN ÁNH, KIẾN NGHỊ VỀ QUY ĐỊNH HÀNH CHÍNH",
        "(Nghị định 20/2008/NĐ-CP, Điều 7)",
        "",
        f"Số biên nhận: {case.receipt}",
        f"Thời điểm gửi: {_moment(case.submitted_at)}",
        f"Kênh gửi: {case.channel}",
        "",
        *_who(sender),
        "",
        *_what(case),
    ]
    return Letter(head, "\n".join(parts))


def supplemented(case: Case, sender: Sender, added: str, at: datetime) -> Letter:
    """Return what a sender adds to a form that went out before; no words where only files were added."""
    head = f"Bổ sung {_KINDS[case.kind].lower()} về quy định hành chính, số biên nhận {case.receipt}"
    parts = [
        "BỔ SUNG PHẢN ÁNH, KIẾN NGHỊ VỀ QUY ĐỊNH HÀNH CHÍNH",
        "(Nghị định 20/2008/NĐ-CP, Điều 7)",
        "",
        f"Số biên nhận: {case.receipt}",
        f"Thời điểm bổ sung: {_moment(at)}",
        "",
        *_who(sender),
        "",
        f"Nội dung bổ sung: {added}" if added else "Nội dung bổ sung: xem tệp kèm theo.",
    ]
    return Letter(head, "\n".join(parts))


def withdrawn(case: Case, why: str, at: datetime) -> Letter:
    """Return the news that a sender took back a form that went out before."""
    head = f"Người gửi rút {_KINDS[case.kind].lower()}, số biên nhận {case.receipt}"
    parts = [
        "NGƯỜI GỬI RÚT PHẢN ÁNH, KIẾN NGHỊ VỀ QUY ĐỊNH HÀNH CHÍNH",
        "",
        f"Số biên nhận: {case.receipt}",
        f"Thời điểm rút: {_moment(at)}",
        *([f"Lý do: {why}"] if why else []),
    ]
    return Letter(head, "\n".join(parts))


def forwarded(case: Case, sender: Sender | None, office: str, why: str) -> Letter:
    """Return the letter with which a record is passed on.

    Args:
        case: the record.
        sender: who wrote; ``None`` when the receiver must not know.
        office: the agency that passes it on.
        why: the reason.
    """
    head = f"Chuyển {_KINDS[case.kind].lower()} số {case.register_number}"
    if sender:
        head += f", số biên nhận {case.receipt}"
    hidden = ["Người gửi: không cung cấp cho cơ quan bị phản ánh; liên hệ qua cơ quan tiếp nhận."]
    parts = [
        "CHUYỂN PHẢN ÁNH, KIẾN NGHỊ VỀ QUY ĐỊNH HÀNH CHÍNH",
        "(Nghị định 20/2008/NĐ-CP, Điều 9)",
        "",
        f"Cơ quan chuyển: {office}" if office else "",
        f"Số vào sổ: {case.register_number}",
        f"Lý do chuyển: {why}",
        "",
        *(_who(sender) if sender else hidden),
        "",
        *_what(case, named=sender is not None),
    ]
    return Letter(head, "\n".join(parts))


def _who(sender: Sender) -> Iterator[str]:
    yield f"Người gửi: {sender.name} ({_SENDERS[sender.kind]})"
    yield f"Địa chỉ: {sender.address}"
    yield f"Điện thoại: {sender.phone}" if sender.phone else "Địa chỉ trên là địa chỉ liên hệ qua thư tín."
    if sender.email:
        yield f"Thư điện tử: {sender.email}"


def _what(case: Case, named: bool = True) -> Iterator[str]:
    matter = case.matter
    yield f"Loại: {_KINDS[case.kind]} về {_ABOUT[case.about]}"
    if case.category:
        yield f"Nội dung theo Điều 5: khoản {case.category:d}"
    # Without a code it is what the sender typed.
    if matter.procedure_code or (named and matter.procedure_name):
        yield f"Thủ tục: {' – '.join(filter(None, (matter.procedure_code, matter.procedure_name)))}"
    if not named:
        yield f"Nội dung (đã che thông tin cá nhân): {case.masked}"
        return
    yield from _details(matter)
    yield f"Nội dung: {matter.text}"
    if matter.proposal:
        yield f"Đề xuất: {matter.proposal}"


def _details(matter: Matter) -> Iterator[str]:
    if matter.agency_words or matter.agency:
        yield f"Cơ quan được phản ánh: {matter.agency_words or matter.agency}"
    if matter.place:
        yield f"Nơi xảy ra: {matter.place}"
    if matter.happened_on:
        yield f"Ngày xảy ra: {matter.happened_on:%d/%m/%Y}"
    if matter.dossier_code:
        yield f"Mã hồ sơ: {matter.dossier_code}"
    if matter.days_late:
        yield f"Số ngày trễ hẹn: {matter.days_late}"


def _moment(moment: datetime) -> str:
    return f"{here(moment):%H:%M ngày %d/%m/%Y}"
