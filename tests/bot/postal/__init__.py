"""Tests of ``bot.postal``."""
