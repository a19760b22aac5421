"""How many small wrong changes of a pure module its tests notice: the mutation score.

    uv run --with mutmut==2.5.1 python -m benchmarks.mutants feedback/log.py tests/feedback/test_log.py

mutmut makes the changes; it is a tool for this alone and no dependency. Its own runner starts pytest anew for each of them; here
a process that has imported everything else is forked instead. Of fixtures those of the tests' own folder are known, no databases.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import signal
import sys
import time
import types
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pytest

SECONDS = 60
"""After which a change that never ends counts as noticed."""
OWN = ("feedback", "bot", "nlu", "tests")
"""Packages that are imported anew beside each changed module."""
OPTIONS = [
    "-x",
    "-q",
    "--assert=plain",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-p",
    "no:randomly",
    "-o",
    "addopts=",
    "-o",
    "filterwarnings=",
]


def mutants(path: str, source: str) -> Iterator[str]:
    """Give every changed source that mutmut makes of one."""
    mutmut = import_module("mutmut")
    for id in mutmut.list_mutations(mutmut.Context(source=source, filename=path)):
        changed, count = mutmut.mutate(mutmut.Context(source=source, filename=path, mutation_id=id))
        if count:
            yield changed


def passes(path: str, source: str, tests: Sequence[str]) -> bool:
    """Tell whether the tests pass with a source in a module's place; in a process of its own."""
    child = os.fork()
    if child == 0:
        os._exit(_child(path, source, tests))
    return os.waitpid(child, 0)[1] == 0


def _child(path: str, source: str, tests: Sequence[str]) -> int:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    signal.alarm(SECONDS)
    try:
        name = path.removesuffix(".py").replace("/", ".")
        package, _, short = name.rpartition(".")
        parent, module = import_module(package), types.ModuleType(name)
        module.__file__ = path
        sys.modules[name] = module
        setattr(parent, short, module)
        exec(compile(source, path, "exec"), module.__dict__)  # noqa: S102 - that is what it is for
        return int(pytest.main([*OPTIONS, f"--confcutdir={Path(tests[0]).parent}", *tests]))
    except BaseException:  # also of a change that breaks the import
        return 1


def _settle(tests: Sequence[str]) -> None:
    """Import what is not ours, so that each child has it already."""
    for test in tests:
        import_module(test.removesuffix(".py").replace("/", "."))
    for name in [name for name in sys.modules if name.partition(".")[0] in OWN]:
        del sys.modules[name]


def main() -> int:
    """Measure one module."""
    parser = argparse.ArgumentParser(description="Mutation score of one pure module.")
    parser.add_argument("module", help="path from the root, such as feedback/log.py")
    parser.add_argument("tests", nargs="+", help="test files of it that need no database")
    parser.add_argument("--sources", type=Path, help="JSON list of [id, source] instead of asking mutmut")
    args = parser.parse_args()
    sys.path.insert(0, os.getcwd())
    source, began = Path(args.module).read_text("utf-8"), time.monotonic()
    _settle(args.tests)
    if not passes(args.module, source, args.tests):
        print("the tests fail without any change")
        return 1
    made = [one for _, one in json.loads(args.sources.read_text())] if args.sources else [*mutants(args.module, source)]
    left = [one for one in made if passes(args.module, one, args.tests)]
    for one in left:
        changes = difflib.unified_diff(source.splitlines(), one.splitlines(), n=0, lineterm="")
        print("\n".join(line for line in changes if not line.startswith(("---", "+++"))))
    killed = len(made) - len(left)
    share = 100 * killed / max(1, len(made))
    print(f"{args.module}: {killed} of {len(made)} noticed ({share:.1f} %), {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
