"""Reads the rows of a procedure's form: papers of each case, and the ways of filing with their time and fee. Pure."""

from __future__ import annotations

import re

from bot.console.catalogue.form import Shape, Values, is_web, plain
from bot.console.catalogue.words import WAYS
from nlu.catalogue.model import (
    Fee,
    FeeItem,
    FeeKind,
    FilingMethod,
    FilingWay,
    Form,
    PaperCase,
    PaperRole,
    RequiredPaper,
    TimeLimit,
    TimeUnit,
)

Faults = dict[str, str]
MOST_COPIES = 99
_MONEY = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)\s*(?:đồng|đ|vnđ|vnd)?\.?", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,5}(?:[.,]\d{1,2})?")


def read_cases(values: Values, shape: Shape, faults: Faults) -> tuple[PaperCase, ...]:
    """Read the papers; a row without a name is none, a case without papers and title is none."""
    cases = []
    for case, count in enumerate(shape.cases):
        papers = [_paper(values, f"p{case}_{row}_", faults) for row in range(count)]
        title, there = plain(values.get(f"case{case}_title", "")), tuple(one for one in papers if one is not None)
        if title and not there:
            faults[f"case{case}_title"] = (
                f"Trường hợp “{title}” chưa có giấy tờ nào: thêm giấy tờ, hoặc xóa tên trường hợp."
            )
        if there:
            cases.append(PaperCase(title=title, papers=there))
    return tuple(cases)


def _paper(values: Values, prefix: str, faults: Faults) -> RequiredPaper | None:
    name = plain(values.get(f"{prefix}name", ""))
    if not name:
        if any(values.get(f"{prefix}{other}", "") for other in ("originals", "copies", "form", "url")):
            faults[f"{prefix}name"] = "Dòng này có số bản hoặc mẫu nhưng chưa có tên giấy tờ."
        return None
    role = values.get(f"{prefix}role", "")
    form, url = plain(values.get(f"{prefix}form", "")), plain(values.get(f"{prefix}url", ""))
    if url and not form:
        faults[f"{prefix}form"] = f"Giấy tờ “{name}”: có đường dẫn mẫu thì phải có tên mẫu."
    if url and not is_web(url):
        faults[f"{prefix}url"] = f"Giấy tờ “{name}”: đường dẫn mẫu phải bắt đầu bằng https:// hoặc http://."
    return RequiredPaper(
        name=name,
        role=PaperRole(role) if role in set(PaperRole) else PaperRole.SUBMIT,
        originals=_count(values, f"{prefix}originals", name, "bản chính", faults),
        copies=_count(values, f"{prefix}copies", name, "bản sao", faults),
        form=Form(name=form, url=url or None) if form else None,
    )


def _count(values: Values, name: str, paper: str, what: str, faults: Faults) -> int | None:
    text = values.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) > MOST_COPIES:
        faults[name] = f"Giấy tờ “{paper}”: số {what} phải từ 0 đến {MOST_COPIES}, đang ghi “{text}”."
        return None
    return int(text)


def read_methods(values: Values, shape: Shape, faults: Faults) -> tuple[FilingMethod, ...]:
    """Read the ways of filing; a row without a way is none."""
    found: list[FilingMethod] = []
    for row in range(shape.methods):
        prefix = f"m{row}_"
        chosen = values.get(f"{prefix}way", "")
        if chosen in set(FilingWay):
            way = FilingWay(chosen)
            if any(one.way is way for one in found):
                faults[f"{prefix}way"] = f"“{WAYS[way]}” có hai lần: gộp các mức vào một cách nộp."
            found.append(_method(values, prefix, way, faults))
        elif any(plain(values.get(f"{prefix}{name}", "")) for name in ("amount", "time", "fee", "items", "fee_text")):
            faults[f"{prefix}way"] = "Dòng này có thời hạn hoặc phí nhưng chưa chọn cách nộp."
    return tuple(found)


def _method(values: Values, prefix: str, way: FilingWay, faults: Faults) -> FilingMethod:
    url = plain(values.get(f"{prefix}url", ""))
    if url and not is_web(url):
        faults[f"{prefix}url"] = f"{WAYS[way]}: đường dẫn phải bắt đầu bằng https:// hoặc http://."
    note = plain(values.get(f"{prefix}note", ""))
    return FilingMethod(
        way=way,
        time=_time(values, prefix, way, faults),
        fee=_fee(values, prefix, way, faults),
        note=note,
        url=url or None,
    )


def _time(values: Values, prefix: str, way: FilingWay, faults: Faults) -> TimeLimit:
    amount, unit = values.get(f"{prefix}amount", "").strip(), values.get(f"{prefix}unit", "")
    text = plain(values.get(f"{prefix}time", ""))
    if amount and not _AMOUNT.fullmatch(amount):
        faults[f"{prefix}amount"] = f"{WAYS[way]}: thời hạn phải là một số như 5 hoặc 1,5, đang ghi “{amount}”."
        return TimeLimit(text=text)
    if amount and unit not in set(TimeUnit):
        faults[f"{prefix}unit"] = f"{WAYS[way]}: chọn đơn vị của thời hạn {amount}."
    if unit and not amount:
        faults[f"{prefix}amount"] = f"{WAYS[way]}: ghi số của thời hạn, hoặc bỏ chọn đơn vị."
    if not amount or unit not in set(TimeUnit):
        return TimeLimit(text=text)
    return TimeLimit(amount=float(amount.replace(",", ".")), unit=TimeUnit(unit), text=text)


def _fee(values: Values, prefix: str, way: FilingWay, faults: Faults) -> Fee:
    chosen = values.get(f"{prefix}kind", "")
    kind = FeeKind(chosen) if chosen in set(FeeKind) else FeeKind.UNKNOWN
    typed, text = values.get(f"{prefix}fee", "").strip(), plain(values.get(f"{prefix}fee_text", ""))
    amount = read_money(typed)
    if typed and amount is None:
        faults[f"{prefix}fee"] = f"{WAYS[way]}: số tiền phải là một số đồng như 8.000, đang ghi “{typed}”."
    elif kind is FeeKind.FIXED and amount is None:
        faults[f"{prefix}fee"] = f"{WAYS[way]}: mức cố định phải có số tiền."
    elif kind is not FeeKind.FIXED and amount is not None:
        faults[f"{prefix}kind"] = f"{WAYS[way]}: có số tiền thì chọn “Một mức cố định”, hoặc xóa số tiền."
    items = tuple(_item(line) for line in plain(values.get(f"{prefix}items", "")).split("\n") if line.strip())
    if kind in (FeeKind.VARIES, FeeKind.LOCAL) and not items and not text:
        faults[f"{prefix}fee_text"] = f"{WAYS[way]}: ghi các mức phí, hoặc ghi văn bản quy định mức phí."
    return Fee(kind=kind, amount=amount if kind is FeeKind.FIXED else None, items=items, text=text)


def _item(line: str) -> FeeItem:
    """Read a line "name: amount | words", "name: amount" or "name: words"; without a colon it is a name alone."""
    name, _, rest = line.strip().rpartition(":")
    if not name:
        return FeeItem(name=rest.strip())
    first, _, words = rest.partition("|")
    amount = read_money(first)
    return FeeItem(name=name.strip(), amount=amount, text=(words if amount is not None else rest).strip())


def read_money(text: str) -> int | None:
    """Read an amount in đồng: ``8000``, ``8.000``, ``8.000 đồng``; nothing else."""
    found = _MONEY.fullmatch(text.strip())
    return int(re.sub(r"\D", "", found[1])) if found else None
