"""What a module keeps about one person, as it is told to them. Data only: the sentences stand in ``domain.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Held:
    """One kind of thing that is kept."""

    key: str
    """Of the response that names it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """For the response."""
    kept_because: str = ""
    """Key of the response that says which law keeps it when everything else is deleted; empty when it is deleted too."""
