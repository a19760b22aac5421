"""Fixtures of the suite in the Rasa environment: one small model, trained once from the project's own config."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
QUESTIONS = Path(__file__).parent / "fixture" / "questions.yml"

collect_ignore_glob = [] if importlib.util.find_spec("rasa") else ["test_*.py"]
"""In the app's environment there is no Rasa; ``make test`` runs this folder in the other one."""

Parse = Callable[[str | None], dict[str, Any]]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train the project's pipeline on the fixture's few questions, in a folder of its own."""
    from rasa.model_training import train_nlu

    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    folder = tmp_path_factory.mktemp("model")
    config = shutil.copy(ROOT / "config.yml", folder)
    here = Path.cwd()
    os.chdir(folder)  # the linker's cache must not be that of a running assistant
    try:
        trained = train_nlu(str(config), str(QUESTIONS), str(folder))
    finally:
        os.chdir(here)
    assert trained is not None
    return Path(trained)


@pytest.fixture(scope="session")
def parse(model: Path) -> Parse:
    """Return a function that parses a text with the model, as ``/model/parse`` does."""
    from rasa.core.agent import Agent

    here = Path.cwd()
    os.chdir(model.parent)
    try:
        agent = Agent.load(str(model))
    finally:
        os.chdir(here)
    return lambda text: asyncio.run(agent.parse_message(text))  # type: ignore[arg-type]
