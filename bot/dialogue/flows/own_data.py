"""/dulieucuatoi and /xoadulieu: shows what is kept about a person, and deletes it after a yes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.channels.contract import Choice, Inbound, Reply
from bot.dialogue.effects import EraseEverything
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step
from bot.dialogue.flows.data_request import NAME as REQUEST
from bot.dialogue.flows.data_request import request_choice, said_kind
from bot.dialogue.ports import Holdings
from bot.dialogue.state import ConversationState, FlowState
from bot.privacy.held import Held
from nlu.text import fold, normalise
from nlu.understanding import Intent

_YES = frozenset({"xoa", "xoa di", "xoa het", "co", "dong y", "vang", "da", "ok", "yes", "delete", "dong y xoa"})
_NO = frozenset({"khong", "khong xoa", "no", "giu lai", "khong dong y"})


def _yes_or_no(inbound: Inbound) -> str | None:
    said = fold(normalise(inbound.text)).strip(" .,!?")
    said = said.removesuffix(" a").removesuffix(" nhe")
    return "yes" if said in _YES else "no" if said in _NO else None


_SURE = Step(
    "sure",
    asks="utter_data_sure",
    reads=_yes_or_no,
    offers=(Offer("yes", "utter_button_erase_yes"), Offer("no", "utter_button_erase_no")),
    cancel=False,
)


def own_data(holdings: Holdings) -> tuple[Flow, Flow]:
    """Return the flow that shows and the one that deletes."""

    async def show(at: Place, answers: Answers) -> End:
        if kind := answers.get("kind"):
            others = (one for one in at.state.flows if one.name != REQUEST)
            begun = FlowState(name=REQUEST, answers={"kind": kind})
            state = msgspec.structs.replace(at.state, flows=(*others, begun))
            return End((), state, then=REQUEST)
        lines = _lines(at, await holdings.about(at.ref))
        said = at.texts.render("utter_data_shown" if lines else "utter_data_none")
        erase = (Choice("do:erase", at.texts.render("utter_button_erase")),) if lines else ()
        told = [said, "\n".join(lines), at.texts.render("utter_data_never")]
        choices = (*erase, request_choice(at.texts))
        return End((Reply("\n\n".join(part for part in told if part), choices),), at.state)

    async def erase(at: Place, answers: Answers) -> End:
        if answers["sure"] != "yes":
            return End((Reply(at.texts.render("utter_data_stays")),), at.state)
        held = await holdings.about(at.ref)
        fresh = ConversationState(language=at.state.language, greeted=True)
        # What a law keeps, only an official can look at again.
        more = (request_choice(at.texts),) if any(one.kept_because for one in held) else ()
        return End((Reply(erased_text(at, held), more),), fresh, (EraseEverything(),))

    return (
        Flow(
            name="mydata",
            title="utter_title_mydata",
            finish=show,
            commands=("dulieucuatoi",),
            intents=frozenset({Intent.PRIVACY_VIEW}),
            given=_wanted,
            hears=True,
        ),
        Flow(
            name="erase",
            title="utter_title_erase",
            finish=erase,
            steps=(_SURE,),
            commands=("xoadulieu",),
            intents=frozenset({Intent.PRIVACY_DELETE}),
        ),
    )


def _wanted(words: str) -> Answers:
    kind = said_kind(words)
    return {"kind": kind.value} if kind is not None else {}


def erased_text(at: Place, held: Sequence[Held]) -> str:
    """Say what is deleted in this turn, and what a law keeps."""
    gone = _lines(at, [one for one in held if not one.kept_because])
    kept = [
        f"- {at.texts.render(one.key, **one.values)} {at.texts.render(one.kept_because)}"
        for one in held
        if one.kept_because
    ]
    told = [at.texts.render("utter_data_erased"), "\n".join(gone)]
    if kept:
        told += [at.texts.render("utter_data_kept"), "\n".join(kept)]
    return "\n\n".join(part for part in told if part)


def _lines(at: Place, held: Sequence[Held]) -> list[str]:
    return [f"- {at.texts.render(one.key, **one.values)}" for one in held]
