"""A person at the terminal whose keys are known beforehand."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.commands.terminal import END


@dataclass
class FakeTerminal:
    """Presses the keys in their order; a line is given as one entry of ``lines``."""

    keys: str = ""
    lines: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def show(self, text: str) -> None:
        """See ``Terminal.show``."""
        self.shown.append(text)

    def key(self, prompt: str) -> str:
        """See ``Terminal.key``."""
        pressed, self.keys = self.keys[:1], self.keys[1:]
        return pressed or END

    def line(self, prompt: str) -> str:
        """See ``Terminal.line``."""
        return self.lines.pop(0) if self.lines else END

    @property
    def text(self) -> str:
        """All that was shown."""
        return "\n".join(self.shown)


@dataclass
class FakeNames:
    """Knows the procedures it was given."""

    known: dict[str, str] = field(default_factory=dict)

    async def name(self, code: str) -> str | None:
        """See ``Names.name``."""
        return self.known.get(code)
