"""Says days and moments as people do: "17:00 thứ Hai 30/11/2026"."""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.dialogue.texts import Texts
from feedback.working_time.zone import here

_DATED = re.compile(r"(?<![\d/])(?:\d{1,2}/)?\d{1,2}/\d{4}(?![\d/])")


def tells_a_day(source: str) -> bool:
    """Tell whether a source's name says its date ("bản chụp 06–07/2026"); a document's number is none ("12/2026/QĐ-UBND")."""
    return _DATED.search(source) is not None


def say_moment(texts: Texts, at: datetime) -> str:
    """Say a moment, on Vietnamese clocks."""
    at = here(at)
    return texts.render("utter_moment", time=f"{at:%H:%M}", day=say_day(texts, at.date()))


def say_day(texts: Texts, day: date) -> str:
    """Say a day with its weekday."""
    return texts.render("utter_day", weekday=texts.render(f"utter_weekday_{day.weekday()}"), date=f"{day:%d/%m/%Y}")


def say_short_day(texts: Texts, day: date) -> str:
    """Say a day whose year is clear."""
    return texts.render("utter_day", weekday=texts.render(f"utter_weekday_{day.weekday()}"), date=f"{day:%d/%m}")


def say_as_of(at: datetime) -> str:
    """Say when something was so."""
    return f"{here(at):%H:%M %d/%m/%Y}"


def say_masked(name: str) -> str:
    """Say a masked name with stars that no channel takes for bold: ``N∗∗∗ V∗∗ A∗``."""
    return name.replace("*", "∗")
