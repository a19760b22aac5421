"""Loads holidays, office hours and deadlines from their data files, the country's and a province's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from feedback.working_time.calendar import Calendar
from feedback.working_time.errors import DataFaultError
from feedback.working_time.hours import OfficeHours, OfficeWeek
from feedback.working_time.reading import read_file
from feedback.working_time.rules import Rules
from feedback.working_time.shapes import EveryYearFile, LocalFile, OfficesFile, RulesFile, YearFile
from feedback.working_time.tables import deadline_rules, local_table, national_table, office_week

DATA = Path(__file__).with_name("data")
DEFAULT_OFFICE = "default"


@dataclass(frozen=True)
class WorkingTime:
    """Everything about working time that one installation knows."""

    calendar: Calendar
    """The country's."""
    rules: Rules
    offices: Mapping[str, OfficeHours]
    """Hours by agency code, and ``default``."""
    provinces: Mapping[str, OfficeHours]
    """For provinces that have a file of their own: their usual hours in their own calendar, by code."""

    def hours(self, agency: str | None = None) -> OfficeHours:
        """Return the hours of an agency: its own, else those of the unit above it, its province's, the country's.

        Args:
            agency: Code with the province first (``H48.30.2``), as the rules have it since 2025.
        """
        code = agency or DEFAULT_OFFICE
        while code:
            if code in self.offices:
                return self.offices[code]
            code = code.rpartition(".")[0]
        return self.provinces.get((agency or "").partition(".")[0], self.offices[DEFAULT_OFFICE])

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The country's calendar and those of the provinces with a file of their own."""
        return (self.calendar, *(hours.calendar for hours in self.provinces.values()))


def load_working_time(local_files: Iterable[Path] = (), data: Path = DATA) -> WorkingTime:
    """Load the country's files and those that provinces add.

    Args:
        local_files: One file for each province that has days, hours or deadlines of its own.
        data: Folder of the country's files.

    Raises:
        DataFaultError: a file is missing, malformed or contradicts itself; the message says where.
    """
    table = national_table(read_file(data / "every_year.yml", EveryYearFile), _years(data / "years"))
    calendar = Calendar(table)
    weeks = {shape.name: office_week(shape) for shape in read_file(data / "offices.yml", OfficesFile).offices}
    if DEFAULT_OFFICE not in weeks:
        raise DataFaultError(f"offices.yml needs an office named {DEFAULT_OFFICE!r}")
    offices = {name: OfficeHours(calendar, week) for name, week in weeks.items()}
    rules = list(deadline_rules(read_file(data / "deadlines.yml", RulesFile).rules))
    provinces: dict[str, OfficeHours] = {}
    for path in local_files:
        local = read_file(path, LocalFile)
        if local.province in provinces:
            raise DataFaultError(f"{path.name}: province {local.province} has a file already")
        try:
            own = Calendar(local_table(table, local))
            offices |= _local_offices(local, own)
            rules += deadline_rules(local.rules, local.province)
        except DataFaultError as error:
            raise DataFaultError(f"{path.name}: {error}", error.faults) from error
        provinces[local.province] = OfficeHours(own, weeks[DEFAULT_OFFICE])
    return WorkingTime(calendar, Rules(rules), offices, provinces)


def _local_offices(local: LocalFile, calendar: Calendar) -> dict[str, OfficeHours]:
    weeks: list[OfficeWeek] = [office_week(shape) for shape in local.offices]
    for week in weeks:
        if week.name.partition(".")[0] != local.province:
            raise DataFaultError.of(
                "office.foreign",
                f"file of {local.province}: office {week.name!r} belongs to another province",
                week.name,
                office=week.name,
                province=local.province,
            )
    return {week.name: OfficeHours(calendar, week) for week in weeks}


def _years(folder: Path) -> list[YearFile]:
    years = []
    for path in sorted(folder.glob("*.yml")):
        year = read_file(path, YearFile)
        if path.stem != str(year.year):
            raise DataFaultError(f"{path.name} says year {year.year}; name the file after its year")
        years.append(year)
    return years
