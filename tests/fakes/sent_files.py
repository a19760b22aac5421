"""A channel that hands over what citizens sent, without a network."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.dossiers.photos import Fetched


@dataclass
class FakeFiles:
    """A channel that hands over what it has, by its place."""

    has: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, file: str, most: int) -> Fetched | None:
        """See ``FetchesFiles``."""
        self.asked.append(file)
        content = self.has.get(file)
        if content is None:
            return None
        return Fetched(content) if len(content) <= most else Fetched(too_large=True)
