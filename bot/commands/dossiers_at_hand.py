"""What the actions of ``motcua dossiers`` work with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dossiers.store import DossierStore
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AtHand:
    """Settings, database and store of one run."""

    settings: Settings
    transactions: UnitOfWork
    store: DossierStore
