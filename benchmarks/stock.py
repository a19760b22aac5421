"""The peer: a stock Rasa assistant on the same training sentences, with one rule and one static reply per intent."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from benchmarks.caching import FOLDER, digest_of
from benchmarks.children import Program, completed, running, until
from benchmarks.errors import NoAnswerError
from benchmarks.ours import Server
from benchmarks.talks import RasaTalk
from bot.app import free_port
from nlu.training import TRAINING_DATA, RasaHome, rasa_environment

PROJECT = Path(__file__).parent / "stock_rasa"
"""Configuration, channel and tracker store, as `rasa init` makes them but for what their comments say."""
TRAINING_SECONDS = 600.0
LOADING_SECONDS = 300.0
FIRST_QUESTION = "xin chào"
STATIC = "Đây là câu trả lời soạn sẵn của trợ lý đối chứng."
FALLBACK = "nlu_fallback"


async def make_model(home: RasaHome) -> Path:
    """Return the peer's model; trained once per pipeline, sentences and intents.

    Raises:
        RasaMissing: there is no Rasa environment.
        BenchError: the training fails.
    """
    python = home.require_python()
    domain = stock_domain(intents_of(home.root))
    domain_text = yaml.safe_dump(domain, allow_unicode=True)
    rules_text = yaml.safe_dump(stock_rules(domain["intents"]), allow_unicode=True)
    inputs = [*(home.root / TRAINING_DATA).rglob("*.yml"), PROJECT / "config.yml"]
    model = home.root / FOLDER / f"stock-{digest_of(inputs, domain_text + rules_text)}.tar.gz"
    if model.exists():
        return model
    print("training the stock Rasa assistant (a few minutes, once)", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "domain.yml").write_text(domain_text, "utf-8")
        (folder / "rules.yml").write_text(rules_text, "utf-8")
        # Rasa rewrites a configuration that it finds wanting: it gets a copy.
        shutil.copyfile(PROJECT / "config.yml", folder / "config.yml")
        data = [str(home.root / TRAINING_DATA), str(folder / "rules.yml")]
        arguments = ["train", "--config", "config.yml", "--domain", "domain.yml", "--data", *data]
        target = ["--out", str(folder), "--fixed-model-name", "stock"]
        await completed(_rasa(home, python, [*arguments, *target], folder, "stock-train.log"), TRAINING_SECONDS)
        shutil.move(folder / "stock.tar.gz", model)
    return model


@contextlib.asynccontextmanager
async def serving_stock(home: RasaHome, model: Path, session: aiohttp.ClientSession) -> AsyncIterator[Server]:
    """Run the peer on an empty tracker store for the length of a block, which begins with its first answer.

    Raises:
        BenchError: it does not answer.
    """
    folder = home.root / FOLDER / "stock"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder)
    port = free_port()
    files = ["--credentials", "credentials.yml", "--endpoints", "endpoints.yml", "--model", str(model)]
    command = ["run", "-i", "127.0.0.1", "-p", str(port), *files, "--quiet"]
    program = _rasa(home, home.require_python(), command, folder, "stock-serve.log")
    url = f"http://127.0.0.1:{port}"

    async def answers() -> bool:
        try:
            return bool(await RasaTalk(session, url).say(FIRST_QUESTION))
        except NoAnswerError:
            return False

    began = time.perf_counter()
    async with running(program) as process:
        await until(answers, process, program.log, LOADING_SECONDS)
        yield Server(url, process, time.perf_counter() - began, program.log, began)


def intents_of(root: Path) -> list[str]:
    """Return the intents of our own assistant."""
    domain: dict[str, Any] = yaml.safe_load((root / "domain.yml").read_text("utf-8"))
    return list(domain["intents"])


def stock_domain(intents: list[str]) -> dict[str, Any]:
    """Return the peer's domain: a static reply per intent and one for what it does not understand."""
    return {
        "version": "3.1",
        "intents": [*intents, FALLBACK],
        "responses": {f"utter_{intent}": [{"text": STATIC}] for intent in [*intents, FALLBACK]},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def stock_rules(intents: list[str]) -> dict[str, Any]:
    """Return the peer's rules: each intent gets its reply, whatever was said before."""
    return {
        "version": "3.1",
        "rules": [
            {"rule": f"answer {intent}", "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}
            for intent in intents
        ],
    }


def _rasa(home: RasaHome, python: Path, arguments: list[str], folder: Path, log: str) -> Program:
    return Program(
        command=[str(python), "-m", "rasa", *arguments],
        environment=rasa_environment(os.environ),
        folder=folder,
        log=home.root / FOLDER / "log" / log,
    )
