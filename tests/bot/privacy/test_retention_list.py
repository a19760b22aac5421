"""``docs/privacy.md`` says of every table what it holds about people, how long, and who deletes it."""

from __future__ import annotations

import re

from bot.app import project_root
from bot.migrations.schema import METADATA
from tests.bot.privacy.test_register import personal

TABLES = {table.name: table for metadata in METADATA for table in metadata.tables.values()}


def sections() -> dict[str, str]:
    """The page's sections by their titles."""
    parts = re.split(r"^## (.+)$", (project_root() / "docs" / "privacy.md").read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows() -> dict[str, list[str]]:
    """The cells behind each table's name."""
    found = re.findall(r"^\| `(\w+)` \|(.+)\|$", sections()["Tables with personal data"], flags=re.MULTILINE)
    assert len(found) == len({name for name, _ in found})
    return {name: [cell.strip() for cell in rest.split("|")] for name, rest in found}


def test_every_table_is_listed_once_and_no_other() -> None:
    nobodys = set(re.findall(r"`(\w+)`", sections()["Tables that say nothing of a person"]))
    nobodys = {name for name in nobodys if not name.startswith("MOTCUA_")}
    assert not nobodys & set(rows())
    assert nobodys | set(rows()) == set(TABLES)


def test_what_belongs_to_a_person_is_in_the_list_of_personal_data() -> None:
    assert {name for name, table in TABLES.items() if personal(table)} <= set(rows())


def test_each_says_what_how_long_and_who_deletes_it() -> None:
    for name, cells in rows().items():
        assert len(cells) == 3, name
        assert all(cells), name
