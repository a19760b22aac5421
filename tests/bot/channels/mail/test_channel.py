"""The way out by e-mail, against a real SMTP server that answers as it is told."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.channels.contract import FileRef, Ref, Reply, SendStatus
from bot.channels.mail.channel import Enclosed, Encloses, MailChannel, open_mail
from bot.channels.mail.server import MailServer, read_mail_server

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
AGENCY = Ref("mail", "default", "tiepnhan@coquan.example")


@dataclass
class FakeMailbox:
    """Takes letters, and answers as it is told."""

    answer: str = "250 OK"
    recipient: str = "250 OK"
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content: Any = envelope.content
        letter = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return self.answer


@pytest.fixture
async def mailbox() -> AsyncIterator[tuple[FakeMailbox, MailServer]]:
    box = FakeMailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, loop=loop), "127.0.0.1", 0)
    async with server:
        yield box, MailServer("127.0.0.1", server.sockets[0].getsockname()[1], "smtp")


async def nothing(_: str) -> Enclosed | None:
    return None


def channel(server: MailServer, encloses: Encloses = nothing) -> MailChannel:
    return MailChannel(server, "motcua@tinh.example", lambda: NOW, encloses)


async def test_the_first_line_is_the_subject_and_the_rest_the_letter(mailbox: tuple[FakeMailbox, MailServer]) -> None:
    box, server = mailbox
    (call,) = channel(server).announce(AGENCY, Reply("**Phản ánh PA-7KQM-2XWP**\n\nHọ tên: Thử\nNội dung: chậm"), "k1")
    assert (await channel(server).send(call)).status is SendStatus.OK
    (letter,) = box.letters
    assert (letter["To"], letter["Subject"]) == ("tiepnhan@coquan.example", "Phản ánh PA-7KQM-2XWP")
    assert letter.get_content().split() == ["Họ", "tên:", "Thử", "Nội", "dung:", "chậm"]
    assert letter["Auto-Submitted"] == "auto-generated"


async def test_a_letter_sent_twice_has_one_id_and_another_one_another(mailbox: tuple[FakeMailbox, MailServer]) -> None:
    box, server = mailbox
    for key in ("k1", "k1", "k2"):
        (call,) = channel(server).announce(AGENCY, Reply("A\nB"), key)
        await channel(server).send(call)
    first, again, other = (letter["Message-ID"] for letter in box.letters)
    assert first == again != other


async def test_files_go_along_and_a_name_cannot_add_a_header(mailbox: tuple[FakeMailbox, MailServer]) -> None:
    box, server = mailbox

    async def encloses(file: str) -> Enclosed | None:
        return Enclosed("giấy\r\nBcc: x@y.z.pdf", "application/pdf", b"%PDF-") if file == "one" else None

    files = tuple(FileRef("", f"attachment:{name}", "") for name in ("one", "gone"))
    sending = channel(server, encloses=encloses)
    (call,) = sending.announce(AGENCY, Reply("A\nB", files=files), "k")
    assert (await sending.send(call)).status is SendStatus.OK
    (letter,) = box.letters
    (file,) = letter.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("application/pdf", "giấy Bcc: x@y.z.pdf")
    assert letter["Bcc"] is None


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"answer": "451 later"}, SendStatus.RETRY),
        ({"answer": "554 no"}, SendStatus.BUG),
        ({"recipient": "450 busy"}, SendStatus.RETRY),
        ({"recipient": "550 nobody here"}, SendStatus.BUG),
    ],
)
async def test_what_the_servers_answer_means(
    mailbox: tuple[FakeMailbox, MailServer], answers: dict[str, str], status: SendStatus
) -> None:
    box, server = mailbox
    for name, answer in answers.items():
        setattr(box, name, answer)
    (call,) = channel(server).render(AGENCY, Reply("A\nB"))
    sent = await channel(server).send(call)
    assert sent.status is status
    assert "coquan" not in sent.detail


async def test_what_is_no_address_is_given_up_rather_than_tried_for_ever(
    mailbox: tuple[FakeMailbox, MailServer],
) -> None:
    box, server = mailbox
    (call,) = channel(server).render(Ref("mail", "default", "a@b.example\nBcc: x@y.z"), Reply("A\nB"))
    sent = await channel(server).send(call)
    assert (sent.status, box.letters) == (SendStatus.BUG, [])
    assert "b.example" not in sent.detail


async def test_a_server_that_is_away_is_tried_again() -> None:
    async with open_mail(MailServer("127.0.0.1", 1, "smtp"), "a@b.example", lambda: NOW, nothing) as platform:
        (call,) = platform.channel.render(AGENCY, Reply("A\nB"))
        assert (await platform.channel.send(call)).status is SendStatus.RETRY


@pytest.mark.parametrize(
    ("raw", "server"),
    [
        ("smtps://u%40x:p%2Fq@mail.example", MailServer("mail.example", 465, "smtps", "u@x", "p/q")),
        ("smtp+starttls://u:p@mail.example:2525", MailServer("mail.example", 2525, "smtp+starttls", "u", "p")),
        ("smtp://127.0.0.1", MailServer("127.0.0.1", 25, "smtp")),
    ],
)
def test_the_server_is_one_address(raw: str, server: MailServer) -> None:
    assert read_mail_server(raw) == server


@pytest.mark.parametrize("raw", ["mail.example", "http://a", "smtps://", "smtp://u:secret@a", "smtps://a:x"])
def test_what_is_no_server_is_refused_without_repeating_it(raw: str) -> None:
    with pytest.raises(ValueError, match="smtps://") as refused:
        read_mail_server(raw)
    assert "secret" not in str(refused.value)
