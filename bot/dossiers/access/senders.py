"""Carries one-time codes to telephones by the SMS gateway; or, for development, codes and notices to the operator's own eyes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.dossiers.sms.gateway import Outcome, Sms, SmsGateway
from bot.dossiers.sms.length import one_sms, unaccented

SHOWN_DIGITS = 2
"""Of a telephone number, on the operator's own screen: fewer than any fact that is asked for."""


class CodesBySms:
    """See ``SendsCodes``."""

    def __init__(self, gateway: SmsGateway, text: Callable[[str], str], *, accents: bool = True) -> None:
        """Take the gateway, what gives the message for a code, and whether it may have accents."""
        self._gateway = gateway
        self._text = text
        self._accents = accents

    async def send(self, phone: str, code: str, key: str) -> bool:
        """See ``SendsCodes.send``."""
        text = self._text(code) if self._accents else unaccented(self._text(code))
        return await self._gateway.send(Sms(phone, text, key, code, harmless_twice=True)) is Outcome.TAKEN


class OperatorsEyes:
    """Writes codes, and the SMS of notices, where the operator of a development machine sees them; never on a server that citizens use."""

    def __init__(self, file: Path | None) -> None:
        """Take the file to append to; ``None`` for the console."""
        self._file = file

    async def send(self, phone: str, code: str, key: str) -> bool:
        """See ``SendsCodes.send``."""
        return self._show(f"one-time code {code} for the telephone that ends in {phone[-SHOWN_DIGITS:]}")

    @property
    def knows_keys(self) -> bool:
        """See ``ReachesOtherwise.knows_keys``: to see a line twice confuses no operator."""
        return True

    async def reach(self, phone: str, wordings: Sequence[str], key: str) -> Outcome:
        """See ``ReachesOtherwise.reach``."""
        text = one_sms(wordings, accents=True)
        shown = self._show(f"SMS for the telephone that ends in {phone[-SHOWN_DIGITS:]}: {text}")
        return Outcome.TAKEN if shown else Outcome.BUSY

    def _show(self, line: str) -> bool:
        """Write a line; tell whether that was possible."""
        if self._file is None:
            print(line, flush=True)
            return True
        try:
            with self._file.open("a", encoding="utf-8") as out:
                out.write(line + "\n")
        except OSError:
            return False
        return True
