"""Keys count at once on a terminal, and by lines elsewhere."""

from __future__ import annotations

import io
import os
import pty
import termios
import threading

from bot.commands.terminal import END, KeyTerminal, LineTerminal


def test_without_a_terminal_the_first_letter_of_a_line_is_the_key() -> None:
    target = io.StringIO()
    terminal = LineTerminal(io.StringIO("1\n\n  reject\n1.000894\n"), target)
    terminal.show("câu hỏi")
    assert (terminal.key("?"), terminal.key("?"), terminal.line("code")) == ("1", "r", "1.000894")
    assert (terminal.key("?"), terminal.line("code")) == (END, END)
    assert target.getvalue().startswith("câu hỏi\n?")


def test_on_a_terminal_no_enter_is_needed_and_its_settings_come_back() -> None:
    master, slave = pty.openpty()
    with os.fdopen(master, "wb", 0) as keyboard, os.fdopen(slave, "r", encoding="utf-8") as source:
        before = termios.tcgetattr(source.fileno())
        terminal = KeyTerminal(source, io.StringIO())

        def press(keys: bytes) -> None:
            # A little later: what is typed while nobody waits for a key is handled by the terminal in another way.
            threading.Timer(0.2, keyboard.write, (keys,)).start()

        for pressed, key in ((b"a", "a"), (b"\x04", END), (b"7", "7")):
            press(pressed)
            assert terminal.key("?") == key
        press(b"1.000894\n")
        assert terminal.line("code") == "1.000894"
        assert termios.tcgetattr(source.fileno()) == before
