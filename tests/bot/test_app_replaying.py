"""Both catalogues are asked about one and the same reading of a question."""

from __future__ import annotations

import pytest

from bot.app.replaying import Once
from nlu.client import NluUnavailable
from nlu.understanding import Understanding


class Flaky:
    """Rasa that answers every other time."""

    asked = 0

    async def understand(self, text: str) -> Understanding:
        self.asked += 1
        if self.asked % 2 == 0:
            raise NluUnavailable("away")
        return Understanding(text=text)

    async def ready(self) -> bool:
        return True


async def test_a_text_is_read_once_also_when_it_could_not_be_read() -> None:
    flaky = Flaky()
    once = Once(flaky)
    assert await once.understand("một") == await once.understand("một")
    for _ in range(2):
        with pytest.raises(NluUnavailable):
            await once.understand("hai")
    assert flaky.asked == 2
