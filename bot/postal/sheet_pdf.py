"""The sender's slip as a PDF of A4 pages, with its own letters: it looks the same and prints on any machine."""

from __future__ import annotations

import html
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
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
from reportlab.platypus import CondPageBreak, Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

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
BLANK, SIGN = 6.5 * mm, 17 * mm
"""Room to write by hand, and to sign."""
QUIET = colors.HexColor("#51606f")
STRIPE = colors.HexColor("#b3202c")
EDGE = colors.HexColor("#9aa7b4")
T = TypeVar("T")
Rules = list[tuple[Any, ...]]
_BARE: Rules = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
_FIELDS: Rules = [
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, EDGE),
]
_TOP: Rules = [("VALIGN", (0, 0), (-1, -1), "TOP")]


def _style(name: str, size: float, font: str = PLAIN, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.3, **more)


TEXT = _style("text", 8.5)
SMALL = _style("small", 7.5, textColor=QUIET)
LABELS = _style("labels", 8.5, textColor=QUIET)
ITEMS = _style("items", 8.5, leftIndent=6 * mm, bulletFontName=PLAIN, bulletFontSize=8.5, spaceAfter=0.5)
TITLE = _style("title", 15, BOLD)
STRONG = _style("strong", 10.5, BOLD, spaceBefore=3)
HEAD = _style("head", 10, BOLD, spaceBefore=5, spaceAfter=1)
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
    """Return a paragraph; whatever people wrote stands there as they wrote it."""
    visible = "".join(one if unicodedata.category(one)[0] != "C" else " " for one in unicodedata.normalize("NFC", text))
    return Paragraph(html.escape(visible, quote=False), style, bulletText=bullet)


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
        found.append(_table([cells], [half, GAP, half], _TOP))
    for section in sheet.sections:
        if section.items:
            found += _listed(section.title, [(one, f"{number}.") for number, one in enumerate(section.items, 1)])
    return [*found, KeepTogether(_counter(sheet.counter))]


def _section(section: Section, width: float) -> list[Flowable]:
    rows = [[_said(line.label, LABELS), _said(line.value, TEXT)] for line in section.lines]
    table = _table(rows, [width * LABEL, width * (1 - LABEL)], [*_TOP, *_FIELDS])
    return [_said(section.title, HEAD), table]


def _counter(section: Section) -> list[Flowable]:
    """Return blanks, two beside each other but for those with a hint."""
    label, blank = WIDTH * 0.22, WIDTH * 0.28
    hinted = [line for line in section.lines if line.value]
    rows: list[list[Any]] = []
    for left, right in _pairs([line for line in section.lines if not line.value]):
        room = Spacer(0, BLANK)
        rows.append([_said(left.label, LABELS), room, _said(right.label, LABELS) if right else "", room])
    rules = [*_TOP, *_FIELDS]
    for line in hinted:
        rules.append(("SPAN", (1, len(rows)), (-1, len(rows))))
        rows.append([_said(line.label, LABELS), [Spacer(0, BLANK), _said(line.value, SMALL)], "", ""])
    return [_said(section.title, HEAD), _table(rows, [label, blank, label, blank], rules)]


def _listed(title: str, items: Iterable[tuple[str, str]]) -> list[Flowable]:
    first, *rest = (_said(text, ITEMS, bullet) for text, bullet in items)
    return [KeepTogether([_said(title, HEAD), first]), *rest]


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
        return [CondPageBreak(20 * mm), *_listed(part.title, [(one, "•") for one in part.items])]
    return [KeepTogether([_said(part.title, HEAD), _said(part.text, TEXT)])]


def _table(rows: Sequence[list[Any]], widths: Sequence[float], rules: Rules) -> Table:
    return Table(rows, widths, style=[*_BARE, *rules], hAlign="LEFT", splitInRow=1)


def _pairs(of: Sequence[T]) -> Iterable[tuple[T, T | None]]:
    for place in range(0, len(of), 2):
        yield of[place], of[place + 1] if place + 1 < len(of) else None
