"""``motcua postal``: what the operator does about the public postal service."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from bot.commands import postal_offices, postal_report
from bot.settings import Settings


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``postal``."""
    parser = subparsers.add_parser("postal", help="the public postal service: post offices, the report")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    postal_offices.add_offices(actions)
    postal_report.add_report(actions)
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action; each takes the arguments and the settings."""
    code: int = await args.action(args, settings)
    return code
