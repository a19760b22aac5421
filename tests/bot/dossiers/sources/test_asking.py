"""One request: who is on the other side is checked, and nothing secret gets into an error."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.dossiers.ports import SourceDownError
from bot.dossiers.sources.asking import AiohttpHttp, Asking
from bot.dossiers.sources.errors import PassingError


def self_made(folder: Path) -> ssl.SSLContext:
    """Return a server's context with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    builder = builder.add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
    )
    certificate = builder.sign(key, hashes.SHA256())
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    reached = []

    async def answer(request: web.Request) -> web.Response:
        reached.append(request)
        return web.json_response({})

    app = web.Application()
    app.router.add_get("/", answer)
    server = TestServer(app, scheme="https")
    await server.start_server(ssl=self_made(tmp_path))
    async with aiohttp.ClientSession() as session:
        with pytest.raises(SourceDownError, match="certificate"):
            await AiohttpHttp(session, 5, 1024).ask(Asking("GET", str(server.make_url("/"))))
    await server.close()
    assert reached == []


async def test_a_header_that_cannot_be_sent_gives_nothing_away() -> None:
    async with aiohttp.ClientSession() as session:
        asking = Asking("GET", "http://127.0.0.1:9/secret-path", headers={"Authorization": "hunter2\r\nX: y"})
        with pytest.raises(PassingError) as caught:
            await AiohttpHttp(session, 5, 1024).ask(asking)
    assert "hunter2" not in str(caught.value) + repr(asking)
    assert caught.value.__cause__ is None


async def test_nobody_there_is_a_fault_that_passes() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(PassingError):
            await AiohttpHttp(session, 5, 1024).ask(Asking("GET", "http://127.0.0.1:9/"))
