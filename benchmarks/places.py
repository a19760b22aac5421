"""Measures how rightly places are read: forms made of official names, and a list that people wrote.

Half of the written list, told by a hash of its words, was never looked at while the reading was tuned.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.figures import percentile
from benchmarks.place_forms import Maker
from nlu.noise import SEED
from nlu.places.gazetteer import Gazetteer, load_gazetteer
from nlu.places.place import Outcome, PlaceReading
from nlu.places.sources import read_lists
from nlu.yaml_files import read_yaml

WRITTEN = Path(__file__).parent.parent / "tests" / "nlu" / "places" / "data" / "forms.yml"
LEAST = 0.95
"""What issue 8 asks of both."""
EACH = 100
"""Forms of every style."""
TUNED, HELD = "written, tuned on", "written, held back"


@dataclass(frozen=True)
class Written:
    """A place as a person would write it."""

    text: str
    outcome: Outcome
    code: str = ""
    """A commune's (of an old one that was divided: its default part's) or a province's; empty: none is asked."""
    unknown: bool = False
    district: bool = False

    @property
    def part(self) -> str:
        """Which half it belongs to."""
        return HELD if hashlib.sha256(self.text.encode()).digest()[0] % 2 else TUNED

    def is_read(self, reading: PlaceReading) -> bool:
        """Tell whether a reading is right."""
        codes = {
            Outcome.COMMUNE: reading.commune and reading.commune.code,
            Outcome.PROVINCE: reading.province and reading.province.code,
            Outcome.SEVERAL: reading.candidates[0].code if reading.candidates else None,
        }
        return (
            reading.outcome is self.outcome
            and (not self.code or codes.get(self.outcome) == self.code)
            and (not self.unknown or bool(reading.unknown))
            and (not self.district or bool(reading.districts))
        )


def read_written(path: Path = WRITTEN) -> list[Written]:
    """Return the written list."""
    return [
        Written(
            one["text"], Outcome(one["is"]), one.get("code", ""), one.get("unknown", False), one.get("district", False)
        )
        for one in read_yaml(path)
    ]


@dataclass(frozen=True)
class Asked:
    """A form that was read."""

    part: str
    text: str
    right: bool
    milliseconds: float


def ask(gazetteer: Gazetteer, each: int = EACH, seed: int = SEED) -> list[Asked]:
    """Read both: made forms under their style, written ones under their half."""
    asked = [_timed(gazetteer, form.style, form.text, form.is_read) for form in Maker(read_lists(), seed).forms(each)]
    return asked + [_timed(gazetteer, one.part, one.text, one.is_read) for one in read_written()]


def _timed(gazetteer: Gazetteer, part: str, text: str, is_right: Callable[[PlaceReading], bool]) -> Asked:
    begun = time.perf_counter()
    reading = gazetteer.read(text)
    return Asked(part, text, is_right(reading), 1000 * (time.perf_counter() - begun))


def share(asked: Sequence[Asked]) -> float:
    """Return what share was read rightly."""
    return sum(one.right for one in asked) / len(asked)


def table(asked: Sequence[Asked]) -> str:
    """Return the figures as lines."""
    parts = dict.fromkeys(one.part for one in asked)
    made = [one for one in asked if one.part not in (TUNED, HELD)]
    rows = {part: [one for one in asked if one.part == part] for part in parts}
    if TUNED in parts:
        rows["made, all"] = made
    times = [one.milliseconds for one in asked]
    lines = [f"{name:<22}{len(some):>6}{share(some):>8.3f}" for name, some in rows.items()]
    return "\n".join((*lines, f"ms a reading: median {median(times):.1f}, p95 {percentile(times, 0.95):.1f}"))


def main() -> int:
    """Print the figures; fail below what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=EACH, help="made forms of every style")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--misses", action="store_true", help="print what was misread, but for the half held back")
    args = parser.parse_args()
    begun = time.perf_counter()
    gazetteer = load_gazetteer()
    loaded = time.perf_counter() - begun
    asked = ask(gazetteer, args.each, args.seed)
    every = [_timed(gazetteer, one.style, one.text, one.is_read) for one in Maker(read_lists()).every()]
    for one in (*asked, *every) if args.misses else ():
        if not one.right and one.part != HELD:
            print(f"misread ({one.part}): {one.text}")
    print(f"places: loaded in {loaded:.2f} s\n{table(asked)}\nevery place by its whole name\n{table(every)}")
    made = [one for one in asked if one.part not in (TUNED, HELD)]
    halves = ([one for one in asked if one.part == part] for part in (TUNED, HELD))
    return int(any(share(some) < LEAST for some in (made, *halves)))


if __name__ == "__main__":
    raise SystemExit(main())
