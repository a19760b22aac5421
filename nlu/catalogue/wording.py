"""Says what a record holds in lines that an official can read and compare; not for citizens. Pure."""

from __future__ import annotations

from nlu.catalogue.model import (
    Fee,
    FeeKind,
    FilingMethod,
    FilingWay,
    PaperRole,
    Procedure,
    RequiredPaper,
    TimeLimit,
    TimeUnit,
)

LABELS = {
    "name": "Tên thủ tục",
    "papers": "Thành phần hồ sơ",
    "fees": "Phí, lệ phí",
    "times": "Thời hạn giải quyết",
    "ways": "Cách thức thực hiện",
    "field": "Lĩnh vực",
    "levels": "Cấp thực hiện",
    "agencies": "Cơ quan thực hiện",
    "published_by": "Cơ quan công bố",
    "applicants": "Đối tượng thực hiện",
    "summary": "Tóm tắt",
    "online": "Mức độ trực tuyến",
    "nationwide": "Không phụ thuộc địa giới",
    "steps": "Trình tự thực hiện",
    "result": "Kết quả",
    "conditions": "Yêu cầu, điều kiện",
    "legal_basis": "Căn cứ pháp lý",
    "decision": "Quyết định công bố",
    "url": "Đường dẫn",
    "source": "Nguồn",
    "as_of": "Thời điểm dữ liệu",
    "detail": "Mức chi tiết",
    "also_called": "Cách gọi khác",
    "caveats": "Lưu ý cho người đọc",
    "doubts": "Điểm còn nghi ngờ",
    "origins": "Nguồn của từng mục",
    "withheld": "Tạm ngừng trả lời",
}
"""What each part of a record is called by officials."""

WAYS = {FilingWay.COUNTER: "Trực tiếp", FilingWay.ONLINE: "Trực tuyến", FilingWay.POST: "Bưu chính"}
UNITS = {
    TimeUnit.HOUR: "giờ",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.MONTH: "tháng",
    TimeUnit.YEAR: "năm",
}
FEES = {
    FeeKind.FREE: "miễn phí",
    FeeKind.VARIES: "nhiều mức",
    FeeKind.LOCAL: "do HĐND cấp tỉnh quy định",
    FeeKind.UNKNOWN: "chưa rõ",
}


def paper_lines(procedure: Procedure) -> tuple[str, ...]:
    """Return one line for each paper, with its case and numbers of copies."""
    return tuple(
        f"[{case.title}] {_paper(paper)}" if case.title else _paper(paper)
        for case in procedure.cases
        for paper in case.papers
    )


def time_lines(procedure: Procedure) -> tuple[str, ...]:
    """Return one line for the time limit of each way of filing."""
    return tuple(f"{WAYS[method.way]}: {time_text(method.time)}" for method in procedure.methods)


def fee_lines(procedure: Procedure) -> tuple[str, ...]:
    """Return one line for the fee of each way of filing."""
    return tuple(f"{WAYS[method.way]}: {fee_text(method.fee)}" for method in procedure.methods)


def way_lines(procedure: Procedure) -> tuple[str, ...]:
    """Return one line for each way of filing, with its note and page."""
    return tuple(_way(method) for method in procedure.methods)


def origin_lines(procedure: Procedure) -> tuple[str, ...]:
    """Return one line for each part that has a source of its own."""
    return tuple(
        f"{LABELS.get(one.part, one.part)}: {one.source.name}, tính đến {'/'.join(reversed(one.as_of.split('-')))}"
        for one in procedure.origins
    )


def time_text(time: TimeLimit) -> str:
    """Say a time limit."""
    if time.amount is None or time.unit is None:
        return time.text or "chưa rõ"
    number = f"{time.amount:g}".replace(".", ",")
    return f"{number} {UNITS[time.unit]}" + (f" ({time.text})" if time.text else "")


def fee_text(fee: Fee) -> str:
    """Say a fee."""
    head = money(fee.amount) if fee.kind is FeeKind.FIXED and fee.amount is not None else FEES.get(fee.kind, "chưa rõ")
    items = (f"{item.name}: {money(item.amount) if item.amount is not None else item.text}" for item in fee.items)
    tail = "; ".join(part for part in (*items, fee.text) if part)
    return f"{head} ({tail})" if tail else head


def money(amount: int) -> str:
    """Write an amount in đồng: ``8.000 đồng``."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def _paper(paper: RequiredPaper) -> str:
    counts = [
        f"{count} {name}"
        for count, name in ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
        if count is not None and count > 0
    ]
    if paper.role is PaperRole.SHOW:
        counts.insert(0, "xuất trình")
    if paper.role is PaperRole.NOTE:
        counts.insert(0, "lưu ý")
    if paper.form is not None:
        counts.append(f"mẫu: {paper.form.name}")
    return f"{paper.name} ({', '.join(counts)})" if counts else paper.name


def _way(method: FilingMethod) -> str:
    return " | ".join(part for part in (WAYS[method.way], method.note, method.url or "") if part)
