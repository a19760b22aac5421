"""``motcua zalo``: the Official Account's tokens and signatures, the Zalo Bot's webhook. Secrets are never printed."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import load_house_texts, project_root
from bot.channels.untyped import identifier
from bot.channels.zalo_bot.build import WEBHOOK, open_zalo_bot
from bot.channels.zalo_bot.settings import zalo_bot_settings
from bot.channels.zalo_oa.build import ZaloOa, open_zalo_oa
from bot.channels.zalo_oa.oauth import LIFETIME
from bot.channels.zalo_oa.settings import ZaloOaSettings, zalo_oa_settings
from bot.channels.zalo_oa.signature import SIGNATURE_HEADER, TIME_HEADER, VARIANTS, matching
from bot.channels.zalo_oa.store import Pair
from bot.delivery.cipher import AesGcmCipher
from bot.errors import BotError
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine

ENDINGS = (("", b""), (" with a line feed at its end", b"\n"), (" with CR LF at its end", b"\r\n"))
"""What a terminal or an editor may have taken from the end of a pasted body."""


class ZaloCommandError(BotError):
    """What was asked of the Official Account cannot be done."""


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``zalo`` with its actions."""
    parser = subparsers.add_parser("zalo", help="set up the Zalo Official Account and the Zalo Bot")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    one = actions.add_parser("tokens", help="store a pair from the console's API Explorer, read from standard input")
    one.add_argument("--unchecked", action="store_true", help="do not ask Zalo first whose tokens they are")
    one.set_defaults(action=_tokens)
    one = actions.add_parser("status", help="tell how old the tokens are, and whether Zalo takes them")
    one.set_defaults(action=_status)
    one = actions.add_parser("verify-signature", help="tell in which way a request of Zalo is signed")
    one.add_argument("--signature", required=True, help=f"the header {SIGNATURE_HEADER}, such as mac=…")
    one.add_argument("--timestamp", default="", help=f"the header {TIME_HEADER}, if there is one")
    one.add_argument("body", help="file with the request's body, byte by byte; - for standard input")
    one.set_defaults(action=_verify)
    one = actions.add_parser("bot-webhook", help="tell Zalo where the Zalo Bot's webhook is")
    one.add_argument("address", help="our public address, such as https://motcua.example.vn; - to switch it off")
    one.set_defaults(action=None)
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    if args.action is None:
        return await _bot_webhook(args.address, settings)
    account = zalo_oa_settings(settings)
    if account is None:
        raise ZaloCommandError(
            "the Zalo Official Account is off; set MOTCUA_ZALO_OA_APP_ID, MOTCUA_ZALO_OA_ID and MOTCUA_ZALO_OA_APP_SECRET"
        )
    action: Callable[[Namespace, Settings, ZaloOaSettings], Awaitable[int]] = args.action
    return await action(args, settings, account)


async def _bot_webhook(address: str, settings: Settings) -> int:
    bot = zalo_bot_settings(settings)
    if bot is None or not bot.secret:
        raise ZaloCommandError("the Zalo Bot is off; set MOTCUA_ZALO_BOT_TOKEN and MOTCUA_ZALO_BOT_SECRET")
    async with open_zalo_bot(bot, lambda: datetime.now(UTC)) as opened:
        if address == "-":
            answer = await opened.client.call("deleteWebhook", {})
        else:
            body = {"url": address.rstrip("/") + WEBHOOK, "secret_token": bot.secret}
            answer = await opened.client.call("setWebhook", body)
    if not answer.ok:
        raise ZaloCommandError(f"Zalo refused: {answer.code} {answer.description}".rstrip())
    print("The webhook is off." if address == "-" else f"Zalo posts to {address.rstrip('/')}{WEBHOOK} from now on.")
    return 0


async def _verify(args: Namespace, settings: Settings, account: ZaloOaSettings) -> int:
    try:
        body = sys.stdin.buffer.read() if args.body == "-" else Path(args.body).read_bytes()
    except OSError as error:
        raise ZaloCommandError(f"{args.body} cannot be read: {error.strerror}") from error
    headers = {SIGNATURE_HEADER: args.signature, TIME_HEADER: args.timestamp}
    stripped = body.rstrip(b"\r\n")
    tried = [("", body), *((told, stripped + ending) for told, ending in ENDINGS if stripped + ending != body)]
    for told, raw in tried:
        match = matching(account.keys, VARIANTS, headers, raw)
        if match is not None:
            print(f"genuine: signed as {match.variant}{f', the body taken{told}' if told else ''}")
            believed = match.variant in account.variants
            print(
                f"MOTCUA_ZALO_OA_SIGNATURE={match.variant} accepts this way alone"
                + ("" if believed else "; at present it is not accepted")
            )
            return 0
    missing = "" if account.oa_key else " (MOTCUA_ZALO_OA_SECRET_KEY is not set: four of them could not be tried)"
    print(f"not genuine: none of the {len(VARIANTS)} ways fits{missing}", file=sys.stderr)
    print("Is the body exact, byte by byte, and are both secrets those of this app and account?", file=sys.stderr)
    return 1


async def _tokens(args: Namespace, settings: Settings, account: ZaloOaSettings) -> int:
    access, refresh = _asked("Access token"), _asked("Refresh token")
    if not access or not refresh:
        raise ZaloCommandError("two lines are needed on standard input: the access token, then the refresh token")

    async def store(oa: ZaloOa) -> int:
        if not args.unchecked:
            await _check(oa, access, account.oa_id)
        kept = await oa.tokens.take(Pair(access, refresh, datetime.now(UTC) + timedelta(seconds=LIFETIME)))
        print(f"Stored, sealed, as version {kept.version}; from now on the assistant renews them by itself.")
        return 0

    return await _with_account(settings, account, store)


async def _status(args: Namespace, settings: Settings, account: ZaloOaSettings) -> int:
    async def tell(oa: ZaloOa) -> int:
        kept = await oa.tokens.stored()
        print(f"version {kept.version}, obtained {kept.obtained_at:%Y-%m-%d %H:%M} UTC")
        print(f"the access token is good until {kept.pair.expires_at:%Y-%m-%d %H:%M} UTC")
        if kept.failed_at is not None:
            print(f"renewing failed at {kept.failed_at:%Y-%m-%d %H:%M} UTC: {kept.failure}")
        await _check(oa, kept.pair.access, account.oa_id)
        print("Zalo takes it.")
        return 0

    return await _with_account(settings, account, tell)


async def _check(oa: ZaloOa, access: str, oa_id: str) -> None:
    """Ask Zalo whose token it is."""
    answer = await oa.client.account(access)
    if not answer.ok:
        raise ZaloCommandError(f"Zalo does not take the access token: error {answer.code} {answer.message}".rstrip())
    if identifier(answer.data.get("oaid")) != oa_id:
        raise ZaloCommandError("the tokens belong to another Official Account than MOTCUA_ZALO_OA_ID")


async def _with_account(settings: Settings, account: ZaloOaSettings, do: Callable[[ZaloOa], Awaitable[int]]) -> int:
    _, encryption_key = settings.require_keys()
    work = UnitOfWork(open_engine(settings.database_url))
    texts = load_house_texts(project_root())
    cipher = AesGcmCipher(encryption_key.reveal())
    try:
        async with open_zalo_oa(account, texts, cipher, work, lambda: datetime.now(UTC)) as oa:
            return await do(oa)
    finally:
        await work.close()


def _asked(name: str) -> str:
    """Return one secret: typed without an echo, or the next line of what is piped in."""
    return (getpass.getpass(f"{name}: ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
