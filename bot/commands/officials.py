"""``motcua officials``: accounts of the officials' console, for who runs the machine; the console does the same."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.app import make_officials
from bot.app.clock import present
from bot.app.officials import Officials
from bot.commands.person import user_of_this_machine
from bot.console.accounts.account import Account, read_account
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.delivery.ports import Transactions
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.office import load_feedback_office
from feedback.working_time.zone import here


@dataclass(frozen=True)
class _AtHand:
    transactions: Transactions
    officials: Officials
    by: str


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``officials`` with its actions."""
    parser = subparsers.add_parser("officials", help="accounts of the officials' console")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add an account; shows its one-time password once")
    add.add_argument("account", type=_account, help="short name, such as lan.nt")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--unit", default="", help="code of the unit in the office file")
    add.add_argument("--roles", nargs="+", required=True, type=ConsoleRole, choices=tuple(ConsoleRole), metavar="ROLE")
    add.set_defaults(action=_add)
    actions.add_parser("list", help="show all accounts").set_defaults(action=_list)
    changes = actions.add_parser("roles", help="set the roles, and with --unit the unit; ends the sign-ins")
    changes.add_argument("account", type=_account)
    changes.add_argument("roles", nargs="+", type=ConsoleRole, choices=tuple(ConsoleRole), metavar="ROLE")
    changes.add_argument("--unit", help="code of the unit in the office file; '' for none")
    changes.set_defaults(action=_roles)
    link = actions.add_parser("link", help="say who the account is at the province's sign-on")
    link.add_argument("account", type=_account)
    link.add_argument("subject", help="value of the configured claim; '' for nobody")
    link.set_defaults(action=_link)
    email = actions.add_parser("email", help="say where letters about the account go")
    email.add_argument("account", type=_account)
    email.add_argument("address", help="e-mail address; '' for nowhere")
    email.set_defaults(action=_email)
    for name, help, do in _PLAIN:
        one = actions.add_parser(name, help=help)
        one.add_argument("account", type=_account)
        one.set_defaults(action=do)
    actions.add_parser("verify-audit", help="check that the console's log is what was written").set_defaults(
        action=_verify
    )
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    transactions = UnitOfWork(open_engine(settings.database_url))
    action: Callable[[Namespace, _AtHand], Awaitable[int]] = args.action
    try:
        office = load_feedback_office(settings.feedback.office)
        officials = make_officials(settings, transactions, office, present)
        return await action(args, _AtHand(transactions, officials, f"máy: {user_of_this_machine()}"[:64]))
    finally:
        await transactions.close()


async def _add(args: Namespace, hand: _AtHand) -> int:
    official = Official(args.account, args.name.strip(), args.unit, frozenset(args.roles))
    password = await hand.officials.administration.add(official, hand.by)
    print(f"Account {args.account}: {args.name.strip()}")
    _show(password)
    return 0


async def _list(args: Namespace, hand: _AtHand) -> int:
    async with hand.transactions.read() as session:
        found = await hand.officials.kept.accounts.listed(session)
    for one in found:
        print(_line(one))
    if not found:
        print("There are no accounts; `motcua serve --init` makes the first one.")
    return 0


async def _roles(args: Namespace, hand: _AtHand) -> int:
    async with hand.transactions.read() as session:
        before = await hand.officials.kept.accounts.get(session, args.account)
    name, unit = (before.official.name, before.official.unit) if before else ("-", "")
    wanted = unit if args.unit is None else args.unit
    await hand.officials.administration.change(args.account, name, wanted, frozenset(args.roles), hand.by)
    print(f"{args.account}: {', '.join(sorted(args.roles))}; signed out everywhere if anything changed")
    return 0


async def _link(args: Namespace, hand: _AtHand) -> int:
    await hand.officials.administration.link(args.account, args.subject.strip(), hand.by)
    print(f"{args.account} is {'linked' if args.subject.strip() else 'linked to nobody'}.")
    return 0


async def _email(args: Namespace, hand: _AtHand) -> int:
    address = args.address.strip()
    await hand.officials.administration.set_email(args.account, address, hand.by)
    print(f"Letters about {args.account} go {'to that address' if address else 'nowhere'}.")
    return 0


async def _password(args: Namespace, hand: _AtHand) -> int:
    _show(await hand.officials.administration.reset(args.account, hand.by))
    return 0


async def _disable(args: Namespace, hand: _AtHand) -> int:
    await hand.officials.administration.disable(args.account, hand.by)
    print(f"{args.account} is disabled and signed out everywhere.")
    return 0


async def _enable(args: Namespace, hand: _AtHand) -> int:
    await hand.officials.administration.enable(args.account, hand.by)
    print(f"{args.account} may sign in again.")
    return 0


async def _totp_reset(args: Namespace, hand: _AtHand) -> int:
    await hand.officials.administration.totp_reset(args.account, hand.by)
    print(f"{args.account} sets its second factor up at the next sign-in, if its roles need one.")
    return 0


async def _sign_out(args: Namespace, hand: _AtHand) -> int:
    ended = await hand.officials.administration.end(args.account, hand.by)
    print(f"Ended {ended} sign-ins of {args.account}.")
    return 0


async def _verify(args: Namespace, hand: _AtHand) -> int:
    async with hand.transactions.read() as session:
        found = await hand.officials.kept.audit.faults(session)
        last, hash = await hand.officials.kept.audit.last(session)
    for fault in found:
        print(f"entry {fault.seq} {fault.what}", file=sys.stderr)
    print(f"{last} entries, {len(found)} faults; the newest hash is {hash.hex()}")
    return 1 if found else 0


_PLAIN = (
    ("password", "give a one-time password, shown once", _password),
    ("disable", "let an account sign in no more", _disable),
    ("enable", "let it sign in again", _enable),
    ("totp-reset", "take the second factor away, for who lost the telephone", _totp_reset),
    ("sign-out", "end all sign-ins of an account", _sign_out),
)


def _show(password: str) -> None:
    print(f"One-time password, shown this once, good for 7 days: {password}")
    print("Hand it over face to face; at the first sign-in another one is set.")


def _line(one: Account) -> str:
    state = "disabled" if one.disabled_at else ("one-time password" if one.must_change else "open")
    seen = f"{here(one.seen_at):%Y-%m-%d %H:%M}" if one.seen_at else "never"
    factor = "second factor" if one.totp else "password alone"
    roles = ",".join(sorted(one.official.roles))
    return f"{one.name}  {state}  {factor}  seen {seen}  {one.official.unit or '-'}  {roles}  {one.official.name}"


def _account(raw: str) -> str:
    found = read_account(raw)
    if found is None:
        raise ArgumentTypeError("must be 3 to 64 small letters, digits, dots, - and _, beginning with a letter")
    return found
