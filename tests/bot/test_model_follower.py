"""A running server takes the model that was promoted, once, and never while it is not ready."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.model_follower import ModelFollower
from nlu.client import ModelRefused

OLD, NEW = Path("models/old.tar.gz"), Path("models/new.tar.gz")


@dataclass
class Server:
    """A Rasa server and the record of what is promoted."""

    promoted: Path | None = None
    ready: bool = True
    refuses: bool = False
    loaded: list[Path] = field(default_factory=list)

    async def load(self, model: Path) -> None:
        if self.refuses:
            raise ModelRefused("no")
        self.loaded.append(model)

    def follower(self, running: Path | None = OLD) -> ModelFollower:
        made = ModelFollower(lambda: self.promoted, self.load, lambda: self.ready)
        if running is not None:
            made.started(running)
        return made


async def test_a_promoted_model_is_taken_once() -> None:
    server = Server(promoted=NEW)
    follower = server.follower()
    await follower.look()
    await follower.look()
    assert server.loaded == [NEW]


async def test_the_model_that_runs_is_left_alone() -> None:
    for promoted in (None, OLD):
        server = Server(promoted=promoted)
        await server.follower().look()
        assert server.loaded == []


async def test_a_server_that_is_starting_is_waited_for() -> None:
    server = Server(promoted=NEW, ready=False)
    follower = server.follower()
    await follower.look()
    assert server.loaded == []
    server.ready = True
    await follower.look()
    assert server.loaded == [NEW]
    await server.follower(running=None).look()
    assert server.loaded == [NEW]


async def test_a_model_that_is_refused_is_not_tried_again_but_the_next_one_is(caplog: pytest.LogCaptureFixture) -> None:
    server = Server(promoted=NEW, refuses=True)
    follower = server.follower()
    await follower.look()
    server.refuses = False
    await follower.look()
    assert server.loaded == []
    assert "was not taken" in caplog.text
    server.promoted = Path("models/third.tar.gz")
    await follower.look()
    assert server.loaded == [Path("models/third.tar.gz")]


async def test_it_looks_until_it_is_cancelled() -> None:
    server = Server(promoted=NEW)
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise TimeoutError

    follower = ModelFollower(lambda: server.promoted, server.load, lambda: True, sleep)
    follower.started(OLD)
    with pytest.raises(TimeoutError):
        await follower.run()
    assert server.loaded == [NEW]
