"""Tests of what is told of the webhook measurement."""

from __future__ import annotations

from benchmarks.webhooks import shares


def test_processor_time_is_told_by_part_while_posting_and_by_message_in_all() -> None:
    spent = [{"server": 1.0, "Rasa": 5.0}, {"server": 2.5, "Rasa": 5.5}, {"server": 5.0, "Rasa": 7.0}]

    told = shares(spent, lasted=2.0, asked=200)

    assert told == (
        "server 0.75 cores while posting, 20.0 ms a message in all, "
        "Rasa 0.25 cores while posting, 10.0 ms a message in all"
    )
