"""The console of the accounts' tests."""

from tests.bot.console.accounts.conftest import copied, empty_console, lan, world

__all__ = ["copied", "empty_console", "lan", "world"]
