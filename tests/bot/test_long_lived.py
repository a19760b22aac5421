"""Tests of what the garbage collector passes over."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.long_lived import set_aside


class Ring:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave nothing set aside for other tests."""
    yield
    gc.unfreeze()


def test_what_is_there_is_not_looked_at_again() -> None:
    kept = Ring()

    set_aside()

    assert not any(one is kept for one in gc.get_objects())


def test_what_was_set_aside_and_is_used_no_more_is_freed_the_next_time() -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    set_aside()
    del ring
    gc.collect()
    assert seen() is not None

    set_aside()

    assert seen() is None
