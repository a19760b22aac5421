"""Names the procedure of a dossier from the catalogue, where its source gave the code alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.dossiers.desk import Asker, Desk, Look, SeenEarlier, Tried
from nlu.catalogue.model import Procedure
from nlu.codes import parse_procedure_code


class FindsProcedures(Protocol):
    """The live catalogue."""

    async def get(self, code: str) -> Procedure | None:
        """Return one procedure."""
        ...


class NamingDesk:
    """A desk whose answers at level 1 name the procedure, as the source does or the catalogue. See ``Desk``."""

    def __init__(self, desk: Desk, catalogue: FindsProcedures) -> None:
        """Take the desk that decides, and the catalogue."""
        self._desk = desk
        self._catalogue = catalogue

    async def look(self, asker: Asker, code: str) -> Look:
        """See ``Desk.look``."""
        look = await self._desk.look(asker, code)
        if look.shown is None or not look.shown.procedure_code:
            return look
        written = parse_procedure_code(look.shown.procedure_code)
        for one in dict.fromkeys((look.shown.procedure_code, written.base if written else "")):
            procedure = await self._catalogue.get(one) if one else None
            if procedure is not None:
                name = look.shown.procedure_name or procedure.name
                return replace(look, shown=replace(look.shown, procedure_name=name), procedure=procedure.code)
        return look

    async def prove(self, asker: Asker, code: str, fact: str) -> Tried:
        """See ``Desk.prove``."""
        return await self._desk.prove(asker, code, fact)

    async def prove_by_contact(self, asker: Asker, phone: str, own: bool) -> Tried:
        """See ``Desk.prove_by_contact``."""
        return await self._desk.prove_by_contact(asker, phone, own)

    async def forget(self, asker: Asker) -> None:
        """See ``Desk.forget``."""
        await self._desk.forget(asker)

    async def seen(self, asker: Asker, code: str) -> Sequence[SeenEarlier] | None:
        """See ``Desk.seen``."""
        return await self._desk.seen(asker, code)
