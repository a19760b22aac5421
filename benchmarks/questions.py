"""What the played citizens ask: the development questions where they are there, else starter sayings."""

from __future__ import annotations

from pathlib import Path

from benchmarks.errors import BenchError
from bot.evaluation.cases import read_cases
from nlu.catalogue.starter import load_starter

ENDINGS = ("", " cần giấy tờ gì", " mất bao nhiêu tiền", " bao lâu thì xong", " nộp ở đâu", " làm online được không")
"""Added in turn to a saying, so that the aspects are asked too."""


def load_questions(path: Path | None) -> list[str]:
    """Return the questions of a file, or those made of the starter catalogue's sayings.

    Raises:
        BenchError: there is not one question.
        QuestionsError: the file cannot be read.
    """
    found = [case.text for case in read_cases([path])] if path is not None else _starter_questions()
    if not found:
        raise BenchError(f"there are no questions in {path or 'the starter catalogue'}")
    return found


def _starter_questions() -> list[str]:
    procedures, _ = load_starter()
    sayings = [saying for procedure in procedures for saying in (procedure.name, *procedure.also_called)]
    return [saying + ENDINGS[place % len(ENDINGS)] for place, saying in enumerate(sayings)]
