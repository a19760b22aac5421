"""The command line: ``motcua COMMAND``. Errors are one clear line on stderr and a non-zero exit code."""

from __future__ import annotations

import asyncio
import os
import sys
from argparse import ArgumentParser
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.commands.registry import COMMANDS
from bot.configuration.folder import with_own_files
from bot.errors import BotError
from bot.settings import load_settings
from feedback.errors import FeedbackError
from nlu.errors import NluError

FAILED = 1
"""Exit code when a command could not do what was asked."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells expect it."""


def main(argv: Sequence[str] | None = None, environment: Mapping[str, str] | None = None) -> int:
    """Run one command and return the exit code.

    Args:
        argv: arguments after the program's name; those of the process by default.
        environment: settings; those of the process by default.
    """
    args = build_parser().parse_args(argv)
    try:
        settings = with_own_files(load_settings(os.environ if environment is None else environment))
        outcome = args.command.run(args, settings)
        return outcome if isinstance(outcome, int) else asyncio.run(_finished(outcome))
    except (BotError, FeedbackError, NluError) as error:
        return _failed(str(error))
    except SQLAlchemyError as error:
        return _failed(_database_words(error))
    except BrokenPipeError:
        # `motcua … | head` closed our output; Python would complain once more while it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        # What asyncpg and the file system raise bare: a database server that is away, a full or read-only disk.
        return _failed(f"the system refused: {error}; is the database there, and the disk writable?")
    except KeyboardInterrupt:
        return INTERRUPTED


def build_parser() -> ArgumentParser:
    """Return the parser with every command."""
    parser = ArgumentParser(prog="motcua", description="Một Cửa: trợ lý thủ tục hành chính.")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(subparsers).set_defaults(command=command)
    return parser


async def _finished(outcome: Awaitable[int]) -> int:
    return await outcome


def _failed(message: str) -> int:
    print(f"motcua: {' '.join(message.split())}", file=sys.stderr)
    return FAILED


def _database_words(error: SQLAlchemyError) -> str:
    """Say a database error without the statement and its parameters, which may hold what citizens wrote."""
    cause: Any = getattr(error, "orig", None) or error
    first_line = (str(cause).splitlines() or [type(cause).__name__])[0]
    missing = "no such table" in first_line or "does not exist" in first_line
    return f"database: {first_line}" + ("; run `motcua db upgrade` first" if missing else "")


if __name__ == "__main__":
    sys.exit(main())
