"""Proves that a person is the applicant: four digits, then a one-time code on our own page or the channel's own contact."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import msgspec

from bot.channels.contract import Ask, Choice, Inbound, InboundKind, Reply
from bot.dialogue.dossier_memory import forgotten, last_code, noted, proved, proving
from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.effects import BlankMessage, EndDossierAccess
from bot.dialogue.flow import Answers, End, Flow, Place, Step, rest_given
from bot.dialogue.flows.dossier import Looking, asker_of
from bot.dialogue.say_dossier import DossierVoice, parse
from bot.dialogue.say_moments import say_as_of, say_moment
from bot.dossiers.desk import Proof, Tried
from nlu.codes import DossierCode, find_codes
from nlu.text import fold, normalise

MOST_SEEN = 20
"""Look-ups listed; the latest first."""
_NONE = "none"
"""Read from who has no digits to give."""
_FOUR = re.compile(r"\d(?:[\s.\-]?\d){3}")
_WHOLE = re.compile(r"\+?\d(?:[\s.\-]?\d){7,12}")
_NO_DIGITS = re.compile(
    r"\b(?:khong (?:nho|biet|con|co so|ro so)|quen (?:so|mat|roi)|(?:mat|doi|bo) (?:so|sim)|nguoi (?:khac|ta|nha) (?:nop|dung ten)"
    r"|nop (?:ho(?! khau| so| chieu)|giup|thay|dum)|(?:don't|do not) (?:know|have|remember)|forgot|(?:somebody|someone) else)\b"
)
_GROUP = re.compile(r"(?<!\d)\d{4}(?!\d)")


def proof_flows(outside: AboutDossiers) -> tuple[Flow, ...]:
    """Return the flows that give access and end it."""
    looking = Looking(outside)
    return (
        Flow("prove", "utter_title_proof", _proving(looking), steps=(_DIGITS,), given=_given),
        Flow(
            name="contact",
            title="utter_title_proof",
            finish=_by_contact(looking),
            steps=(_CONTACT,),
            given=lambda rest: {"contact": rest} if rest else {},
            fleeting=True,
        ),
        Flow("typed", "utter_title_proof", _typed),
        Flow("forget", "utter_title_proof", _forgetting(outside), commands=("thoat",)),
        Flow("seen", "utter_title_proof", _seen(outside), given=rest_given),
    )


def _proving(looking: Looking) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, answers: Answers) -> End:
        code = parse(answers.get("code", "") or last_code(at.state))
        if code is None:
            return End((), at.state, (BlankMessage(),), then="dossier")
        if answers["digits"] == _NONE:
            portal = DossierVoice(at.texts, looking.outside).portal()
            return End((Reply(at.texts.render("utter_proof_no_digits"), (portal,)),), at.state, (BlankMessage(),))
        tried = await looking.outside.desk.prove(asker_of(at), code.text, answers["digits"])
        return await _outcome(looking, at, code, tried)

    return finish


def _by_contact(looking: Looking) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, answers: Answers) -> End:
        code = parse(at.state.dossier.proving if at.state.dossier else "")
        if code is None:
            return End((Reply(at.texts.render("utter_proof_nothing")),), at.state, (BlankMessage(),))
        own, _, phone = answers["contact"].partition(" ")
        tried = await looking.outside.desk.prove_by_contact(asker_of(at), phone, own == "own")
        return await _outcome(looking, at, code, tried)

    return finish


async def _outcome(looking: Looking, at: Place, code: DossierCode, tried: Tried) -> End:
    """Say what came of a try; nothing here tells an unknown dossier from a wrong fact."""
    render, gone = at.texts.render, (BlankMessage(),)
    now = int(at.now.timestamp())
    if tried.proof is Proof.PROVEN:
        end = await looking.one(replace(at, state=proved(at.state)), code)
        return End((Reply(render("utter_proof_proven")), *end.replies), end.state, gone)
    if tried.proof is Proof.WAIT:
        until = say_moment(at.texts, tried.until) if tried.until else ""
        text = render("utter_proof_wait_until", until=until) if until else render("utter_proof_wait")
        return End((Reply(text),), proved(at.state), gone)
    if tried.proof is Proof.DOWN:
        return End((Reply(render("utter_proof_down")),), proved(at.state), gone)
    again = Choice(f"do:prove:{code.text}", render("utter_button_prove_again"))
    portal = DossierVoice(at.texts, looking.outside).portal()
    if tried.proof is Proof.NOT_PROVEN:
        state = proving(at.state, code.text, now)
        return End((Reply(render("utter_proof_not_proven"), (again, portal)),), state, gone)
    state = proving(noted(at.state, (code.text,)), code.text, now, tried.page)
    choices = [Choice("", render("utter_button_proof_page"), tried.page)] if tried.page else []
    choices += [Choice(f"do:dossier:{code.text}", render("utter_button_proof_done")), again]
    key = "utter_proof_sent" if tried.page else "utter_proof_sent_contact"
    return End((Reply(render(key), tuple(choices)),), state, gone, then="contact" if tried.contact else "")


async def _typed(at: Place, _: Answers) -> End:
    """Say that a one-time code is never typed in the chat, and forget it."""
    talk = at.state.dossier
    said = Reply(at.texts.render("utter_proof_typed"))
    if talk is not None and talk.page:
        page = Choice("", at.texts.render("utter_button_proof_page"), talk.page)
        done = Choice(f"do:dossier:{talk.proving}", at.texts.render("utter_button_proof_done"))
        said = Reply(said.text, (page, done))
    return End((said,), at.state, (BlankMessage(),))


def _forgetting(outside: AboutDossiers) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, _: Answers) -> End:
        await outside.desk.forget(asker_of(at))
        flows = tuple(one for one in at.state.flows if one.name not in ("prove", "contact"))
        state = msgspec.structs.replace(forgotten(at.state), flows=flows)
        erase = Choice("do:erase", at.texts.render("utter_button_erase"))
        return End((Reply(at.texts.render("utter_proof_forgotten"), (erase,)),), state, (EndDossierAccess(),))

    return finish


def _seen(outside: AboutDossiers) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, answers: Answers) -> End:
        code = parse(answers.get("rest") or last_code(at.state))
        if code is None:
            return End((), at.state, then="dossier")
        state = noted(at.state, (code.text,))
        seen = await outside.desk.seen(asker_of(at), code.text)
        if seen is None:
            choice = Choice(f"do:prove:{code.text}", at.texts.render("utter_button_prove"))
            return End((Reply(at.texts.render("utter_seen_not_proven"), (choice,)),), state)
        latest = sorted(seen, key=lambda one: one.at, reverse=True)[:MOST_SEEN]
        lines = [
            at.texts.render(
                f"utter_seen_{one.level.name.lower()}",
                at=say_as_of(one.at),
                channel=_channel(at, one.channel),
            )
            for one in latest
        ]
        head = at.texts.render("utter_seen" if lines else "utter_seen_none", code=code.text)
        text = "\n\n".join(
            part
            for part in (head, "\n".join(f"- {line}" for line in lines), at.texts.render("utter_seen_never"))
            if part
        )
        return End((Reply(text),), state)

    return finish


def _channel(at: Place, name: str) -> str:
    """Say a channel by its name; one that has none of ours keeps its own."""
    key = f"utter_channel_{name}"
    said = at.texts.render(key) if key in at.texts.sentences else name
    return at.texts.render("utter_seen_channel", channel=said)


def four_digits(inbound: Inbound) -> str | None:
    """Read the four digits; who types the whole number has its last four taken, and the rest is forgotten."""
    said = inbound.text.strip().strip(".,!")
    if _FOUR.fullmatch(said):
        return _digits(said)
    if _WHOLE.fullmatch(said):
        return _digits(said)[-4:]
    groups = [] if find_codes(said) else _GROUP.findall(said)
    if len(groups) == 1:
        return str(groups[0])
    return _NONE if not groups and _NO_DIGITS.search(fold(normalise(said))) else None


def _contact(inbound: Inbound) -> str | None:
    phone = str(inbound.data.get("phone", ""))
    return f"{'own' if inbound.data.get('own') else 'other'} {phone}" if phone else None


def _given(rest: str) -> Answers:
    code, _, digits = rest.partition(" ")
    return {name: value for name, value in (("code", code), ("digits", digits)) if value}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


_DIGITS = Step(
    "digits", asks="utter_proof_digits", example="utter_proof_digits_example", reads=four_digits, numbers=True
)
_CONTACT = Step(
    "contact",
    asks="utter_proof_contact",
    example="utter_proof_contact_example",
    reads=_contact,
    kinds=frozenset({InboundKind.CONTACT}),
    ask=Ask.CONTACT,
    numbers=True,
)
