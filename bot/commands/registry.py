"""Which command modules ``motcua`` has."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable
from typing import Protocol, TypeAlias

from bot.commands import (
    ask,
    catalogue,
    database,
    dossiers,
    evaluate,
    feedback,
    handover,
    jobs,
    keys,
    model,
    officials,
    organisations,
    outbox,
    postal,
    privacy,
    qr,
    questions,
    serve,
    train,
    zalo,
)
from bot.settings import Settings

Subparsers: TypeAlias = "_SubParsersAction[ArgumentParser]"


class Command(Protocol):
    """A command module."""

    def add_parser(self, subparsers: Subparsers) -> ArgumentParser:
        """Add the command's own parser and return it."""
        ...

    def run(self, args: Namespace, settings: Settings) -> int | Awaitable[int]:
        """Do it and return the exit code."""
        ...


COMMANDS: tuple[Command, ...] = (
    serve,
    ask,
    train,
    evaluate,
    catalogue,
    questions,
    handover,
    outbox,
    model,
    qr,
    zalo,
    dossiers,
    organisations,
    officials,
    feedback,
    postal,
    privacy,
    keys,
    jobs,
    database,
)
"""In the order in which ``motcua --help`` lists them."""
