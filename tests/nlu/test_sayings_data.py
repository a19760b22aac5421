"""The sayings and long questions that the project carries: well-formed, and each of one procedure only."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu.catalogue.entries import QUESTIONS_DIR, SAYINGS_DIR, load_sayings
from nlu.text import MAX_LENGTH, normalise, tokens

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
AT_LEAST = {SAYINGS_DIR: (6500, 34000), QUESTIONS_DIR: (5000, 5300)}
"""Codes and lines of each folder: fewer means that a file was lost."""

folders = pytest.mark.parametrize("folder", [SAYINGS_DIR, QUESTIONS_DIR], ids=lambda folder: folder.name)


def files(folder: Path) -> list[tuple[str, dict[Any, Any]]]:
    """The files of a folder as they are written, before the project's own reader joins them."""
    return [(path.name, yaml.load(path.read_bytes(), Loader=LOADER)) for path in sorted(folder.rglob("*.yml"))]


@folders
def test_every_file_gives_a_code_its_lines_and_every_line_has_words(folder: Path) -> None:
    wrong: list[Any] = []
    for name, content in files(folder):
        for code, lines in content.items():
            if not (isinstance(code, str) and re.fullmatch(r"\d\.\d{6}", code)):
                wrong.append((name, code))
            if not (isinstance(lines, list) and lines):
                wrong.append((name, code, lines))
                continue
            wrong += [(name, code, line) for line in lines if not (isinstance(line, str) and tokens(line))]
    assert wrong == []


@folders
def test_no_line_is_longer_than_what_is_read_of_a_message(folder: Path) -> None:
    lines = [line for _, content in files(folder) for some in content.values() for line in some]
    assert [line for line in lines if len(normalise(line)) >= MAX_LENGTH] == []


@folders
def test_no_line_stands_under_two_codes_however_it_is_written(folder: Path) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for code, lines in load_sayings(folder).items():
        for line in lines:
            owners[" ".join(tokens(line))].add(code)
    assert {line: codes for line, codes in owners.items() if len(codes) > 1} == {}


@folders
def test_nothing_was_lost(folder: Path) -> None:
    known = load_sayings(folder)
    codes, lines = AT_LEAST[folder]
    assert len(known) >= codes
    assert sum(map(len, known.values())) >= lines
