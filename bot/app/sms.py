"""Messages to telephones: one gateway by the settings, for one-time codes and for notices that did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.dialogue.texts import Texts
from bot.dossiers.access.senders import CodesBySms, OperatorsEyes
from bot.dossiers.access.settings import CONSOLE, AccessSettings
from bot.dossiers.ports import SendsCodes
from bot.dossiers.sms.gateway import Gateway, SmsGateway
from bot.dossiers.sms.notices import NoticesBySms
from bot.dossiers.watching.ports import ReachesOtherwise
from bot.keyed_hash import KeyedHash
from bot.settings import Settings

KEY_LENGTH = 32


def make_sender(given: AccessSettings, texts: Texts) -> SendsCodes | None:
    """Return what carries one-time codes; ``None`` when nothing is set up for it."""
    gateway = _gateway(given)
    if gateway is None:
        return _eyes(given)
    return CodesBySms(gateway, lambda code: texts.render("utter_proof_sms", code=code), accents=given.sms_accents)


def make_notice_sender(given: AccessSettings) -> ReachesOtherwise | None:
    """Return what carries notices that did not arrive; ``None`` when nothing is set up for it."""
    if not given.sms_notices:
        return None
    gateway = _gateway(given)
    return _eyes(given) if gateway is None else NoticesBySms(gateway, accents=given.sms_accents)


def message_keys(settings: Settings) -> Callable[[str], str]:
    """Return what makes the gateway's key of a notice's own: another house at the same gateway has notices of the same number."""
    signing_key, _ = settings.require_keys()
    hashed = KeyedHash("messages by SMS", signing_key.reveal())
    return lambda key: hashed.of(key).hex()[:KEY_LENGTH]


def _eyes(given: AccessSettings) -> OperatorsEyes | None:
    if not given.codes_to:
        return None
    return OperatorsEyes(None if given.codes_to == CONSOLE else Path(given.codes_to))


def _gateway(given: AccessSettings) -> SmsGateway | None:
    if given.codes_to or not given.sms_url:
        return None
    secret = given.sms_secret.reveal() if given.sms_secret else ""
    method, headers, body = given.sms_method, given.sms_headers, given.sms_body
    return SmsGateway(Gateway(given.sms_url, method, headers, body, secret, given.sms_good, given.sms_seconds))
