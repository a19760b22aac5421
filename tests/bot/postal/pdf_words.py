"""Reads the words of a PDF as a person would copy them: by the letters that each font says its glyphs are."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pikepdf
import zxingcpp

_LETTER = re.compile(r"<(\w{2})> <(\w{4,})>$", re.MULTILINE)


@dataclass(frozen=True)
class Read:
    """A whole PDF."""

    pages: int
    words: str
    """Lines are put together with one space."""
    fonts: dict[str, bool]
    """Those that letters are drawn with, and whether they go along."""
    codes: list[str]
    """What the QR codes say."""
    language: str
    title: str


def read_pdf(content: bytes) -> Read:
    """Read it."""
    words: list[str] = []
    fonts: dict[str, bool] = {}
    codes: list[str] = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            letters: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = page.Resources.Font[operands[0]]
                    letters = _letters(font) if "/ToUnicode" in font else {}
                if str(operator) == "Tj":
                    words.append("".join(letters.get(one, "\N{REPLACEMENT CHARACTER}") for one in bytes(operands[0])))
                    fonts[str(font.BaseFont)] = "/FontFile2" in font.get("/FontDescriptor", {})
            for image in page.get_images().values():
                codes += [code.text for code in zxingcpp.read_barcodes(pikepdf.PdfImage(image).as_pil_image())]
        language, title = str(pdf.Root.get("/Lang", "")), str(pdf.docinfo["/Title"])
        return Read(len(pdf.pages), " ".join(" ".join(words).split()), fonts, codes, language, title)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    told = font.ToUnicode.read_bytes().decode("ascii").partition("beginbfchar")[2]
    return {int(code, 16): bytes.fromhex(letter).decode("utf-16-be") for code, letter in _LETTER.findall(told)}
