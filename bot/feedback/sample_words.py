"""The shape of ``data/samples.yml``: of what sample feedback is made."""

from __future__ import annotations

from pathlib import Path

import msgspec

from feedback.record import About, Border, Category, Criterion, Kind, Outcome, Requirement, SenderKind
from feedback.transitions import Action
from nlu.yaml_files import read_yaml

SAMPLES = Path(__file__).with_name("data") / "samples.yml"


class SampleRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody wrote, and what became of it."""

    text: str
    steps: dict[Action, int]
    """What was done, in order, and how many working days ago."""
    proposal: str = ""
    procedure: str = ""
    """Code in the starter catalogue."""
    house: bool = False
    """Whether it is about the receiving house itself."""
    kind: Kind = Kind.REPORT
    about: About = About.CONDUCT
    category: Category | None = None
    certain: bool = True
    channel: str = "web"
    sender: SenderKind = SenderKind.CITIZEN
    may_publish: bool = False
    question: str = ""
    """As it is published."""
    answer: str = ""
    outcome: Outcome | None = None
    fails: Criterion | None = None
    """Which of the six tests the rule fails."""
    grade: int = 0
    why: dict[Action, str] = {}
    added: str = ""
    """What the supplement says."""
    receiver: str = ""
    """Who it was passed on to."""
    requirement: Requirement = Requirement.CONTENT
    door: Border = Border.COMPLAINT
    into: int = 0
    """Place in the file of the record that it was merged into."""


class SampleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    names: tuple[str, ...]
    companies: tuple[str, ...]
    address: str
    phones: str
    """How telephone numbers begin."""
    criteria: dict[Criterion, str]
    unmet: str
    """Why a rule fails a test."""
    records: tuple[SampleRecord, ...]


def load_sample_words(path: Path = SAMPLES) -> SampleWords:
    """Read the file."""
    return msgspec.convert(read_yaml(path), SampleWords)
