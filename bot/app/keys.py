"""Everything that is sealed at rest, listed once, so that a new key reaches all of it."""

from __future__ import annotations

import itertools

from bot.channels.zalo_oa import store as zalo_oa
from bot.checklists import store as checklists
from bot.console.accounts import account_store as accounts
from bot.console.accounts import letter_store as account_letters
from bot.console.accounts import session_store as sign_ins
from bot.console.audit import store as console_log
from bot.delivery import sealed_columns_store as delivery
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.ports import Transactions
from bot.dossiers import store as dossiers
from bot.dossiers.access import challenge_store as challenges
from bot.dossiers.organisations import file_store as organisation_files
from bot.dossiers.organisations import store as organisations
from bot.dossiers.rating import store as dossier_ratings
from bot.keys.attachment_files import FileValues
from bot.keys.column_store import ColumnValues
from bot.keys.resealing import Resealing
from bot.postal import request_store as postal_requests
from bot.privacy import request_store as data_requests
from bot.resume import store as resume
from bot.settings import Settings
from feedback import answer_store, draft_store, log_store, outgoing_store, register_store
from feedback.attachments import store as attachments
from feedback.attachments.files import SealedFiles
from feedback.beside import filter_store, note_store
from feedback.sealed import SealedColumn

SEALED: tuple[SealedColumn, ...] = tuple(
    itertools.chain(
        delivery.SEALED,
        zalo_oa.SEALED,
        resume.SEALED,
        checklists.SEALED,
        dossiers.SEALED,
        challenges.SEALED,
        organisations.SEALED,
        organisation_files.SEALED,
        dossier_ratings.SEALED,
        register_store.SEALED,
        log_store.SEALED,
        answer_store.SEALED,
        attachments.SEALED,
        draft_store.SEALED,
        note_store.SEALED,
        filter_store.SEALED,
        outgoing_store.SEALED,
        data_requests.SEALED,
        postal_requests.SEALED,
        accounts.SEALED,
        account_letters.SEALED,
        sign_ins.SEALED,
        console_log.SEALED,
    )
)
"""A test holds every column whose comment says that it is sealed to being here."""


def make_resealing(settings: Settings, transactions: Transactions) -> Resealing:
    """Return what seals everything anew: all columns, and the files of attachments."""
    _, encryption_key = settings.require_keys()
    cipher = AesGcmCipher(encryption_key.reveal())
    files = FileValues(SealedFiles(settings.feedback.files, cipher))
    return Resealing(transactions, cipher, (*(ColumnValues(one) for one in SEALED), files))
