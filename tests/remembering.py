"""Lets every process of the tests parse each YAML text once: hundreds of tests open a house, which reads the same files."""

from __future__ import annotations

import pickle
from functools import lru_cache
from typing import Any

from nlu import yaml_files

_parse = yaml_files.parse_yaml


@lru_cache(maxsize=2000)
def _parsed(text: str) -> bytes:
    return pickle.dumps(_parse(text), pickle.HIGHEST_PROTOCOL)


def parse_once(text: str) -> Any:
    """Do what ``parse_yaml`` does; whoever changes what it gets changes nobody else's."""
    return pickle.loads(_parsed(text))


def remember_yaml() -> None:
    """Begin; before anything is collected, since some tests read files while they are imported."""
    yaml_files.parse_yaml = parse_once
