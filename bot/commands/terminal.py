"""The person at the terminal: shows lines, waits for one key or one line."""

from __future__ import annotations

import sys
import termios
import tty
from typing import Protocol, TextIO

END = ""
"""What is read when there is nothing more to read."""


class Terminal(Protocol):
    """A person who reads lines and presses keys."""

    def show(self, text: str) -> None:
        """Show a text."""
        ...

    def key(self, prompt: str) -> str:
        """Ask for one key and return it; ``END`` when there is nobody any more."""
        ...

    def line(self, prompt: str) -> str:
        """Ask for a line and return it without its end; ``END`` when there is nobody any more."""
        ...


class LineTerminal:
    """Where the input is no terminal: the first letter of each line is the key."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target

    def show(self, text: str) -> None:
        """See ``Terminal.show``."""
        print(text, file=self._target, flush=True)

    def key(self, prompt: str) -> str:
        """See ``Terminal.key``; an empty line counts as no key and is passed over."""
        while raw := self._read(prompt):
            if raw.strip():
                return raw.strip()[0]
        return END

    def line(self, prompt: str) -> str:
        """See ``Terminal.line``."""
        return self._read(prompt).strip()

    def _read(self, prompt: str) -> str:
        print(prompt, end=" ", file=self._target, flush=True)
        return self._source.readline()


class KeyTerminal(LineTerminal):
    """A real terminal: a key counts as soon as it is pressed."""

    def key(self, prompt: str) -> str:
        """See ``Terminal.key``."""
        print(prompt, end=" ", file=self._target, flush=True)
        number = self._source.fileno()
        before = termios.tcgetattr(number)
        try:
            tty.setcbreak(number)
            pressed = self._source.read(1)
        finally:
            termios.tcsetattr(number, termios.TCSADRAIN, before)
        print(pressed.strip(), file=self._target, flush=True)
        return END if pressed == "\x04" else pressed


def open_terminal() -> Terminal:
    """Return the terminal of this process, whatever it is."""
    return KeyTerminal(sys.stdin, sys.stdout) if sys.stdin.isatty() else LineTerminal(sys.stdin, sys.stdout)
