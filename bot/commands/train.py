"""``motcua train``: trains the Rasa model when it is stale, and nothing else."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction

from bot.app import project_root
from bot.settings import Settings
from nlu.training import RasaHome, ensure_model, print_progress


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``train``."""
    return subparsers.add_parser("train", help="train the Rasa model if its inputs changed")


async def run(args: Namespace, settings: Settings) -> int:
    """Train if stale."""
    model = await ensure_model(RasaHome(project_root()), os.environ, print_progress)
    print(f"The model is up to date: {model.name}")
    return 0
