"""Addresses of public pages that answers about the post lead to: a dated table, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import msgspec

from feedback.working_time.model import Sure
from nlu.yaml_files import read_yaml

TABLE = Path(__file__).with_name("data") / "public_links.yml"


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One address."""

    address: str
    source: str
    checked: date
    sure: Sure


@dataclass(frozen=True)
class PublicLinks:
    """The table, by name."""

    known: Mapping[str, Link]

    @property
    def site(self) -> str:
        """The post's own site."""
        return self.known["site"].address

    def tracking(self, item: str) -> str:
        """Return the post's page about an item."""
        return self.known["tracking"].address.format(item=quote(item, safe=""))


def load_public_links(path: Path = TABLE) -> PublicLinks:
    """Read the table."""
    return PublicLinks(msgspec.convert(read_yaml(path), dict[str, Link]))
