"""Puts fees and time limits into words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.texts import Texts
from nlu.answers.facts import FeeByWay, TimeByWay
from nlu.catalogue.model import Fee, FeeItem, FeeKind, FilingWay, TimeLimit

_COUNCIL = re.compile(
    r"^(?:theo (?:nghị quyết|quy định) của )?(?:HĐND|Hội đồng nhân dân) (?:cấp )?tỉnh"
    r"(?: quy định mức thu| quyết định)?(?:[;.,] *|$)",
    re.IGNORECASE,
)
"""What a local fee's own sentence says already; what follows it is shown."""


def say_fee(texts: Texts, fee: Fee) -> str:
    """Say one fee on one line; a table of fees follows as a list."""
    text = _COUNCIL.sub("", fee.text.strip()) if fee.kind is FeeKind.LOCAL else fee.text.strip()
    if fee.kind is FeeKind.FREE:
        said = texts.render("utter_fee_free")
    elif fee.kind is FeeKind.FIXED and fee.amount is not None:
        said = texts.render("utter_fee_fixed", amount=money(fee.amount))
    elif fee.kind is FeeKind.LOCAL:
        said = texts.render("utter_fee_local")
    elif fee.kind is FeeKind.VARIES:
        said = texts.render("utter_fee_varies")
    else:
        return texts.render("utter_fee_source_says", text=_closed(text))
    if text and fee.kind is FeeKind.VARIES and not fee.items:
        return _closed(text)
    said = _with_condition(said, text)
    items = [f"- {item.name}: {_item(texts, item)}".removesuffix(": ") for item in fee.items]
    return "\n".join([said + (":" if items else ""), *items])


def _item(texts: Texts, item: FeeItem) -> str:
    amount = texts.render("utter_fee_fixed", amount=money(item.amount)) if item.amount is not None else ""
    return _with_condition(amount, item.text) if amount else _closed(item.text)


def _with_condition(said: str, condition: str) -> str:
    """Add a condition: in brackets, or as a sentence of its own where it was written as one."""
    text = _closed(condition)
    if not text:
        return said
    return f"{said}. {text}" if text[0].isupper() and " " in text else f"{said} ({text})"


def say_time(texts: Texts, time: TimeLimit) -> str:
    """Say one time limit."""
    text = _closed(time.text.strip())
    if time.amount is None or time.unit is None:
        return text
    amount = f"{time.amount:g}".replace(".", ",")
    unit = f"utter_unit_{time.unit}" + ("_one" if time.amount == 1 else "")
    said = texts.render("utter_time_amount", amount=amount, unit=texts.render(unit))
    return _with_condition(said, text)


def fee_lines(texts: Texts, rows: Sequence[FeeByWay], ways: int) -> list[str]:
    """Say the fees, with the way of filing in front where ways differ."""
    return [_with_ways(texts, row.ways, say_fee(texts, row.fee), len(rows) > 1 or len(row.ways) < ways) for row in rows]


def time_lines(texts: Texts, rows: Sequence[TimeByWay], ways: int) -> list[str]:
    """Say the time limits, with the way of filing in front where ways differ."""
    return [
        _with_ways(texts, row.ways, say_time(texts, row.time), len(rows) > 1 or len(row.ways) < ways) for row in rows
    ]


def money(amount: int) -> str:
    """Write đồng the Vietnamese way: ``1.234.000``."""
    return f"{amount:,}".replace(",", ".")


def _with_ways(texts: Texts, ways: Sequence[FilingWay], said: str, differ: bool) -> str:
    if not differ:
        return said[:1].upper() + said[1:]
    names = [texts.render(f"utter_way_{way}") for way in ways]
    joined = ", ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
    return f"{joined}: {said}"


def _closed(text: str) -> str:
    return text.rstrip(" .;,")
