"""Shortens the names of procedures to titles for buttons which keep what tells them apart. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

TITLE_LENGTH = 96
"""Characters of a button; longer names are shortened where they still differ."""

_WORDY = re.compile(
    r"\s*\((?:thực hiện (?:tại|ở) )?cấp (?:trung ương|bộ|tỉnh|huyện|xã)[^()]*\)"
    r"|\s*\(?\s*(?:được |thực hiện )*(?:bằng|qua) dịch vụ công.*$"
    r"|,?\s+(?:được )?thực hiện (?:tại|ở) cấp (?:trung ương|tỉnh|huyện|xã).*$"
    r"|,?\s+(?:thuộc|theo) (?:thẩm quyền|quy định).*$",
    re.IGNORECASE,
)
"""What names say at length and nobody chooses by: how and under whose authority it is done."""
_SQUEEZED = (
    (
        re.compile(r"quyền sử dụng đất, quyền sở hữu (?:nhà ở và )?tài sản (?:khác )?gắn liền với đất", re.I),
        "đất, tài sản gắn liền",
    ),
    (re.compile(r"đất đai, tài sản gắn liền với đất", re.I), "đất"),
    (re.compile(r"\s*\([^()]{30,}\)"), ""),
)
"""What makes a long name longer than a button, and what stands for it there."""


def short_titles(names: Sequence[str]) -> list[str]:
    """Shorten names to button length so that they still tell each other apart."""
    plain = _without_wordy(names)
    cut = [_shorten(name) for name in plain]
    ends = [_ends(name) if cut.count(title) > 1 else title for name, title in zip(plain, cut, strict=True)]
    alike = [name for name, title in zip(plain, ends, strict=True) if ends.count(title) > 1]
    at = _differ_at(alike)
    return [
        _shorten("… " + name[at:].strip()) if at and name in alike else title
        for name, title in zip(plain, ends, strict=True)
    ]


def _without_wordy(names: Sequence[str]) -> list[str]:
    """Leave out the wordy ends of long names, except where that would make two of them the same."""
    bare = [_squeezed(_WORDY.sub("", name).rstrip(" ,;(") or name) for name in names]
    folded = [name.lower() for name in bare]
    return [short if folded.count(short.lower()) == 1 else name for name, short in zip(names, bare, strict=True)]


def _squeezed(name: str) -> str:
    for pattern, short in _SQUEEZED:
        if len(name) > TITLE_LENGTH:
            name = pattern.sub(short, name)
    return name


def _differ_at(names: Sequence[str]) -> int:
    """Return where the word begins in which names first differ; 0 for no names."""
    low, high = min(names, default=""), max(names, default="")
    same = next((at for at, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), len(low))
    return low.rfind(" ", 0, same) + 1


def _shorten(name: str) -> str:
    if len(name) <= TITLE_LENGTH:
        return name
    return name[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;(") + " …"


def _ends(name: str) -> str:
    if len(name) <= TITLE_LENGTH:
        return name
    half = TITLE_LENGTH // 2
    return name[:half].rsplit(" ", 1)[0] + " … " + name[-half:].split(" ", 1)[-1]
