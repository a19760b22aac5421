"""``motcua train``: writes down what was accepted in review, and trains the Rasa model when it is stale."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction

from bot.app import project_root
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.learning.lessons import FOLDER, Lesson, held_out_questions, lessons, write_lessons
from nlu.learning.store import ReviewState, ReviewStore
from nlu.training import RasaHome, ensure_model, print_progress


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``train``."""
    return subparsers.add_parser("train", help="train the Rasa model if its inputs changed; learns accepted questions")


async def run(args: Namespace, settings: Settings) -> int:
    """Train if stale."""
    home = RasaHome(project_root())
    learned = await _learned(settings, home)
    write_lessons(home.root / FOLDER, learned)
    if learned:
        print_progress(f"learning {len(learned)} accepted questions")
    model = await ensure_model(home, os.environ, print_progress)
    print(f"The model is up to date: {model.name}")
    return 0


async def _learned(settings: Settings, home: RasaHome) -> list[Lesson]:
    """Return what was accepted; on a machine without a database, nothing."""
    work = UnitOfWork(open_engine(settings.database_url))
    try:
        async with work.read() as session:
            store = ReviewStore(session)
            found = await store.find((ReviewState.ACCEPTED,)) if await store.exists() else []
    finally:
        await work.close()
    return lessons(found, held_out_questions(home.root))
