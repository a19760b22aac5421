"""The console of the accounts' tests."""

from tests.bot.console.accounts.conftest import empty_console, lan, world

__all__ = ["empty_console", "lan", "world"]
