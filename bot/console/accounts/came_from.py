"""From where a request comes: keys under which tries are counted, and words for the list of sign-ins."""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.channels.web.visitors import Visitors
from bot.console.accounts.delay import OF_ACCOUNT, OF_NETWORK
from bot.console.accounts.patience_store import Key
from bot.console.accounts.session_store import Place
from bot.keyed_hash import KeyedHash

DEVICES = 5
"""Accounts that one browser is known to."""
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_DEVICE = re.compile(r"[A-Za-z0-9_-]{22}\.[0-9a-f]{32}")


@dataclass(frozen=True)
class Came:
    """Who knocks, as far as it can be known before a sign-in."""

    place: Place
    source: str
    """Hash of the network; empty for unknown."""
    devices: Sequence[str]
    """Proofs of the browser that an account was signed in with it before."""


class Origins:
    """Reads it from requests."""

    def __init__(self, visitors: Visitors, hashes: KeyedHash) -> None:
        """Take what reads addresses, and the hashes of everything that is counted or proven."""
        self._visitors = visitors
        self._hashes = hashes

    def of(self, request: web.Request, devices: str) -> Came:
        """Return where a request comes from; ``devices`` is the cookie with the browser's proofs."""
        address = self._visitors.address(request)
        place = Place(shortened(address) if address else "máy này", browser(request.headers.get("User-Agent", "")))
        known = [one for one in devices.split("~")[:DEVICES] if _DEVICE.fullmatch(one)]
        return Came(place, self._visitors.source(request), known)

    def encrypted(self, request: web.Request) -> bool:
        """Tell whether the browser came by TLS."""
        return self._visitors.encrypted(request)

    def keys(self, came: Came, account: str) -> Sequence[Key]:
        """Return under which keys a try at an account is counted; the first one is the account's own.

        A browser in which this account was signed in before has a count of its own: whoever tries the account from
        elsewhere cannot keep its owner out.
        """
        device = next((one for one in came.devices if self._proven(one, account)), "")
        who = self._hashes.of("device", account, device) if device else self._hashes.of("account", account)
        return [(who, OF_ACCOUNT), *self.network(came)]

    def network(self, came: Came) -> Sequence[Key]:
        """Return under which key tries of a network are counted; empty where it is unknown."""
        return [(self._hashes.of("network", came.source), OF_NETWORK)] if came.source else []

    def knows(self, came: Came, account: str) -> bool:
        """Tell whether the browser proves that this account was signed in with it before."""
        return any(self._proven(one, account) for one in came.devices)

    def proofs(self, came: Came, account: str) -> str:
        """Return the cookie by which the browser is known to have signed an account in."""
        if self.knows(came, account):
            return "~".join(came.devices)
        id = secrets.token_urlsafe(16)
        return "~".join([f"{id}.{self._proof(id, account)}", *came.devices][:DEVICES])

    def _proven(self, device: str, account: str) -> bool:
        id, _, proof = device.partition(".")
        return hmac.compare_digest(proof, self._proof(id, account))

    def _proof(self, id: str, account: str) -> str:
        return self._hashes.of("proof", id, account).hex()[:32]


def shortened(address: str) -> str:
    """Return a network instead of an address: enough to know one's own office again."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = 24 if found.version == 4 else 56
    return str(ipaddress.ip_network((found, bits), strict=False))


def browser(agent: str) -> str:
    """Return the kind of browser and system that a request names."""
    kind = next((name for mark, name in _BROWSERS if mark in agent), "Trình duyệt khác")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{kind}, {system}" if system else kind
