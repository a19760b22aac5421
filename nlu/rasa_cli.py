"""Runs Rasa's own commands at the project's root, in its environment, with the paths they need (``make rasa``)."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from nlu.training import TRAINING_DATA, RasaHome, RasaMissing

_NEEDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("train", "nlu"): ("--nlu", "-u"),
    ("test", "nlu"): ("--nlu", "-u"),
    ("data", "split", "nlu"): ("--nlu", "-u"),
    ("data", "validate"): ("--data",),
    ("train",): ("--data",),
    ("interactive",): ("--data",),
    # Without a model named, Rasa takes the word "nlu" for one: a folder of that name lies here.
    ("shell", "nlu"): ("--model", "-m"),
}
"""Command → its option for the examples, with its short forms; config and domain lie where Rasa looks."""
_MODELS = "models"


def complete(arguments: Sequence[str]) -> list[str]:
    """Add the path of our examples, or of our models, unless the command takes none or the caller gave one.

    Args:
        arguments: as typed after ``rasa``, for example ``["train", "nlu"]``.
    """
    given = list(arguments)
    for command, options in sorted(_NEEDS.items(), key=lambda item: -len(item[0])):
        if tuple(given[: len(command)]) == command:
            named = any(word.split("=")[0] in options for word in given)
            path = _MODELS if options[0] == "--model" else str(TRAINING_DATA)
            return given if named else [*given, options[0], path]
    return given


def main(arguments: Sequence[str] | None = None) -> None:
    """Replace this process by Rasa; exit with one line when its environment is not there."""
    home = RasaHome(Path(__file__).resolve().parents[1])
    try:
        python = home.require_python()
    except RasaMissing as error:
        sys.exit(str(error))
    os.chdir(home.root)
    quiet = ["RASA_TELEMETRY_ENABLED=false", "SQLALCHEMY_SILENCE_UBER_WARNING=1", "TF_CPP_MIN_LOG_LEVEL=3"]
    rasa = [str(python), "-W", "ignore", "-m", "rasa", *complete(sys.argv[1:] if arguments is None else arguments)]
    os.execvp("env", ["env", *quiet, *rasa])  # noqa: S606, S607  (the person's own command)


if __name__ == "__main__":
    main()
