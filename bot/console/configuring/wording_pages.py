"""Lời của trợ lý: find a sentence, word it for the agency, and see it as each channel shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.configuration.fault_words import told
from bot.configuration.kinds import Kind, faults_of
from bot.configuration.store import ConfigurationStore, NewVersion
from bot.console.audit.entry import What
from bot.console.configuring.pages import HOLDS_SOON, LONGEST_WHY, PATH, Notes
from bot.console.configuring.wording import found_keys, previews, read_own, with_wording
from bot.console.done import go
from bot.console.frame import Frame
from bot.console.roles import ADMINISTRATORS, SUPERVISORS
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.dialogue.texts import Texts, fault_of, names_in

HERE = PATH + "/loi"
LANGUAGES = {"vi": "Tiếng Việt", "en": "Tiếng Anh"}


@dataclass(frozen=True)
class WordingPages:
    """The agency's own wording, sentence by sentence."""

    transactions: Transactions
    store: ConfigurationStore
    texts: Texts
    """The usual sentences."""
    frame: Frame
    notes: Notes

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = HERE + "/{key:utter_[a-z0-9_]{1,80}}"
        return [
            Route("GET", HERE, SUPERVISORS, self.all),
            Route("GET", one, SUPERVISORS, self.one),
            Route("POST", one, ADMINISTRATORS, self.set),
        ]

    async def all(self, visit: Visit) -> web.Response:
        """List the sentences in which some words stand."""
        body, _ = await self._own()
        own, words = read_own(body), visit.asked.get("tim", "").strip()[:100]
        keys = found_keys(self.texts, words) if words else sorted(own)
        found = [(key, own.get(key, {}).get("vi") or self.texts.sentences[key]["vi"]) for key in keys]
        return self.frame.respond(
            visit, "configuring_wording.html", found=found, words=words, own=own, path=PATH, here_path=HERE
        )

    async def one(self, visit: Visit) -> web.Response:
        """Show a sentence, the usual one and the agency's own, as each channel shows it."""
        own, number = await self._own()
        return self._show(visit, read_own(own).get(self._key(visit), {}), number, "", {}, looked=False)

    async def set(self, visit: Visit) -> web.StreamResponse:
        """Show the preview of a wording, or let it hold."""
        key, why = self._key(visit), visit.text("why")
        typed = {language: visit.text(language) for language in LANGUAGES}
        own, number = await self._own()
        wrong = self._wrong(key, typed)
        if visit.text("do") == "luu" and not wrong:
            wrong = {} if why and len(why) <= LONGEST_WHY else {"why": "Hãy ghi lý do đổi lời."}
        if wrong or visit.text("do") != "luu":
            return self._show(visit, typed, number, why, wrong, looked=True)
        body = with_wording(own, key, typed)
        whole = faults_of(Kind.TEXTS, body, self.texts) if body else ()
        if whole:
            # Otherwise the next start would leave all of them out.
            return self._show(
                visit, typed, number, why, {"why": " ".join(["Chưa lưu được, vì:", *map(told, whole)])}, looked=True
            )
        based_on = int(visit.text("based_on")) if visit.text("based_on").isdecimal() else -1
        new = NewVersion(Kind.TEXTS, body, f"{key}: {why}"[:LONGEST_WHY], visit.official.account, based_on)
        async with self.transactions.write() as session:
            saved = await self.store.add(session, new, visit.at)
        if saved is None:
            meanwhile = {"why": "Người khác vừa đổi lời khác. Hãy bấm lưu lần nữa để giữ cả hai."}
            return self._show(visit, typed, number, why, meanwhile, looked=True)
        await self.notes(visit.official, What.WORDING_SET, f"{key}:{saved}", why, visit.at)
        return go(f"{HERE}/{key}", HOLDS_SOON)

    async def _own(self) -> tuple[str, int]:
        async with self.transactions.read() as session:
            newest = (await self.store.newest(session)).get(Kind.TEXTS)
        return (newest.body, newest.id) if newest is not None else ("", 0)

    def _key(self, visit: Visit) -> str:
        key = visit.part["key"]
        if key not in self.texts.sentences:
            raise Refused("Trợ lý không có câu này.", 404)
        return key

    def _wrong(self, key: str, typed: Mapping[str, str]) -> dict[str, str]:
        usual = self.texts.sentences[key]
        found = {
            language: fault_of(usual.get(language) or usual["vi"], text) for language, text in typed.items() if text
        }
        return {language: told(fault) for language, fault in found.items() if fault}

    def _show(
        self,
        visit: Visit,
        own: Mapping[str, str],
        number: int,
        why: str,
        wrong: Mapping[str, str],
        *,
        looked: bool,
    ) -> web.Response:
        key = visit.part["key"]
        usual = self.texts.sentences[key]
        shown = {language: own.get(language) or usual.get(language) or usual["vi"] for language in LANGUAGES}
        return self.frame.respond(
            visit,
            "configuring_sentence.html",
            422 if wrong else 200,
            key=key,
            usual=usual,
            own=own,
            names=sorted(names_in(usual["vi"])),
            previews={language: previews(text) for language, text in shown.items()},
            languages=LANGUAGES,
            number=number,
            why=why,
            wrong=wrong,
            looked=looked,
            may_set=visit.official.has(ADMINISTRATORS),
            longest=LONGEST_WHY,
            path=PATH,
            here_path=HERE,
        )
