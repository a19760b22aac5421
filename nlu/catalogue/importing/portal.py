"""Maps one row as the national portal publishes it to a ``Procedure``. Pure: the same row gives the same record.

What the row leaves open stays open: the record says "unknown" and a ``Doubt`` says why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from nlu.catalogue.importing.cleaning import capped, official_name, one_line, without_bullet
from nlu.catalogue.importing.methods import read_methods
from nlu.catalogue.importing.papers import PaperRow, read_cases
from nlu.catalogue.importing.provenance import caveats_for, read_as_of, read_source
from nlu.catalogue.importing.row import Row, RowRejectedError
from nlu.catalogue.model import CODE_PATTERN, Detail, Level, OnlineLevel, PaperCase, Procedure
from nlu.text import fold

LONGEST_NAME = 1200
"""Characters; no procedure's name is longer, so a longer one is another text that got into the field."""

_LEVELS = (
    (re.compile(r"\b(?:cap )?bo\b|trung uong"), Level.CENTRAL),
    (re.compile(r"\b(?:cap )?tinh\b"), Level.PROVINCE),
    (re.compile(r"\b(?:cap )?huyen\b"), Level.DISTRICT),
    (re.compile(r"\b(?:cap )?xa\b"), Level.COMMUNE),
    (re.compile(r"co quan khac"), Level.OTHER),
)
_AGENCY_LEVELS = (
    (re.compile(r"\bcap tinh\b|\bcong an tinh\b"), Level.PROVINCE),
    (re.compile(r"\bcap huyen\b"), Level.DISTRICT),
    (re.compile(r"\bcap xa\b"), Level.COMMUNE),
)
_AGENCY_COMMA = re.compile(
    r",\s*(?=(?:Ủy ban|UBND|Sở|Bộ|Cục|Công an|Phòng|Chi cục|Trung tâm|Văn phòng|Ban|Tổng cục|Viện|Tòa án|Thanh tra|Vụ|"
    r"Đồn|Cơ quan|Hội đồng|Kho bạc|Ngân hàng|Bảo hiểm|Thuế|Hải quan|Chủ tịch)\b)"
)
_OUTER_COMMA = re.compile(r"[,;]\s*(?![^()]*\))")
_RESULT_CODE = re.compile(r"\s*Mã\s*:\s*KQ[.\s]?[A-Z]?\d{0,2}[.\s]?\d+(?:\.\d+)*\s*")
_DOCUMENT = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\w&-]*(?:-[\w&]+)*")
_STEP = re.compile(r"(?:^|\n)\s*(?=[-+*•]?\s*(?:[a-zđ]\)|\d{1,2}[.)])?\s*Bước\s+\d+)", re.IGNORECASE)
_NEW_LINE = re.compile(r"\n(?=\s*(?:[-–+*•○]|[a-zđ]\)|\d{1,2}[.)]|\(\d|[A-ZĐÀ-Ỹ]))")
_NOTHING = frozenset(("", "khong", "khong co", "khong quy dinh", "chua co", "khong yeu cau", "-", "khong co thong tin"))


def read_procedure(raw: Mapping[str, Any], today: date) -> Procedure:
    """Map one row.

    Args:
        raw: the row, with the field names of ``docs/importing.md``.
        today: the day against which reductions of fees have expired.

    Raises:
        RowRejectedError: when code, name or source are missing or malformed.
    """
    row = Row(raw)
    (code, name), (source, as_of) = (_code(row), _name(row)), _source(row)
    cases, methods, steps = _cases(row), read_methods(row, today), _steps(row.text("steps"))
    listing = row.line("detail") == "list" or not (cases or methods or steps)
    url = row.line("url")
    procedure = Procedure(
        code=code,
        name=name,
        field=_told(row.line("field")),
        levels=_levels(row),
        agencies=_agencies(row.text("agency")),
        published_by=row.line("published_by"),
        applicants=_split(row.line("applicants"), _OUTER_COMMA),
        cases=cases,
        methods=methods,
        online=_online(row.line("online_level")),
        steps=steps,
        result=_result(row.text("result")),
        conditions=_told(row.text("conditions")),
        legal_basis=_documents(row),
        decision=_decision(row.line("decision_no")),
        url=url if url.startswith(("https://", "http://")) else None,
        source=read_source(source, url),
        as_of=as_of,
        detail=Detail.LISTING if listing else Detail.FULL,
        caveats=caveats_for(code, row.line("scope"), as_of),
    )
    return msgspec.structs.replace(procedure, doubts=tuple(row.doubts))


def _code(row: Row) -> str:
    code = row.line("code").upper()
    if not code:
        raise RowRejectedError("code", "thiếu mã thủ tục")
    if not re.match(CODE_PATTERN, code):
        raise RowRejectedError("code", f"“{capped(code, 40)}” không phải mã thủ tục (mẫu: 1.001193)")
    return code


def _name(row: Row) -> str:
    name = official_name(row.text("name"))
    if len(name) < 3:
        raise RowRejectedError("name", "thiếu tên thủ tục")
    if len(name) > LONGEST_NAME:
        raise RowRejectedError("name", f"dài {len(name)} ký tự, không phải là tên thủ tục")
    return name


def _source(row: Row) -> tuple[str, str]:
    source = row.line("source")
    as_of = row.line("as_of") or read_as_of(source)
    if not source:
        raise RowRejectedError("source", "thiếu nguồn: cần biết dữ liệu lấy ở đâu và khi nào")
    if not re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", as_of):
        raise RowRejectedError("source", f"nguồn “{capped(source, 60)}” không nói dữ liệu có từ khi nào")
    return source, as_of


def _cases(row: Row) -> tuple[PaperCase, ...]:
    cases, reasons = read_cases(
        PaperRow(
            case=paper.text("case"),
            name=paper.text("name"),
            originals=paper.whole("original"),
            copies=paper.whole("copy"),
            form=paper.text("form"),
        )
        for paper in row.rows("documents", "name")
    )
    row.doubt("cases", reasons)
    return cases


def _levels(row: Row) -> tuple[Level, ...]:
    published = fold(row.line("level"))
    found = tuple(level for pattern, level in _LEVELS if pattern.search(published))
    if found:
        return found
    agency = fold(row.line("agency"))
    return tuple(level for pattern, level in _AGENCY_LEVELS if pattern.search(agency))


def _agencies(text: str) -> tuple[str, ...]:
    parts = (one for part in re.split(r"[;\n]", text) for one in _AGENCY_COMMA.split(part))
    unique: dict[str, str] = {}
    for part in parts:
        agency = without_bullet(one_line(part)).strip(" .,")
        if agency:
            unique.setdefault(agency.casefold(), agency)
    return tuple(unique.values())


def _split(text: str, separator: re.Pattern[str]) -> tuple[str, ...]:
    parts = (without_bullet(part).strip(" .") for part in separator.split(text))
    return tuple(dict.fromkeys(part[:1].upper() + part[1:] for part in parts if part))


def _online(text: str) -> OnlineLevel | None:
    folded = fold(text)
    if "toan trinh" in folded:
        return OnlineLevel.FULL
    if "mot phan" in folded:
        return OnlineLevel.PARTIAL
    return OnlineLevel.INFORMATION if "cung cap thong tin" in folded else None


def _steps(text: str) -> tuple[str, ...]:
    """Split at "Bước 1", "Bước 2" … where they are there, else at lines; lines broken by a page's width are joined."""
    heads = [part for part in _STEP.split(text) if part and part.strip()]
    parts = heads if len(heads) > 1 else _NEW_LINE.split(text)
    lines = (without_bullet(_rejoined(part)) for part in parts)
    return tuple(line for line in lines if line)


def _rejoined(text: str) -> str:
    return "\n".join(one_line(line) for line in _NEW_LINE.split(text) if line.strip())


def _result(text: str) -> str:
    parts = (without_bullet(_rejoined(part)).strip(" ;.") for part in _RESULT_CODE.split(text))
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _told(text: str) -> str:
    return "" if fold(one_line(text)).strip(" .:") in _NOTHING else text


def _documents(row: Row) -> tuple[str, ...]:
    texts = (one_line(item) for item in row.items("legal_basis") if isinstance(item, str))
    found = (match[0] for text in texts for match in _DOCUMENT.finditer(text))
    return tuple(dict.fromkeys(found))


def _decision(text: str) -> str:
    found = _DOCUMENT.search(text)
    return found[0] if found else capped(without_bullet(text), 80)
