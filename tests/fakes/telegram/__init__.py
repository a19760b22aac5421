"""Telegram on this machine: ``telemelya`` (somebody else's Bot API) and a strict one of our own for what it lacks."""
