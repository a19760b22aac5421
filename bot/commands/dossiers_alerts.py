"""``motcua dossiers alerts``: who seems to try codes or facts out. Shows nothing of anybody."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from bot.commands.dossiers_at_hand import AtHand
from bot.dossiers.access.alert_store import Alert, AlertKind, AlertStore
from bot.dossiers.access.marks import SHORT

WHAT = {
    AlertKind.UNKNOWN: "unknown codes",
    AlertKind.SERIES: "codes of one day",
    AlertKind.FACTS: "second facts",
}


def add_alerts(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``alerts``."""
    one = actions.add_parser("alerts", help="list who seems to try codes or second facts out, the newest first")
    one.add_argument("--limit", type=int, default=100)
    one.set_defaults(action=list_alerts)


async def list_alerts(args: Namespace, at_hand: AtHand) -> int:
    """List the alerts. WHOM is a mark by which lines about the same subject are known, and tells nothing else."""
    async with at_hand.transactions.read() as session:
        alerts = await AlertStore().listed(session, args.limit)
    print(_row("LAST", "FIRST", "WHAT", "BY OR ABOUT", "WHOM", "CHANNEL", "COUNT", "LAST UNIT"))
    for one in alerts:
        print(_told(one))
    return 0


def _told(one: Alert) -> str:
    times = (f"{at.astimezone():%Y-%m-%d %H:%M}" for at in (one.last_at, one.first_at))
    whom = one.subject.hex()[:SHORT]
    return _row(*times, WHAT[one.kind], one.whose.value, whom, one.channel, str(one.amount), one.unit)


def _row(*cells: str) -> str:
    widths = (16, 16, 16, 11, SHORT, 10, 6, 0)
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
