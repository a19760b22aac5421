"""``motcua organisations``: tokens for organisations whose identity the agency checked at its counter."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from datetime import UTC, datetime

from bot.app.organisations import make_organisation_store
from bot.delivery.ports import Transactions
from bot.dossiers.facts import FactKeys, identity
from bot.dossiers.organisations.entering import name_of, unit_of
from bot.dossiers.organisations.store import Issued, Organisation, OrganisationStore
from bot.dossiers.organisations.tables import NAME_LENGTH
from bot.dossiers.organisations.tokens import new_token, read_token
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``organisations``."""
    parser = subparsers.add_parser("organisations", help="tokens by which organisations see all of their dossiers")
    actions = parser.add_subparsers(required=True, metavar="ACTION", dest="action")
    add = actions.add_parser("add", help="enter an organisation whose identity was checked; shows its token once")
    add.add_argument("name", type=_name)
    add.add_argument("--identity", type=_identity, required=True, metavar="SODINHDANH", help="as on its dossiers")
    add.add_argument(
        "--dossier-units", type=_unit, nargs="+", default=[], metavar="UNIT", help="only dossiers received by these"
    )
    actions.add_parser("list", help="show all organisations")
    for name, words in (("rotate", "give another token; the old one ends at once"), ("revoke", "end a token at once")):
        actions.add_parser(name, help=words).add_argument("id", type=int, help="as `list` shows it")
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    store = make_organisation_store(settings)
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        if args.action == "add":
            signing_key, _ = settings.require_keys()
            return await _add(args, transactions, store, FactKeys(signing_key.reveal()))
        if args.action == "list":
            return await _list(transactions, store)
        return await (_rotate if args.action == "rotate" else _revoke)(args.id, transactions, store)
    finally:
        await transactions.close()


async def _add(args: Namespace, transactions: Transactions, store: OrganisationStore, keys: FactKeys) -> int:
    shown, issued = _issued()
    async with transactions.write() as session:
        entered = (args.identity, keys.identity(args.identity))
        number = await store.add(session, args.name, entered, args.dossier_units, issued)
    if number is None:
        print("an organisation with this SoDinhDanh is entered already; see `list`, then `rotate`", file=sys.stderr)
        return 1
    print(f"Organisation {number}: {args.name}")
    _show(shown)
    return 0


async def _list(transactions: Transactions, store: OrganisationStore) -> int:
    async with transactions.read() as session:
        found = await store.listed(session)
    for one in found:
        print(_line(one))
    if not found:
        print("There are no organisations.")
    return 0


async def _rotate(number: int, transactions: Transactions, store: OrganisationStore) -> int:
    shown, issued = _issued()
    async with transactions.write() as session:
        done = await store.rotate(session, number, issued)
    if not done:
        return _unknown(number)
    _show(shown)
    print("The old token and every conversation linked by it have ended.")
    return 0


async def _revoke(number: int, transactions: Transactions, store: OrganisationStore) -> int:
    async with transactions.write() as session:
        done = await store.revoke(session, number, datetime.now(UTC))
    if not done:
        return _unknown(number)
    print("The token and every conversation linked by it have ended; `rotate` issues a new one.")
    return 0


def _issued() -> tuple[str, Issued]:
    shown = new_token()
    token = read_token(shown)
    assert token is not None
    return shown, Issued(token, datetime.now(UTC))


def _show(token: str) -> None:
    print(f"Token, shown this once and kept nowhere: {token}")
    print("Hand it to the organisation's own representative, on paper or face to face.")


def _line(one: Organisation) -> str:
    state = f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else f"token of {one.issued_at:%Y-%m-%d}"
    return f"{one.id}  {state}  {' '.join(one.units) or 'all units'}  {one.name}"


def _unknown(number: int) -> int:
    print(f"organisation {number} is unknown, or its token is revoked already; see `list`", file=sys.stderr)
    return 1


def _name(text: str) -> str:
    plain = name_of(text)
    if plain is None:
        raise ArgumentTypeError(f"must be a printable name of at most {NAME_LENGTH} letters")
    return plain


def _identity(text: str) -> str:
    found = identity(text)
    if found is None:
        raise ArgumentTypeError("is no id number")
    return found


def _unit(text: str) -> str:
    plain = unit_of(text)
    if plain is None:
        raise ArgumentTypeError("is no identifier of a unit, such as H48 or H48.30.02")
    return plain
