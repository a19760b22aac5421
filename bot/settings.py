"""Reads the settings from the environment and ``var/secrets.env``; nothing else in the project reads either."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.console.accounts.oidc_settings import OidcSettings, read_oidc
from bot.console.settings import ConsoleSettings, read_console
from bot.dossiers.access.settings import AccessSettings, read_access
from bot.dossiers.sources.settings import SourceSettings, read_sources_settings
from bot.errors import BotError
from bot.feedback.settings import FeedbackSettings, read_feedback
from bot.postal.settings import PostalSettings, read_postal
from bot.secret import Secret as Secret

SECRETS_FILE = Path("var/secrets.env")
"""Made once by ``make run``, mode 0600, relative to the working directory."""

MIN_KEY_LENGTH = 32
"""Characters of a secret key; shorter ones can be guessed."""


class SettingsError(BotError):
    """Settings are missing or cannot be read; the message names all of them at once, never a secret's value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("settings: " + "; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Settings:
    """Everything that can be set from outside; each field's variable is ``MOTCUA_`` and its name in capitals."""

    database_url: str = "sqlite+aiosqlite:///var/motcua.sqlite3"
    """SQLAlchemy URL; may hold a password, so it is not printed."""
    host: str = "127.0.0.1"
    """Address on which ``serve`` listens."""
    port: int = 8080
    """Port on which ``serve`` listens."""
    signing_key: Secret | None = None
    """Signs cookies and links; ``serve`` needs it."""
    encryption_key: Secret | None = None
    """Encrypts what citizens entrust to the assistant; ``serve`` needs it."""
    encryption_key_before: Secret | None = None
    """The one that it replaced: opens what is not sealed anew yet (``motcua keys reseal``)."""
    rasa_url: str = "http://127.0.0.1:5005"
    """Where the Rasa NLU server answers."""
    internal_key: Secret | None = None
    """Shared key of the private routes; without it they answer to the loopback address alone."""
    stale_after_days: int = 365
    """Age in days from which an answer says that its source is old."""
    review_days: int = 180
    """Days after which a question of the review list is deleted when nobody asked it again; accepted ones stay."""
    message_days: int = 30
    """Days after which the words of a message that was answered, delivered or given up are deleted."""
    waiting_days: int = 30
    """Days after which a message that still waits, for its turn or to be sent, is given up and its words deleted."""
    lease_seconds: float = 10.0
    """How long a process that shares a PostgreSQL database may be silent before others take its work over."""
    send_attempts: int = 20
    """How often a message is handed to its platform before it is given up (``motcua outbox``)."""
    send_side_by_side: int = 16
    """Messages handed to one platform at once; a crash sends at most so many twice, 1 is slow and strict."""
    send_rates: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    """Calls and seconds that a platform allows one of our accounts, by channel; what is not named keeps its own."""
    trust_proxy: bool = False
    """Whether a proxy of ours sets ``X-Forwarded-Proto`` and ``X-Forwarded-For``; needed for Secure cookies behind TLS."""
    staff_pause_minutes: int = 30
    """Minutes for which the assistant says nothing after a person of the agency wrote in a conversation."""
    office_file: Path | None = None
    """YAML file with the hours and telephone of those who answer when a citizen wants a person."""
    texts_file: Path | None = None
    """YAML file with the agency's own wording of sentences, by key and language (docs/console.md)."""
    handover_chats: tuple[tuple[str, str], ...] = ()
    """Chats of officials, as channel and the channel's id, that are told when a citizen waits for a person."""
    handover_webhook: Secret | None = None
    """Address of the officials' own desk that is told the same; it may hold a secret, so it is never printed."""
    working_time_files: tuple[Path, ...] = ()
    """YAML files of provinces with days off, office hours or deadlines of their own, one for each (docs/working-time.md)."""
    checklist_days: int = 365
    """Days after which a personal checklist is deleted when nobody touched it."""
    dossier_samples: bool = True
    """Whether ``serve --init`` loads sample dossiers into a database without any."""
    dossier_contact_days: int = 90
    """Days after a dossier's end after which its owner's name and numbers are blanked."""
    dossier_days: int = 365
    """Days after a dossier's end, or since a source last spoke of it, after which it is deleted."""
    trace: bool = False
    """Whether replies may carry intent, candidates and timings."""
    zalo_oa_app_id: str = ""
    """Zalo app that the Official Account has granted; with the id and the app secret it switches the channel on."""
    zalo_oa_id: str = ""
    """Id of the Official Account."""
    zalo_oa_app_secret: Secret | None = None
    """Secret of the app: renews tokens, and may sign webhooks."""
    zalo_oa_secret_key: Secret | None = None
    """OA secret key from the console's webhook page; signs webhooks."""
    zalo_oa_signature: str = "any"
    """Ways of signing that are believed: ``any``, or such as ``oa_key+body+app_id`` between commas."""
    zalo_oa_refused_status: int = 403
    """HTTP status for a webhook request that is not genuine: 403, 401 or 200."""
    zalo_oa_appsecret_proof: bool = False
    """Whether calls carry ``appsecret_proof``, as an app setting of Zalo may demand."""
    zalo_oa_paid: bool = False
    """Whether a notice may be a billed consultation message (48 hours to 7 days after the person's last word)."""
    zalo_oa_templates: Mapping[str, str] = field(default_factory=dict)
    """Ids of the approved templates by kind of notice, for notices outside the window."""
    zalo_oa_code_verifier: Secret | None = None
    """Fits the console's fixed ``code_challenge``; opens the authorisation callback ``/zalo/oa/callback``."""
    zalo_oa_contact_image: str = ""
    """Address of the picture above the form that asks for a telephone number."""
    zalo_oa_base_url: str = ""
    """Where Zalo answers, when it is not Zalo itself but a test server."""
    zalo_bot_token: Secret | None = None
    """Token of a Zalo Bot (id:secret); switches that channel on."""
    zalo_bot_secret: Secret | None = None
    """Sent by Zalo with every webhook request of the bot."""
    zalo_bot_polling: bool = False
    """Whether the bot's updates are fetched instead, for development."""
    zalo_bot_base_url: str = ""
    """Where the bot's API answers, when it is not Zalo itself but a test server."""

    public_url: str = ""
    """Address at which citizens reach this server (``https://…``); QR codes, links and webhooks hold it."""
    telegram_name: str = ""
    """User name of the Telegram bot, without @; its door on the pages of QR codes."""

    telegram_token: Secret | None = None
    """The bot's token from @BotFather; without it there is no Telegram."""
    telegram_secret: Secret | None = None
    """What Telegram puts into its requests to prove itself; derived from the signing key when absent."""
    telegram_api: str = "https://api.telegram.org"
    """Address of the Bot API; another one for tests, or a Bot API server of one's own."""

    dossier_access: AccessSettings = field(default_factory=AccessSettings)
    """Who may be told what of a dossier: the group ``MOTCUA_DOSSIER_…``."""
    dossier_sources: SourceSettings = field(default_factory=SourceSettings)
    """Where dossiers are looked up and how people are told that they moved: the group ``MOTCUA_DOSSIER_…``."""

    feedback: FeedbackSettings = field(default_factory=FeedbackSettings)
    """Where feedback goes: the group ``MOTCUA_FEEDBACK_…``."""
    postal: PostalSettings = field(default_factory=PostalSettings)
    """What the agency says of the public postal service: the group ``MOTCUA_POSTAL_…``."""

    console: ConsoleSettings = field(default_factory=ConsoleSettings)
    """Officials' sign-ins: the group ``MOTCUA_CONSOLE_…``."""

    oidc: OidcSettings = field(default_factory=OidcSettings)
    """The province's sign-on for officials: the group ``MOTCUA_OIDC_…``."""

    def __repr__(self) -> str:
        shown = ((f.name, getattr(self, f.name)) for f in fields(self) if f.name != "database_url")
        return f"Settings({', '.join(f'{name}={value!r}' for name, value in shown)})"

    def require_keys(self) -> tuple[Secret, Secret]:
        """Return the signing key, and the encryption key with the one before it on a second line.

        Raises:
            SettingsError: when one is missing or too short; both are named at once.
        """
        needed = ["signing_key", "encryption_key", *(["encryption_key_before"] if self.encryption_key_before else [])]
        problems = [
            f"MOTCUA_{name.upper()} is {problem}; `make run` writes both to {SECRETS_FILE}"
            for name in needed
            if (problem := _key_problem(getattr(self, name)))
        ]
        if problems or self.signing_key is None or self.encryption_key is None:
            raise SettingsError(problems)
        before = f"\n{self.encryption_key_before.reveal()}" if self.encryption_key_before else ""
        return self.signing_key, Secret(self.encryption_key.reveal() + before)


def load_settings(environment: Mapping[str, str], secrets_file: Path = SECRETS_FILE) -> Settings:
    """Read the settings; the environment goes before the secrets file.

    Args:
        environment: normally ``os.environ``.
        secrets_file: lines ``MOTCUA_NAME=value``; it may be absent.

    Raises:
        SettingsError: with every setting that cannot be read.
    """
    problems: list[str] = []
    given = {**_read_secrets(secrets_file, problems), **environment}
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        raw = given.get(f"MOTCUA_{name.upper()}", "").strip()
        if not raw:
            continue
        try:
            found[name] = read(raw)
        except ValueError as error:
            problems.append(f"MOTCUA_{name.upper()} {error}")
    found["dossier_access"] = read_access(given, problems)
    found["dossier_sources"] = read_sources_settings(given, problems)
    found["feedback"] = read_feedback(given, problems)
    found["postal"] = read_postal(given, problems)
    found["console"] = read_console(given, problems)
    found["oidc"] = read_oidc(given, problems)
    if problems:
        raise SettingsError(problems)
    return Settings(**found)


def _read_secrets(path: Path, problems: list[str]) -> dict[str, str]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        problems.append(f"{path} cannot be read; it must be a text file that belongs to you")
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip().removeprefix("export ")
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator:
            problems.append(f"{path} line {number} is not NAME=value")
            continue
        found[name.strip()] = value.strip().strip("\"'")
    return found


def _key_problem(key: Secret | None) -> str:
    if key is None:
        return "missing"
    return "" if len(key.reveal()) >= MIN_KEY_LENGTH else f"shorter than {MIN_KEY_LENGTH} characters"


def _port(raw: str) -> int:
    number = int(raw) if raw.isdecimal() else -1
    if not 0 <= number <= 65535:
        raise ValueError("must be a port number between 0 and 65535")
    return number


def _refusal(raw: str) -> int:
    if raw not in ("200", "401", "403"):
        raise ValueError("must be 403, 401 or 200")
    return int(raw)


def _days(raw: str) -> int:
    if not raw.isdecimal() or int(raw) == 0:
        raise ValueError("must be a number of days, at least 1")
    return int(raw)


def _files(raw: str) -> tuple[Path, ...]:
    return tuple(Path(one.strip()) for one in raw.split(",") if one.strip())


def _minutes(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 1440:
        raise ValueError("must be a number of minutes between 1 and 1440")
    return int(raw)


def _seconds(raw: str) -> float:
    try:
        seconds = float(raw)
    except ValueError:
        seconds = 0.0
    if not 0.5 <= seconds <= 600:
        raise ValueError("must be a number of seconds from 0.5 to 600")
    return seconds


def _count(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 100:
        raise ValueError("must be a number from 1 to 100")
    return int(raw)


def _rates(raw: str) -> Mapping[str, tuple[int, float]]:
    found = {}
    for one in raw.replace(",", " ").split():
        matched = re.fullmatch(r"([a-z_]+)=(\d{1,7})/(\d{1,5}(?:\.\d+)?)", one)
        if matched is None or not int(matched[2]) or not float(matched[3]):
            raise ValueError("must be like telegram=30/1,zalo_oa=4000/60: calls per seconds of each channel")
        found[matched[1]] = (int(matched[2]), float(matched[3]))
    return found


def _templates(raw: str) -> Mapping[str, str]:
    found = [re.fullmatch(r"([a-z][a-z0-9_]*)=([A-Za-z0-9_-]{1,64})", one) for one in raw.replace(",", " ").split()]
    if not all(found):
        raise ValueError("must be like checklist=123456,dossier_done=234567: an approved template's id for each kind")
    return {one[1]: one[2] for one in found if one}


def _flag(raw: str) -> bool:
    if raw.lower() in ("1", "true", "yes", "on"):
        return True
    if raw.lower() in ("0", "false", "no", "off"):
        return False
    raise ValueError("must be 1 or 0")


def _web_address(raw: str) -> str:
    if not raw.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    return raw.rstrip("/")


def _secret_address(raw: str) -> Secret:
    return Secret(_web_address(raw))


def _chats(raw: str) -> tuple[tuple[str, str], ...]:
    found = []
    for one in raw.replace(",", " ").split():
        matched = re.fullmatch(r"(telegram|zalo_oa|zalo_bot):(-?[A-Za-z0-9_.]{1,120})", one)
        if matched is None:
            raise ValueError("must be like telegram:-100123456,zalo_bot:abc123: channels with chats of officials")
        found.append((matched[1], matched[2]))
    return tuple(found)


def _name(raw: str) -> str:
    plain = raw.removeprefix("@")
    if not plain.isascii() or not plain.replace("_", "").isalnum():
        raise ValueError("must consist of letters, digits and _")
    return plain


def _telegram_token(raw: str) -> Secret:
    if re.fullmatch(r"[0-9]{3,20}:[A-Za-z0-9_-]{3,128}", raw) is None:
        raise ValueError("is not a bot token; @BotFather gives out 123456789:AbC…")
    return Secret(raw)


def _telegram_secret(raw: str) -> Secret:
    if re.fullmatch(r"[A-Za-z0-9_-]{16,256}", raw) is None:
        raise ValueError("must be 16 to 256 letters, digits, _ and -")
    return Secret(raw)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "database_url": str,
    "host": str,
    "port": _port,
    "signing_key": Secret,
    "encryption_key": Secret,
    "encryption_key_before": Secret,
    "rasa_url": _web_address,
    "internal_key": Secret,
    "stale_after_days": _days,
    "review_days": _days,
    "message_days": _days,
    "waiting_days": _days,
    "lease_seconds": _seconds,
    "send_attempts": _count,
    "send_side_by_side": _count,
    "send_rates": _rates,
    "trust_proxy": _flag,
    "staff_pause_minutes": _minutes,
    "office_file": Path,
    "texts_file": Path,
    "handover_chats": _chats,
    "handover_webhook": _secret_address,
    "working_time_files": _files,
    "checklist_days": _days,
    "dossier_samples": _flag,
    "dossier_contact_days": _days,
    "dossier_days": _days,
    "trace": _flag,
    "public_url": _web_address,
    "telegram_name": _name,
    "zalo_oa_app_id": str,
    "zalo_oa_id": _name,
    "zalo_oa_app_secret": Secret,
    "zalo_oa_secret_key": Secret,
    "zalo_oa_signature": str,
    "zalo_oa_refused_status": _refusal,
    "zalo_oa_appsecret_proof": _flag,
    "zalo_oa_paid": _flag,
    "zalo_oa_templates": _templates,
    "zalo_oa_code_verifier": Secret,
    "zalo_oa_contact_image": _web_address,
    "zalo_oa_base_url": _web_address,
    "zalo_bot_token": Secret,
    "zalo_bot_secret": Secret,
    "zalo_bot_polling": _flag,
    "zalo_bot_base_url": _web_address,
    "telegram_token": _telegram_token,
    "telegram_secret": _telegram_secret,
    "telegram_api": _web_address,
}
