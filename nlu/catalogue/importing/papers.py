"""Reads the papers of a dossier (thành phần hồ sơ) from portal rows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nlu.catalogue.importing.cleaning import capped, one_line, without_bullet
from nlu.catalogue.model import Form, PaperCase, PaperRole, RequiredPaper
from nlu.text import fold

MOST_COPIES = 20
"""More copies than this are a number glued to the year or form number before it ("…2026" and "1" make 20261)."""

_SHOW_TITLE = re.compile(
    r"(?:(?:cac )?(?:loai )?giay to )?(?:can |phai )*xuat trinh(?: \([^)]*\))?(?:,? ?(?:bao )?gom)?"
)
_SUBMIT_TITLE = re.compile(
    r"(?:cac )?(?:loai )?giay to (?:can |phai )*nop(?: \([^)]*\))?(?:,? ?(?:moi loai \d+ ban,? ?)?(?:bao )?gom)?"
    r"|(?:\(?[a-z\d.]{1,4}\)?[ .]*)?thanh phan(?:,? so luong)? ho so(?:,? ?(?:bao )?gom)?(?: \(?\d+\)? ?bo)?"
    r"|ho so gom(?: co)?"
)
_NOTE_TITLE = re.compile(r"luu y|ghi chu|chu y")
_NOTE_NAME = re.compile(r"\(?(?:luu y|ghi chu|chu y)\b|so luong(?: ho so)?\s*:|so bo ho so|\(?mien nop\b")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|odt)\b", re.IGNORECASE)
_GLUED_FILE = re.compile(r"[;,.]?\s*((?:Mau|Mẫu|mẫu|Phu luc|Phụ lục|PL)[\w\s().-]{0,40}\.(?:docx?|pdf|xlsx?))\s*$")
_FORM_WORD = re.compile(r"\b(?:mau|don|to khai|phieu|phu luc|bieu|giay de nghi|van ban|ban khai|bao cao|ban ke|tk)")


@dataclass(frozen=True)
class PaperRow:
    """One line of the papers list as a portal row gives it."""

    case: str
    name: str
    originals: int | None
    copies: int | None
    form: str


def read_cases(rows: Iterable[PaperRow]) -> tuple[tuple[PaperCase, ...], tuple[str, ...]]:
    """Group the lines by case, in the order in which the cases appear; the reasons say what is doubtful."""
    cases: dict[str, list[RequiredPaper]] = {}
    reasons: list[str] = []
    for row in rows:
        title, role = read_title(row.case)
        name = _name(row.name)
        if not name:
            continue
        paper = _paper(name, role, row, reasons)
        papers = cases.setdefault(title, [])
        if paper not in papers:
            papers.append(paper)
    return tuple(PaperCase(title=title, papers=tuple(papers)) for title, papers in cases.items()), tuple(reasons)


def read_title(case: str) -> tuple[str, PaperRole]:
    """Read a case's title: titles that only say what to do with the papers become a role and are dropped."""
    title = without_bullet(one_line(case)).rstrip(" :;.")
    folded = fold(title)
    if _NOTE_TITLE.fullmatch(folded):
        return "", PaperRole.NOTE
    if _SHOW_TITLE.fullmatch(folded):
        return "", PaperRole.SHOW
    if _SUBMIT_TITLE.fullmatch(folded):
        return "", PaperRole.SUBMIT
    return capped(title), PaperRole.SUBMIT


def _name(raw: str) -> str:
    name = without_bullet(one_line(raw)).rstrip(" ;,")
    cut = _GLUED_FILE.sub("", name).rstrip(" ;,")
    return cut if len(cut) > 10 else name


def _paper(name: str, role: PaperRole, row: PaperRow, reasons: list[str]) -> RequiredPaper:
    if _NOTE_NAME.match(fold(name)):
        role = PaperRole.NOTE
    originals, copies = row.originals, row.copies
    if not originals and not copies:
        # The portal writes 0/0 where nothing was filled in.
        originals = copies = None
    if max(originals or 0, copies or 0) > MOST_COPIES or min(originals or 0, copies or 0) < 0:
        reasons.append(f"số bản “{originals}/{copies}” của giấy tờ “{capped(name, 60)}” không hợp lý")
        originals = copies = None
    if role is PaperRole.NOTE:
        originals = copies = None
    return RequiredPaper(name=name, role=role, originals=originals, copies=copies, form=_form(row.form, name))


def _form(raw: str, paper: str) -> Form | None:
    """Name the form; the file names on the portal are often cut, and then the paper's own name is better."""
    written = one_line(raw)
    if not written:
        return None
    name = " ".join(_FILE.split(written)[0].replace("_", " ").split())
    whole = name[:1].isupper() or fold(name).startswith("mau")
    if whole and len(name) >= 6 and _FORM_WORD.search(fold(name)):
        return Form(name=capped(name, 200))
    return Form(name=capped(paper, 200)) if _FORM_WORD.search(fold(paper)) else None
