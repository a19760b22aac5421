from __future__ import annotations

import pytest

from bot.console.triage.queues import address_of


@pytest.mark.parametrize(
    ("hang", "address"),
    [
        ("", "/canbo/phan-anh/7"),
        ("moi", "/canbo/phan-anh/7?hang=moi"),
        ("a&b\r\nX: y", "/canbo/phan-anh/7?hang=a%26b%0D%0AX%3A+y"),
    ],
)
def test_a_records_address_names_the_queue_that_its_visitor_came_from_whatever_was_typed(
    hang: str, address: str
) -> None:
    assert address_of(7, hang) == address
