"""A way out by e-mail, for forms that go to an agency's published address. Nothing ever comes in by it."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib
from aiohttp import web

from bot.channels.contract import (
    Caps,
    Inbound,
    Markup,
    NativeCall,
    Proactive,
    Ref,
    Reply,
    SendStatus,
    Sent,
    Template,
)
from bot.channels.mail.server import MailServer
from bot.channels.markup import to_plain
from bot.delivery.ports import Clock, Desk

NAME = "mail"
SEND = "send"
FILE = "attachment:"
"""Before the id of a file that goes along."""
SECONDS = 30.0
CAPS = Caps(
    max_text=1_000_000,
    max_buttons=0,
    title_max=100,
    payload_max_bytes=64,
    markup=Markup.NONE,
    edit=False,
    typing=False,
    proactive=Proactive.FREE,
    upload=True,
)


@dataclass(frozen=True)
class Enclosed:
    """A file that goes along."""

    name: str = field(repr=False)
    kind: str
    content: bytes = field(repr=False)


Encloses = Callable[[str], Awaitable[Enclosed | None]]
"""Returns a file by its id; ``None`` for one that is not there any more."""


class MailChannel:
    """A push channel whose conversations are e-mail addresses; the first line of a text is the subject."""

    name = NAME
    caps = CAPS

    def __init__(self, server: MailServer, sender: str, clock: Clock, encloses: Encloses) -> None:
        """Take the server, the address that letters come from, the clock, and what gives files."""
        self._server = server
        self._sender = sender
        self._clock = clock
        self._encloses = encloses

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Believe nothing: nobody writes to us here."""
        return False

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """Read nothing."""
        return []

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """See ``Channel.render``."""
        return self.announce(ref, reply, hashlib.sha256(reply.text.encode()).hexdigest()[:32])

    def announce(self, ref: Ref, reply: Reply, key: str, template: Template | None = None) -> Sequence[NativeCall]:
        """See ``Announces.announce``; a letter sent twice after a crash has one Message-ID, so that mailboxes keep one."""
        subject, _, body = to_plain(reply.text).partition("\n")
        files = [file.url.removeprefix(FILE) for file in reply.files if file.url.startswith(FILE)]
        letter = {"to": ref.conversation, "subject": subject.strip(), "body": body.strip() + "\n", "key": key}
        return [NativeCall(SEND, letter | {"files": files})]

    async def send(self, call: NativeCall) -> Sent:
        """See ``Channel.send``."""
        try:
            letter = await self._letter(call.body)
        except ValueError as error:
            # No address, for one. What it says may repeat one and is not kept.
            return Sent(SendStatus.BUG, detail=f"the letter cannot be written ({type(error).__name__})")
        server = self._server
        try:
            await aiosmtplib.send(
                letter,
                hostname=server.host,
                port=server.port,
                username=server.user or None,
                password=server.password or None,
                use_tls=server.tls == "smtps",
                start_tls=server.tls == "smtp+starttls",
                timeout=SECONDS,
            )
        except aiosmtplib.SMTPException as error:
            return _refused(error)
        except (TimeoutError, OSError, ValueError) as error:
            return Sent(SendStatus.RETRY, detail=type(error).__name__)
        return Sent(SendStatus.OK)

    async def _letter(self, body: Mapping[str, object]) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self._sender, str(body["to"])
        letter["Subject"] = " ".join(str(body["subject"]).split())
        letter["Date"] = format_datetime(self._clock())
        domain = self._sender.rpartition("@")[2]
        letter["Message-ID"] = f"<{hashlib.sha256(str(body['key']).encode()).hexdigest()[:40]}@{domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(str(body["body"]))
        files = body["files"]
        for file in files if isinstance(files, list | tuple) else ():
            enclosed = await self._encloses(str(file))
            if enclosed is not None:
                main, _, sub = enclosed.kind.partition("/")
                letter.add_attachment(
                    enclosed.content, maintype=main, subtype=sub, filename=" ".join(enclosed.name.split())
                )
        return letter


class MailPlatform:
    """The channel alone; see ``Platform``."""

    def __init__(self, channel: MailChannel) -> None:
        """Take the channel."""
        self.channel = channel

    def routes(self, desk: Desk) -> Sequence[web.RouteDef]:
        """Return none."""
        return ()

    async def keep(self) -> None:
        """Do nothing in the background."""


@contextlib.asynccontextmanager
async def open_mail(server: MailServer, sender: str, clock: Clock, encloses: Encloses) -> AsyncIterator[MailPlatform]:
    """Open the way out; each letter is its own connection, as few go."""
    yield MailPlatform(MailChannel(server, sender, clock, encloses))


def _refused(error: aiosmtplib.SMTPException) -> Sent:
    """Tell by the server's answer whether trying again may help; its words may repeat an address and are not kept."""
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return Sent(SendStatus.AUTH, detail="the server refuses the password")
    codes = [error.code] if isinstance(error, aiosmtplib.SMTPResponseException) else []
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        codes = [one.code for one in error.recipients]
    for_good = bool(codes) and all(500 <= code < 600 for code in codes)
    detail = f"{type(error).__name__} {' '.join(map(str, codes))}".strip()
    return Sent(SendStatus.BUG if for_good else SendStatus.RETRY, detail=detail)
