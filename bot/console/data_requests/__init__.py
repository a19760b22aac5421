"""Requests about personal data on the console: their clocks, and the answers."""
