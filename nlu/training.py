"""Which model belongs to the present training inputs, and how to train it when it is missing."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.errors import NluError
from nlu.live_model import live_path, read_live
from nlu.yaml_files import read_yaml

KEPT_MODELS = 3
TRAINING_DATA = Path("nlu/data/training")
ACCEPTED = Path("var/learning/accepted.yml")
"""Questions of citizens that a reviewer accepted (``nlu.learning.lessons``); without the file nothing is as if it were empty."""
_SOURCES = ("nlu/text.py", "nlu/codes.py", "nlu/aspects.py", "nlu/understanding.py")
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "OMP_NUM_THREADS")
_OURS = re.compile(r"nlu-[0-9a-f]{12}\.tar\.gz")
_STEP = re.compile(r"Starting to train component '(\w+)'")


class TrainingError(NluError):
    """The model could not be trained."""


class RasaMissing(TrainingError):
    """The Rasa environment is not there."""


@dataclass(frozen=True)
class RasaHome:
    """Where Rasa's side of the project lies."""

    root: Path
    """The project's root, with ``config.yml`` and ``domain.yml``."""

    @property
    def python(self) -> Path:
        """Interpreter of the Rasa environment."""
        return self.root / ".venv-rasa" / "bin" / "python"

    @property
    def models(self) -> Path:
        """Folder of the trained models."""
        return self.root / "models"

    def require_python(self) -> Path:
        """Return the interpreter.

        Raises:
            RasaMissing: when the environment was not made.
        """
        if not self.python.exists():
            raise RasaMissing(f"no Rasa environment at {self.python.parents[1]}; `make setup` makes it")
        return self.python


def fingerprint(home: RasaHome) -> str:
    """Return twelve hex digits that change exactly when the model must be trained anew.

    Of ``domain.yml`` only intents and entities count: a changed sentence in ``responses:`` makes no model stale.

    Raises:
        TrainingError: ``domain.yml`` cannot be read.
    """
    digest = hashlib.sha256()
    for name, content in _inputs(home):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def model_path(home: RasaHome) -> Path:
    """Return where the model of the present inputs lies, or will lie."""
    return home.models / f"nlu-{fingerprint(home)}.tar.gz"


def rasa_environment(environment: Mapping[str, str], extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for a Rasa process: quiet, without telemetry, and without the app's secrets.

    Args:
        environment: the app's own, normally ``os.environ``.
        extra: what this process needs besides.
    """
    kept = {name: environment[name] for name in _PASSED_ON if name in environment}
    return {
        **kept,
        "RASA_TELEMETRY_ENABLED": "false",
        # Rasa's cache does not see changes in the modules that components import.
        "RASA_MAX_CACHE_SIZE": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",
        **(extra or {}),
    }


async def ensure_model(home: RasaHome, environment: Mapping[str, str], report: Callable[[str], None]) -> Path:
    """Return the model of the present inputs; train it first when it is missing.

    Args:
        home: where everything lies.
        environment: the app's own.
        report: takes one line of progress at a time.

    Raises:
        RasaMissing: there is no Rasa environment.
        TrainingError: Rasa failed; the message carries its last lines.
    """
    python = home.require_python()
    path = model_path(home)
    if path.is_file():
        return path
    home.models.mkdir(parents=True, exist_ok=True)
    # Trained aside and moved in one step: nobody ever loads half a model.
    with tempfile.TemporaryDirectory(prefix=".training-", dir=home.models) as folder:
        (Path(folder) / "domain.yml").write_bytes(_labels(home))
        data = _examples(home, Path(folder))
        await _run(training_command(python, Path(folder), path.name, data), home, rasa_environment(environment), report)
        made = Path(folder) / path.name
        if not made.is_file():
            raise TrainingError("Rasa ended without a model; `make rasa ARGS='train nlu'` shows why")
        shutil.move(made, path)
    prune(home.models, path)
    return path


async def serving_model(home: RasaHome, environment: Mapping[str, str], report: Callable[[str], None]) -> Path:
    """Return the model to serve: the promoted one while it fits the program, else that of the present inputs.

    Raises:
        RasaMissing: there is no Rasa environment.
        TrainingError: the model had to be trained, and Rasa failed.
    """
    home.require_python()
    promoted = live_path(home.root)
    if promoted is None:
        if read_live(home.models) is not None:
            report("the promoted model does not fit this program: serving that of the present inputs")
        return await ensure_model(home, environment, report)
    if promoted != model_path(home):
        report(f"serving the promoted model {promoted.name}; newer inputs wait for `motcua model promote`")
    return promoted


def training_command(python: Path, folder: Path, name: str, data: Path = TRAINING_DATA) -> list[str]:
    """Return the command that trains the model ``name`` into ``folder``; to be run at the root.

    The domain lies in the folder and holds the labels alone, so that a slip in ``responses:`` stops no training.
    """
    inputs = ["--nlu", str(data), "--config", "config.yml", "--domain", str(folder / "domain.yml")]
    target = ["--out", str(folder), "--fixed-model-name", name.removesuffix(".tar.gz")]
    return [str(python), "-m", "rasa", "train", "nlu", *inputs, *target]


def prune(models: Path, current: Path, keep: int = KEPT_MODELS) -> None:
    """Delete all but the newest models made here; models with other names are somebody's own, and the live one stays."""
    live = read_live(models)
    kept = {current.name, live.model if live else ""}
    ours = [path for path in models.iterdir() if _OURS.fullmatch(path.name) and path.name not in kept]
    ours.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in ours[keep - 1 :]:
        old.unlink(missing_ok=True)


def _inputs(home: RasaHome) -> Iterator[tuple[str, bytes]]:
    yield "domain", _labels(home)
    folders = [home.root / TRAINING_DATA, home.root / "nlu" / "components"]
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".yml", ".yaml", ".py")]
    for path in sorted([home.root / "config.yml", *(home.root / source for source in _SOURCES), *found]):
        yield str(path.relative_to(home.root)), path.read_bytes()
    if (home.root / ACCEPTED).is_file():
        yield str(ACCEPTED), (home.root / ACCEPTED).read_bytes()
    packages = home.python.parents[1] / "lib"
    yield (
        "rasa",
        " ".join(sorted(path.name for path in packages.glob("python3*/site-packages/rasa-*.dist-info"))).encode(),
    )


def _examples(home: RasaHome, folder: Path) -> Path:
    """Return the folder of the training examples; Rasa takes one alone, so what was accepted is joined with ours in it."""
    if not (home.root / ACCEPTED).is_file():
        return TRAINING_DATA
    together = folder / "examples"
    shutil.copytree(home.root / TRAINING_DATA, together)
    shutil.copyfile(home.root / ACCEPTED, together / f"learned_{ACCEPTED.name}")
    return together


def _labels(home: RasaHome) -> bytes:
    path = home.root / "domain.yml"
    try:
        domain = read_yaml(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TrainingError(f"{path} cannot be read: {error}") from error
    return yaml.safe_dump(
        {"version": "3.1", **{key: domain.get(key) or [] for key in ("intents", "entities")}}
    ).encode()


async def _run(
    command: list[str], home: RasaHome, environment: Mapping[str, str], report: Callable[[str], None]
) -> None:
    report("training the Rasa model (some minutes; only when its inputs changed)")
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=home.root,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        last = await _follow(process, report)
        code = await process.wait()
    except BaseException:
        # Cancelled by a shutdown: the training must not go on alone.
        if process.returncode is None:
            process.kill()
            await process.wait()
        raise
    if code != 0:
        raise TrainingError("training failed: " + " | ".join(last))


async def _follow(process: asyncio.subprocess.Process, report: Callable[[str], None]) -> deque[str]:
    last: deque[str] = deque(maxlen=8)
    assert process.stdout is not None
    async for raw in process.stdout:
        line = raw.decode("utf-8", "replace").strip()
        last.append(line)
        step = _STEP.search(line)
        if step:
            report(f"training: {step[1]}")
    return last


def print_progress(line: str) -> None:
    """Show a line of progress to the person at the terminal."""
    print(line, file=sys.stderr, flush=True)
