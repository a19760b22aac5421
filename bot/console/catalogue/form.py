"""The form of one procedure: writes a record into fields. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlu.catalogue.model import FeeItem, FilingMethod, PaperCase, Procedure, RequiredPaper

LINES = ("agencies", "applicants", "legal_basis", "caveats")
"""Parts with one entry on each line."""
PLAIN = ("name", "summary", "result", "conditions", "decision", "url")
GROUPS = (
    "name",
    "summary",
    "papers",
    "methods",
    "steps",
    "agencies",
    "levels",
    "nationwide",
    "applicants",
    "result",
    "conditions",
    "legal_basis",
    "decision",
    "online",
    "url",
    "caveats",
)
"""What is changed together and has one source, in the order of the page."""
PAPER = ("name", "role", "originals", "copies", "form", "url")
METHOD = ("way", "amount", "unit", "time", "kind", "fee", "items", "fee_text", "note", "url")
SPARE = 1
"""Empty rows for more papers below those of a case."""
MORE = 3
"""Rows that come with each press of the button for more."""

Values = Mapping[str, str]


@dataclass(frozen=True)
class Shape:
    """How many rows the form has."""

    cases: tuple[int, ...]
    """Papers of each case."""
    methods: int

    @classmethod
    def of(cls, procedure: Procedure) -> Shape:
        """Return the shape of a record."""
        return cls(tuple(len(case.papers) for case in procedure.cases), len(procedure.methods))

    @classmethod
    def read(cls, text: str) -> Shape:
        """Read what ``written`` wrote; a garbled one has no rows."""
        cases, _, methods = text.partition("/")
        numbers = [min(int(one), 400) for one in cases.split(",") if one.isdecimal()]
        return cls(tuple(numbers[:60]), min(int(methods), 20) if methods.isdecimal() else 0)

    @property
    def written(self) -> str:
        """The shape as the form carries it along."""
        return f"{','.join(map(str, self.cases))}/{self.methods}"

    def with_room(self) -> Shape:
        """Return the shape with empty rows: in each case, for one more case, and for the ways that are not there."""
        return Shape((*(count + SPARE for count in self.cases), SPARE), max(3, self.methods + 1))

    def names(self, group: str) -> list[str]:
        """Return the names of a group's fields."""
        if group == "papers":
            titles = [f"case{case}_title" for case in range(len(self.cases))]
            rows = [(case, row) for case, count in enumerate(self.cases) for row in range(count)]
            return [*titles, *(f"p{case}_{row}_{name}" for case, row in rows for name in PAPER)]
        if group == "methods":
            return [f"m{row}_{name}" for row in range(self.methods) for name in METHOD]
        return [group]


def written(procedure: Procedure) -> dict[str, str]:
    """Write a record into the fields of its form."""
    values = {name: str(getattr(procedure, name) or "") for name in PLAIN}
    values |= {name: "\n".join(getattr(procedure, name)) for name in LINES}
    values["steps"] = "\n\n".join(procedure.steps)
    values["levels"] = " ".join(level.value for level in procedure.levels)
    values["nationwide"] = "1" if procedure.nationwide else ""
    values["online"] = procedure.online.value if procedure.online else ""
    for number, case in enumerate(procedure.cases):
        values |= _case(number, case)
    for number, method in enumerate(procedure.methods):
        values |= {f"m{number}_{name}": value for name, value in _method(method).items()}
    return values


def plain(value: str) -> str:
    """Return a value as it is compared: browsers end lines in a way of their own."""
    return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").split("\n")).strip()


def is_web(address: str) -> bool:
    """Tell whether an address leads to the web and nowhere else."""
    return address.startswith(("https://", "http://"))


def _case(number: int, case: PaperCase) -> dict[str, str]:
    values = {f"case{number}_title": case.title}
    for row, paper in enumerate(case.papers):
        values |= {f"p{number}_{row}_{name}": value for name, value in _paper(paper).items()}
    return values


def _paper(paper: RequiredPaper) -> dict[str, str]:
    form = paper.form
    return {
        "name": paper.name,
        "role": paper.role.value,
        "originals": "" if paper.originals is None else str(paper.originals),
        "copies": "" if paper.copies is None else str(paper.copies),
        "form": form.name if form else "",
        "url": (form.url or "") if form else "",
    }


def _method(method: FilingMethod) -> dict[str, str]:
    time, fee = method.time, method.fee
    items = "\n".join(_item_line(item) for item in fee.items)
    return {
        "way": method.way.value,
        "amount": "" if time.amount is None else f"{time.amount:g}".replace(".", ","),
        "unit": time.unit.value if time.unit else "",
        "time": time.text,
        "kind": fee.kind.value,
        "fee": "" if fee.amount is None else str(fee.amount),
        "items": items,
        "fee_text": fee.text,
        "note": method.note,
        "url": method.url or "",
    }


def _item_line(item: FeeItem) -> str:
    """Write an item as ``name: amount | words``, as far as it has them."""
    said = " | ".join(str(part) for part in (item.amount, item.text) if part not in (None, ""))
    return f"{item.name}: {said}" if said else item.name
