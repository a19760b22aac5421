"""Signing in through the province's sign-on, with a provider that signs with real keys."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.console.accounts.oidc_settings import OidcSettings, read_oidc
from bot.console.roles import ConsoleRole
from bot.settings import Secret
from tests.bot.console.accounts.house import Surfer, World, surfer
from tests.fakes.oidc import FakeProvider, strange_key

AWAY = "không trả lời đúng"
BACK = "http://motcua.example/canbo/vao/chung/ve"


@pytest.fixture
async def provider(world: World) -> AsyncIterator[FakeProvider]:
    made = FakeProvider(world.clock)
    server = TestServer(made.app())
    await server.start_server()
    made.url = str(server.make_url("")).rstrip("/")
    yield made
    await server.close()


@pytest.fixture
async def binh(world: World, provider: FakeProvider) -> AsyncIterator[Surfer]:
    """A browser before a console that knows the provider; the account ``lan`` is linked to it."""
    settings = OidcSettings(issuer=provider.url, client_id="motcua", client_secret=Secret("s3cret"), title="SSO tỉnh")
    world.settings = replace(world.settings, oidc=settings, public_url="http://motcua.example")
    await world.account(ConsoleRole.RECEIVER)
    await world.officials.administration.link("lan", "079123", "test")
    opened = await surfer(world.app())
    yield opened
    await opened.client.close()


async def out(browser: Surfer, **fields: str) -> str:
    """Press the button; return the way to the provider."""
    await browser.get("/canbo/vao")
    assert "Đăng nhập bằng SSO tỉnh" in browser.text
    await browser.post("/canbo/vao/chung", **fields)
    found = re.search(r'href="(http[^"]+authorize[^"]+)"', browser.text)
    return html.unescape(found[1]) if found else ""


async def back(browser: Surfer, address: str) -> None:
    """Follow the provider's way back."""
    assert address.startswith(BACK)
    await browser.get(address.removeprefix("http://motcua.example"))


async def test_who_is_linked_comes_to_the_page_that_was_wanted(
    world: World, provider: FakeProvider, binh: Surfer
) -> None:
    await back(binh, provider.visit(await out(binh, tiep="/canbo/toi")))
    assert binh.path == "/canbo/toi"
    assert (await world.log())[-1] == ("lan", "sign_in", "lan")


async def test_a_second_factor_is_still_asked_for_unless_the_provider_does(
    world: World, provider: FakeProvider, binh: Surfer
) -> None:
    secret = await world.totp()
    await back(binh, provider.visit(await out(binh)))
    assert binh.path == "/canbo/vao/ma"
    await binh.post("/canbo/vao/ma", totp=world.code(secret))
    assert binh.path == "/canbo"
    world.settings = replace(world.settings, oidc=replace(world.settings.oidc, second_factor=True))
    other = await surfer(world.app())
    await back(other, provider.visit(await out(other)))
    assert other.path == "/canbo"
    await other.client.close()


@pytest.mark.parametrize("subject", ["079999", ""])
async def test_an_identity_without_an_account_makes_none(
    world: World, provider: FakeProvider, binh: Surfer, subject: str
) -> None:
    provider.subject = subject
    await back(binh, provider.visit(await out(binh)))
    assert "Đăng nhập" in binh.text
    assert binh.status in (403, 502)
    async with world.transactions.read() as session:
        assert len(await world.officials.kept.accounts.listed(session)) == 1


async def test_a_disabled_account_stays_out(world: World, provider: FakeProvider, binh: Surfer) -> None:
    await world.officials.administration.disable("lan", "test")
    await back(binh, provider.visit(await out(binh)))
    assert "chưa được nối" in binh.text


async def test_an_answer_is_taken_once_and_only_by_the_browser_that_asked(
    world: World, provider: FakeProvider, binh: Surfer
) -> None:
    answer = provider.visit(await out(binh))
    stranger = await surfer(world.app())
    await back(stranger, answer)
    assert "quá lâu hoặc bị ngắt" in stranger.text
    await stranger.client.close()
    mixed = answer.rsplit("state=", 1)[0] + "state=other"
    await back(binh, mixed)
    assert "quá lâu hoặc bị ngắt" in binh.text
    await back(binh, answer)
    assert binh.path != "/canbo"


async def test_the_provider_is_not_asked_without_end(world: World, provider: FakeProvider, binh: Surfer) -> None:
    await back(binh, provider.visit(await out(binh)))
    await binh.post("/canbo/ra")
    for _ in range(31):
        assert await out(binh)
    assert await out(binh) == ""
    assert binh.status == 429
    world.later(minutes=5)
    await back(binh, provider.visit(await out(binh)))
    assert binh.path == "/canbo"


async def test_an_answer_that_comes_too_late_is_none(world: World, provider: FakeProvider, binh: Surfer) -> None:
    answer = provider.visit(await out(binh))
    world.later(minutes=11)
    await back(binh, answer)
    assert "quá lâu hoặc bị ngắt" in binh.text


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["motcua", "another"], "azp": "another"},
        {"nonce": "other"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"sub": None},
        {"iat": 4_000_000_000},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_this_sign_in_is_not_believed(
    world: World, provider: FakeProvider, binh: Surfer, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    await back(binh, provider.visit(await out(binh)))
    assert AWAY in binh.text
    assert binh.status == 502


@pytest.mark.parametrize("harm", ["stranger", "hs256", "none"])
async def test_a_signature_of_somebody_else_is_not_believed(
    provider: FakeProvider, binh: Surfer, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if harm == "stranger":
        provider.key = strange_key()
    else:
        alg = "none" if harm == "none" else "HS256"
        made = FakeProvider._identity

        def unsigned(self: FakeProvider, asked: dict[str, str]) -> str:
            _, body, signature = made(self, asked).split(".")
            header = base64.urlsafe_b64encode(json.dumps({"alg": alg}).encode()).rstrip(b"=").decode()
            return f"{header}.{body}.{'' if alg == 'none' else signature}"

        monkeypatch.setattr(FakeProvider, "_identity", unsigned)
    await back(binh, provider.visit(await out(binh)))
    assert AWAY in binh.text


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
async def test_a_discovery_that_names_somebody_else_is_not_followed(
    provider: FakeProvider, binh: Surfer, about: dict[str, Any]
) -> None:
    provider.about = about
    assert await out(binh) == ""
    assert AWAY in binh.text


async def test_a_provider_that_is_away_leaves_the_password_door_open(
    world: World, provider: FakeProvider, binh: Surfer
) -> None:
    provider.about = {"token_endpoint": "http://127.0.0.1:1/token"}
    await back(binh, provider.visit(await out(binh)))
    assert AWAY in binh.text
    await binh.sign_in()
    assert binh.path == "/canbo"


async def test_what_was_typed_before_survives_the_way_through_the_provider(
    world: World, provider: FakeProvider, binh: Surfer
) -> None:
    await binh.post("/canbo/ghi", words="đang viết dở")
    kept = binh.hidden("kept")
    await binh.post("/canbo/vao/chung", kept=kept)
    found = re.search(r'href="(http[^"]+authorize[^"]+)"', binh.text)
    assert found
    await back(binh, provider.visit(html.unescape(found[1])))
    assert binh.path == "/canbo/gui-lai"
    assert "đang viết dở" in binh.text


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"MOTCUA_OIDC_ISSUER": "http://sso.example", "MOTCUA_OIDC_CLIENT_ID": "m"}, "https"),
        ({"MOTCUA_OIDC_ISSUER": "https://sso.example"}, "belong together"),
        ({"MOTCUA_OIDC_ISSUER": "https://sso.example", "MOTCUA_OIDC_CLIENT_ID": "m"}, "MOTCUA_PUBLIC_URL"),
        ({"MOTCUA_OIDC_SCOPES": "profile"}, "openid"),
        ({"MOTCUA_OIDC_CLAIM": "a b"}, "claim"),
    ],
)
def test_settings_that_cannot_be_are_named(given: dict[str, str], wrong: str) -> None:
    problems: list[str] = []
    read_oidc(given, problems)
    assert wrong in " ".join(problems)
