"""The sender's slip as a PDF of A4 pages, with its own letters: it looks the same and prints on any machine."""

from __future__ import annotations

import html
import io
import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

import fontpkg
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from bot.dialogue.say_post_slip import Section
from bot.doors.qr import Picture, picture
from bot.postal.sheet import Sheet, Terms

FAMILY = "Be Vietnam Pro"
"""Drawn for Vietnamese; comes as a package, so that no machine has to have it."""
PLAIN, BOLD = "slip", "slip-bold"
WEIGHTS = {PLAIN: 400, BOLD: 700}
MARGIN, QR_SIDE, GAP = 13 * mm, 26 * mm, 6 * mm
FRAME = 6
"""What a frame keeps free around its content by itself."""
WIDTH = A4[0] - 2 * MARGIN
LABEL = 0.4
"""Share of a table's width that the labels have."""
BLANK, SIGN = 6.5 * mm, 15 * mm
"""Room to write by hand, and to sign."""
LACKS = "?"
"""For a letter that the family has not, such as a Chinese one."""
BESIDE = 10
"""Lines of a list that still stands beside another one; longer ones go over pages."""
QUIET = colors.HexColor("#51606f")
STRIPE = colors.HexColor("#b3202c")
EDGE = colors.HexColor("#9aa7b4")
T = TypeVar("T")
Rules = list[tuple[Any, ...]]
_BARE: Rules = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
_FIELDS: Rules = [
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, EDGE),
]
_TOP: Rules = [("VALIGN", (0, 0), (-1, -1), "TOP")]
_PARTS: Rules = [*_TOP, ("TOPPADDING", (0, 0), (-1, -1), 4)]


def _style(name: str, size: float, font: str = PLAIN, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.25, **more)


TEXT = _style("text", 8.5)
LAW = _style("law", 8)
SMALL = _style("small", 7.5, textColor=QUIET)
LABELS = _style("labels", 8.5, textColor=QUIET)
ITEMS = _style("items", 8.5, leftIndent=6 * mm, bulletFontName=PLAIN, bulletFontSize=8.5, spaceAfter=0.5)
RIGHTS = _style("rights", 8, leftIndent=4 * mm, bulletFontName=PLAIN, bulletFontSize=8)
TITLE = _style("title", 15, BOLD)
STRONG = _style("strong", 10.5, BOLD, spaceBefore=3)
HEAD = _style("head", 10, BOLD, spaceBefore=5, spaceAfter=1, keepWithNext=1)
MARK = _style("mark", 9.5, BOLD, spaceBefore=3, textColor=STRIPE)
SIGNS = _style("signs", 9.5, BOLD, alignment=1)
HINT = _style("hint", 8, textColor=QUIET, alignment=1)


def sheet_pdf(sheet: Sheet, page_of: Callable[[int], str]) -> bytes:
    """Return the slip. Never in two threads at once: the files of the letters are read by one reader.

    Args:
        sheet: what stands on it.
        page_of: says a page's number, for its foot.
    """
    _bring_letters()
    out = io.BytesIO()
    edge = MARGIN - FRAME
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=edge,
        rightMargin=edge,
        topMargin=edge,
        bottomMargin=edge,
        title=f"{sheet.title} {sheet.id}",
        subject=sheet.law,
        lang="vi",
    )
    foot = partial(_foot, page_of=page_of)
    document.build([_masthead(sheet), *_parts(sheet), *_end(sheet)], onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _bring_letters() -> None:
    known = pdfmetrics.getRegisteredFontNames()
    for name, weight in WEIGHTS.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(fontpkg.path(FAMILY, weight=weight))))


def _foot(canvas: Canvas, _: object, page_of: Callable[[int], str]) -> None:
    canvas.saveState()
    canvas.setFont(PLAIN, 7.5)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, page_of(canvas.getPageNumber()))
    canvas.restoreState()


def _said(text: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
    """Return a paragraph; whatever people wrote stands there as they wrote it, as far as there are letters for it."""
    font: Any = pdfmetrics.getFont(PLAIN)
    visible = "".join(_visible(one, font.face.charToGlyph) for one in unicodedata.normalize("NFC", text))
    return Paragraph(html.escape(visible, quote=False), style, bulletText=bullet)


def _visible(one: str, known: Container[int]) -> str:
    """Return a letter, or what is read in its place: one that lacks must be seen to lack, since a contract is signed."""
    kind = unicodedata.category(one)
    if kind[0] == "C":
        return " "
    for written in (one, unicodedata.normalize("NFKC", one)):
        if all(ord(letter) in known for letter in written):
            return written
    if kind[0] in "LN":
        return LACKS
    return {"Pd": "-", "Mn": ""}.get(kind, " ")


def _masthead(sheet: Sheet) -> Table:
    words = [_said(sheet.title, TITLE), _said(sheet.law, SMALL), _said(sheet.number, STRONG)]
    words += [_said(mark, MARK) for mark in sheet.marks]
    code = Image(io.BytesIO(picture(sheet.id, Picture.PNG)), QR_SIDE, QR_SIDE)
    return _table([[words, code]], [WIDTH - QR_SIDE, QR_SIDE], _TOP)


def _parts(sheet: Sheet) -> list[Flowable]:
    """Return what the person filled in, two parts beside each other, and what is written in at the counter."""
    half = (WIDTH - GAP) / 2
    found: list[Flowable] = []
    for left, right in _pairs([section for section in sheet.sections if section.lines]):
        cells = [_section(left, half), "", _section(right, half) if right else ""]
        found.append(_table([cells], [half, GAP, half], _PARTS))
    return [
        *found,
        *_lists([section for section in sheet.sections if section.items]),
        KeepTogether(_counter(sheet.counter)),
    ]


def _lists(sections: Sequence[Section]) -> list[Flowable]:
    """Return what goes and what comes back, short ones beside each other."""
    half = (WIDTH - GAP) / 2
    told = [
        _listed(one.title, ITEMS, [(item, f"{number}.") for number, item in enumerate(one.items, 1)])
        for one in sections
    ]
    if len(told) == 2 and all(len(one.items) <= BESIDE for one in sections):
        return [_table([[told[0], "", told[1]]], [half, GAP, half], _PARTS)]
    return [flowable for one in told for flowable in one]


def _section(section: Section, width: float) -> list[Flowable]:
    rows = [[_said(line.label, LABELS), _said(line.value, TEXT)] for line in section.lines]
    table = _table(rows, [width * LABEL, width * (1 - LABEL)], [*_TOP, *_FIELDS])
    return [_said(section.title, HEAD), table]


def _counter(section: Section) -> list[Flowable]:
    """Return blanks, two beside each other, and below them what is hinted at."""
    label, blank = WIDTH * 0.22, WIDTH * 0.28
    rows: list[list[Any]] = []
    for left, right in _pairs(section.lines):
        room = Spacer(0, BLANK)
        rows.append([_said(left.label, LABELS), room, _said(right.label, LABELS) if right else "", room])
    hints = [_said(f"{line.label} {line.value}", SMALL) for line in section.lines if line.value]
    return [_said(section.title, HEAD), _table(rows, [label, blank, label, blank], [*_TOP, *_FIELDS]), *hints]


def _listed(title: str, style: ParagraphStyle, items: Iterable[tuple[str, str]]) -> list[Flowable]:
    return [_said(title, HEAD), *(_said(text, style, bullet) for text, bullet in items)]


def _end(sheet: Sheet) -> list[Flowable]:
    """Return what the law says, the place for two signatures, and where the slip comes from."""
    found: list[Flowable] = []
    for part in sheet.terms:
        found += _terms(part)
    half = WIDTH / len(sheet.signs)
    signs = [[[_said(who, SIGNS), _said(sheet.sign_hint, HINT)] for who in sheet.signs]]
    last = [
        Spacer(0, 3 * mm),
        _table(signs, [half] * len(sheet.signs), _TOP),
        Spacer(0, SIGN),
        _said(sheet.made, SMALL),
    ]
    return [*found, KeepTogether(last)]


def _terms(part: Terms) -> list[Flowable]:
    if part.items:
        return _listed(part.title, RIGHTS, [(one, "•") for one in part.items])
    return [_said(part.title, HEAD), _said(part.text, LAW)]


def _table(rows: Sequence[list[Any]], widths: Sequence[float], rules: Rules) -> Table:
    return Table(rows, widths, style=[*_BARE, *rules], hAlign="LEFT", splitInRow=1)


def _pairs(of: Sequence[T]) -> Iterable[tuple[T, T | None]]:
    for place in range(0, len(of), 2):
        yield of[place], of[place + 1] if place + 1 < len(of) else None
