"""Indicators 5.1 to 5.4 of the index set of Decision 766/QĐ-TTg, as a forecast: the official score is made on the national portal. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from feedback.ports import DossierCounts

OF_DOSSIERS = "5.4"


@dataclass(frozen=True)
class Indicator:
    """One line of the sheet."""

    id: str
    title: str
    formula: str
    """As it is printed beside the value."""
    above: int
    below: int
    percent: float | None
    """Rounded to two decimals; ``None`` when there is nothing to divide by: printed as "không có số liệu"."""


def indicators(counts: Mapping[str, int], dossiers: DossierCounts, reported: int) -> tuple[Indicator, ...]:
    """Return the lines.

    Args:
        counts: all rows of the period added up.
        dossiers: whose handling ended in the period.
        reported: of those, how many a report about conduct names.
    """
    get = Counter(counts).__getitem__
    received = get("carried_over") + get("new") + get("reopened")
    elsewhere = sum(get(key) for key in ("out_of_scope", "not_received", "forwarded", "merged", "withdrawn"))
    own = received - elsewhere
    fallen_due = get("handled") + get("in_process_late")
    return (
        *_kinds(*(get(f"about_{about}") for about in ("conduct", "content", "both"))),
        _share("5.2", "Xử lý đúng hạn", "số xử lý đúng hạn / tổng số thuộc thẩm quyền", get("handled_on_time"), own),
        _share(
            "5.2*",
            "Xử lý đúng hạn trên số đã đến hạn",
            "số xử lý đúng hạn / (số đã xử lý + số đang xử lý quá hạn)",
            get("handled_on_time"),
            fallen_due,
        ),
        _share(
            "5.3",
            "Hài lòng về xử lý phản ánh",
            "(số đã xử lý − số không hài lòng, bị mở lại hoặc trễ hạn) / số đã xử lý",
            get("handled") - get("unhappy"),
            get("handled"),
        ),
        _satisfied_dossiers(dossiers, reported),
    )


def _kinds(conduct: int, content: int, both: int) -> tuple[Indicator, ...]:
    sorted_out = conduct + content + both
    of_both = (
        "số về cả hành vi và quy định / tổng số; 5.1a, 5.1b và 5.1c cộng lại là 100 %. Cổng chỉ có hai loại: cơ quan "
        "xếp số này vào loại nào thì cộng vào loại đó"
    )
    return (
        _share("5.1a", "Phản ánh về hành vi", "số chỉ về hành vi / tổng số", conduct, sorted_out),
        _share("5.1b", "Phản ánh về quy định", "số chỉ về nội dung quy định / tổng số", content, sorted_out),
        _share("5.1c", "Phản ánh về cả hai", of_both, both, sorted_out),
    )


def _satisfied_dossiers(dossiers: DossierCounts, reported: int) -> Indicator:
    good = max(0, dossiers.total - dossiers.overdue - dossiers.disliked - reported)
    formula = "100 % − (tỷ lệ hồ sơ trễ hạn + tỷ lệ hồ sơ có phản ánh hoặc không hài lòng)"
    return _share(OF_DOSSIERS, "Hài lòng về giải quyết thủ tục", formula, good, dossiers.total)


def _share(name: str, title: str, formula: str, above: int, below: int) -> Indicator:
    return Indicator(name, title, formula, above, below, round(100 * above / below, 2) if below > 0 else None)
