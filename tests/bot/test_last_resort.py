"""A process that does not end by itself is ended."""

from __future__ import annotations

import threading

import pytest

from bot.last_resort import EXIT_CODE, end_within


def test_what_hangs_is_ended_with_a_code_of_its_own_and_told(caplog: pytest.LogCaptureFixture) -> None:
    ended, codes = threading.Event(), []

    def end(code: int) -> None:
        codes.append(code)
        ended.set()

    end_within(0.001, end)
    assert ended.wait(10)
    assert codes == [EXIT_CODE]
    assert "stopping took over" in caplog.text


def test_a_process_that_ends_before_is_not_held_up() -> None:
    end_within(3600, lambda _: None)
    waiting = [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    assert waiting
    assert all(one.daemon for one in waiting)
    for one in waiting:
        one.cancel()
