"""The requests that are asked back about, and the questions that measure it, are kept apart."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from nlu.catalogue.entries import DATA, REQUESTS
from nlu.text import fold, normalise

MEASURED = DATA / "questions" / "clarify.jsonl"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(normalise(text))))


def test_no_measured_question_is_one_of_the_requests() -> None:
    written = {plain(row["text"]) for row in rows(REQUESTS)}
    assert [row["text"] for row in rows(MEASURED) if plain(row["text"]) in written] == []


def test_a_request_is_written_once_and_leaves_several_services_open() -> None:
    found = rows(REQUESTS)
    assert len({(row["kind"], plain(row["text"])) for row in found}) == len(found)
    assert all(len(row["accept"]) > 1 for row in found if row["kind"] == "clarify")
    assert all(row["accept"] for row in rows(MEASURED))
