"""Reads a file of procedures into a proposal."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import msgspec

from bot.jobs.job import JobError
from bot.jobs.running import Progress
from nlu.catalogue.errors import UnreadableFileError
from nlu.catalogue.importing.findings import Finding, summarise
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.proposal_store import ProposalKind
from nlu.catalogue.proposals import Proposing, propose
from nlu.catalogue.versions import Transactions

KINDS = 60
"""Kinds of findings that are kept with the proposal, the weightiest first."""


async def import_proposal(
    transactions: Transactions, file: Path, note: str, by: str, at: datetime, progress: Progress
) -> dict[str, int]:
    """Propose what a file holds, on top of what is live.

    Args:
        transactions: the unit of work.
        file: one of the formats of ``motcua catalogue import``.
        note: why.
        by: who proposes it.
        at: the present moment.
        progress: is told how much was read.

    Raises:
        JobError: the file cannot be read.
    """
    findings: list[Finding] = []
    size, read = file.stat().st_size, 0

    def advance(step: int) -> None:
        nonlocal read
        read += step
        progress.say("Đọc tệp (kB)", min(read, size) // 1024, size // 1024)

    with Spool() as spool:
        reading = Reading(spool, findings.append, at.date())
        try:
            await asyncio.to_thread(reading.read, file, advance)
            await asyncio.to_thread(reading.finish)
        except UnreadableFileError as error:
            why = "; ".join(f"{reason} ({count})" for _, reason, count in summarise(findings)[:3])
            raise JobError(f"không đọc được tệp {file.name}: {why or error}") from error
        progress.say("Lập đề nghị")
        kept = msgspec.json.encode([(kind.value, reason, count) for kind, reason, count in summarise(findings)[:KINDS]])
        wanted = Proposing(by, note, at, ProposalKind.IMPORT, file.name, kept.decode())
        made = await propose(transactions, spool.procedures, wanted)
    return {"proposal": made.number, "rows": reading.rows, "imported": made.imported, "kept": made.carried_over}
