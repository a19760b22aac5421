"""What a log says of a failure."""

from __future__ import annotations

from bot.tracebacks import where


def test_the_place_is_told_and_no_word_of_the_exception() -> None:
    try:
        raise ValueError("what a citizen wrote")
    except ValueError as error:
        told = where(error)
    assert "test_the_place_is_told" in told
    assert told.count("\n") == 2
