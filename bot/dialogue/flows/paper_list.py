"""A personal checklist: two or three taps, then only the papers that apply, to tick off, print and take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from bot.channels.contract import Choice, Reply
from bot.dialogue.effects import KeepChecklist
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.ports import Catalogue
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.say_checklist import ChecklistVoice
from bot.dialogue.state import Option
from bot.dialogue.texts import Texts
from bot.resume.snapshot import Ticked
from nlu.answers.build import passport
from nlu.answers.checklist import Query, Wishes, cases_of, make_checklist, none_is_possible, queries_of
from nlu.catalogue.model import Detail, FilingWay, Procedure

LIST = "list"
TICK = "tick"
OPEN = "-"
"""Stands for an answer that the person left open."""
OF_LIST = ("documents", "form", "fee", "time")
"""Aspects that a checklist tells: with one of them switched off there is no whole list to make."""
MOST_CASES = 8
"""Cases offered at once; a procedure with more lists the papers of all."""
Address = Callable[[Ticked], str]
"""Gives the address of a checklist's page to print; empty where this server has no public address."""


@dataclass(frozen=True)
class Wanted:
    """A checklist as far as it was asked for."""

    code: str
    who: str = ""
    """``1`` for somebody else, ``0`` for oneself, ``-`` for open, empty for not asked yet."""
    case: str = ""
    """Number of the case, ``n`` for none of them, ``-`` for open."""
    way: str = ""

    @property
    def id(self) -> str:
        """The id of the button that asks for it."""
        return f"do:{LIST}:{self.code}:{self.who}:{self.case}:{self.way}".rstrip(":")

    @property
    def wishes(self) -> Wishes:
        """What was answered."""
        return Wishes(
            proxy={"1": True, "0": False}.get(self.who),
            case=-1 if self.case == "n" else int(self.case) if self.case.isdecimal() else None,
            way=FilingWay(self.way) if self.way in set(FilingWay) else None,
        )


def read_wanted(rest: str) -> Wanted | None:
    """Read what stands in a button; ``None`` when it names no procedure."""
    parts = [*rest.split(":"), "", "", ""][:4]
    return Wanted(*parts) if parts[0] else None


def asked_by(shown: Sequence[Option]) -> str | None:
    """Return what opens the checklist's question again whose answers are all that is shown; ``None`` for anything else."""
    answers = [read_wanted(one.id.removeprefix(f"do:{LIST}:")) for one in shown if one.id.startswith(f"do:{LIST}:")]
    if not answers or len(answers) != len(shown) or answers[0] is None:
        return None
    wanted = answers[0]
    asked = next((name for name in ("way", "case", "who") if getattr(wanted, name)), "")
    return replace(wanted, **{asked: ""}).id.removeprefix(f"do:{LIST}:") if asked else None


def begins_list(procedure: Procedure, texts: Texts) -> Choice | None:
    """Return the button that begins a procedure's checklist; none where one list of papers fits everybody."""
    asked = [query for query in queries_of(procedure) if query is not Query.WAY]
    if not asked or procedure.detail is not Detail.FULL:
        return None
    return Choice(Wanted(procedure.code).id, texts.render("utter_button_list"))


def paper_list(
    catalogue: Catalogue, address: Address, today: Callable[[], date], stale_after: int
) -> tuple[Flow, Flow]:
    """Return the flow that makes and shows a checklist, and the one that ticks a paper off."""
    lists = _Lists(catalogue, address, today, stale_after)
    return (
        Flow(name=LIST, title="utter_title_list", finish=lists.make, commands=("danhsach",), given=rest_given),
        Flow(name=TICK, title="utter_title_list", finish=lists.tick, given=rest_given),
    )


@dataclass(frozen=True)
class _Lists:
    """Makes, shows and ticks checklists."""

    catalogue: Catalogue
    address: Address
    today: Callable[[], date]
    stale_after: int

    async def make(self, at: Place, answers: Answers) -> End:
        """Ask what is still open, then show the list."""
        code = answers.get("rest") or (at.state.procedure if at.state.checklist is None else "")
        wanted = read_wanted(code)
        if wanted is None:
            known = at.state.checklist
            return (
                await self._show(at, known) if known else End((Reply(at.texts.render("utter_list_which")),), at.state)
            )
        procedure = await self.catalogue.get(wanted.code)
        if procedure is None:
            return _unknown(at, wanted.code)
        asked = None if procedure.withholds(*OF_LIST) else _question(at.texts, procedure, wanted)
        if asked is not None:
            return End((asked,), msgspec.structs.replace(at.state, procedure=procedure.code))
        earlier = at.state.checklist
        done = earlier.done if earlier is not None and earlier.procedure == procedure.code else ()
        return await self._show(at, Ticked(procedure=procedure.code, wishes=wanted.wishes, done=done))

    async def tick(self, at: Place, answers: Answers) -> End:
        """Tick a paper off, or take the tick back."""
        known, item = at.state.checklist, answers.get("rest", "")
        if known is None:
            return End((Reply(at.texts.render("utter_list_which")),), at.state)
        done = tuple(one for one in known.done if one != item) if item in known.done else (*known.done, item)
        return await self._show(at, msgspec.structs.replace(known, done=done))

    async def _show(self, at: Place, ticked: Ticked) -> End:
        procedure = await self.catalogue.get(ticked.procedure)
        if procedure is None:
            return _unknown(at, ticked.procedure)
        withheld = procedure.withholds(*OF_LIST)
        if withheld is not None:
            # With a part of it missing, a list would mislead.
            return End((AnswerVoice(at.texts).kept_back_whole(procedure, withheld),), at.state)
        checklist = make_checklist(procedure, ticked.wishes)
        known = {item.id for item in checklist.items}
        done = tuple(one for one in ticked.done if one in known)
        kept = msgspec.structs.replace(
            ticked, name=procedure.name, language=at.texts.language, done=done, fingerprint=checklist.fingerprint
        )
        source = passport(procedure, self.today(), self.stale_after)
        reply = ChecklistVoice(at.texts).reply(procedure, checklist, kept, self.address(kept), source)
        state = msgspec.structs.replace(at.state, procedure=procedure.code, checklist=kept)
        return End((reply,), state, (KeepChecklist(kept),))


def _unknown(at: Place, code: str) -> End:
    return End((Reply(at.texts.render("utter_unknown_code", code=code)),), at.state)


def _question(texts: Texts, procedure: Procedure, wanted: Wanted) -> Reply | None:
    """Return the next question, or nothing when all is answered."""
    asks = {Query.WHO: (wanted.who, _who), Query.CASE: (wanted.case, _case), Query.WAY: (wanted.way, _way)}
    for query in queries_of(procedure):
        answered, ask = asks[query]
        if not answered:
            return ask(texts, procedure, wanted)
    return None


def _who(texts: Texts, procedure: Procedure, wanted: Wanted) -> Reply:
    offers = (("0", "utter_list_self"), ("1", "utter_list_other"))
    choices = [Choice(_answered(wanted, who=value), texts.render(key)) for value, key in offers]
    return Reply(texts.render("utter_list_who", name=procedure.name), tuple(choices), replace=True)


def _case(texts: Texts, procedure: Procedure, wanted: Wanted) -> Reply:
    cases = cases_of(procedure)[:MOST_CASES]
    choices = [Choice(_answered(wanted, case=str(at)), case.title.rstrip(" :.")) for at, case in enumerate(cases)]
    if none_is_possible(procedure):
        choices.append(Choice(_answered(wanted, case="n"), texts.render("utter_list_no_case")))
    choices.append(Choice(_answered(wanted, case=OPEN), texts.render("utter_list_unsure")))
    return Reply(texts.render("utter_list_case"), tuple(choices), replace=True)


def _way(texts: Texts, procedure: Procedure, wanted: Wanted) -> Reply:
    ways = dict.fromkeys(method.way for method in procedure.methods)
    choices = [Choice(_answered(wanted, way=way.value), texts.render(f"utter_way_{way}")) for way in ways]
    choices.append(Choice(_answered(wanted, way=OPEN), texts.render("utter_list_unsure")))
    return Reply(texts.render("utter_list_way"), tuple(choices), replace=True)


def _answered(wanted: Wanted, who: str = "", case: str = "", way: str = "") -> str:
    return Wanted(wanted.code, who or wanted.who or OPEN, case or wanted.case, way or wanted.way).id
