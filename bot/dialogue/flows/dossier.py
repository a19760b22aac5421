"""/hoso: where a dossier stands, by its code; several at once; the working of its appointment; a code from a picture."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.channels.contract import Choice, Inbound, Reply
from bot.dialogue.dossier_codes import almost_in, claims_the_future, codes_in, is_tail, unit_in, with_unit
from bot.dialogue.dossier_memory import last_code, noted, other_code, told
from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.effects import BlankMessage
from bot.dialogue.flow import Answers, End, Flow, Place, Step, rest_given
from bot.dialogue.say_dossier import DossierVoice, parse
from bot.dialogue.say_time_left import TimeLeft
from bot.dialogue.state import without_options
from bot.dossiers.desk import Asker, Look, LookOutcome
from bot.dossiers.photos import PhotoOutcome
from bot.dossiers.record import ENDED, PAUSED
from feedback.working_time.zone import here
from nlu.codes import CodeFault, DossierCode
from nlu.text import fold, normalise
from nlu.understanding import Intent

AT_ONCE = 10
"""Codes looked up in one message; nobody reads more in a chat."""
_LOST = re.compile(
    r"\b(?:khong (?:nho|co|con|biet|thay)|quen|that lac|mat (?:roi|giay|bien nhan|phieu|ma|to)|(?:lam|bi|da|lo) mat|mat$|lost|forgot|don't (?:know|have))\b"
)
_TRIED = re.compile(r"(?=(?:\D*\d){6})[\w.,\s\-\u2010-\u2015]{6,60}")
"""What somebody who was asked for a code may have meant as one."""


def asker_of(at: Place) -> Asker:
    """Return who asks, as far as it is known."""
    return Asker(at.ref, at.now, at.source, at.browser, at.texts.language)


@dataclass(frozen=True)
class Looking:
    """Looks dossiers up and says what was told."""

    outside: AboutDossiers

    async def one(self, at: Place, code: DossierCode) -> End:
        """Answer for one code."""
        look = await self.look(at, code)
        reply = DossierVoice(at.texts, self.outside).reply(code, look, at.now)
        known = look.outcome is not LookOutcome.LIMITED
        return End((reply,), told(at.state, code.text, look) if known else at.state)

    async def many(self, at: Place, codes: tuple[DossierCode, ...]) -> End:
        """Answer for several codes in a line each."""
        voice = DossierVoice(at.texts, self.outside)
        looks = [(code, await self.look(at, code)) for code in codes[:AT_ONCE]]
        lines = [at.texts.render("utter_dossier_rows", count=len(looks))]
        lines.append("\n".join(voice.line(code, look, at.now) for code, look in looks))
        if len(codes) > AT_ONCE:
            lines.append(at.texts.render("utter_dossier_rows_more", most=AT_ONCE))
        known = [code for code, look in looks if look.coarse is not None]
        choices = [
            Choice(f"do:dossier:{code.text}", at.texts.render("utter_button_see", code=code.text)) for code in known
        ]
        return End((Reply("\n\n".join(lines), tuple(choices)),), noted(at.state, [code.text for code in known]))

    async def look(self, at: Place, code: DossierCode) -> Look:
        """Ask the desk."""
        return await self.outside.desk.look(asker_of(at), code.text)


def dossier_flows(outside: AboutDossiers) -> tuple[Flow, ...]:
    """Return the flows that look up."""
    looking = Looking(outside)

    async def look(at: Place, answers: Answers) -> End:
        said = answers["code"]
        if said == "lost":
            return End((Reply(at.texts.render("utter_dossier_lost"), (_portal(at, outside),)),), at.state)
        code = with_unit(answers["unit"], said) if answers.get("unit") else None
        found = codes_in(code.text if code else said)
        if not found.dossiers:
            return _no_code(at, outside, said)
        ahead = next((one for one in found.dossiers if claims_the_future(one, here(at.now).date())), None)
        if ahead is not None:
            text = at.texts.render("utter_dossier_future", code=ahead.text, day=f"{ahead.day:%d/%m/%Y}")
            return End((Reply(text, (_again(at),)),), at.state)
        if len(found.dossiers) > 1:
            return await looking.many(at, found.dossiers)
        return await looking.one(at, found.dossiers[0])

    async def again(at: Place, answers: Answers) -> End:
        code = parse(other_code(at.state) if answers.get("rest") == "other" else last_code(at.state))
        return await looking.one(at, code) if code else End((), at.state, then="dossier")

    return (
        Flow(
            name="dossier",
            title="utter_title_dossier",
            finish=look,
            steps=_STEPS,
            commands=("hoso",),
            given=_given,
        ),
        Flow("status", "utter_title_dossier", again, intents=frozenset({Intent.DOSSIER_STATUS}), given=rest_given),
        Flow("reckon", "utter_title_dossier", _reckoned(looking), given=rest_given),
        Flow("photo", "utter_title_dossier", _photo(looking), given=rest_given, buttons=False),
    )


def _reckoned(looking: Looking) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, answers: Answers) -> End:
        code = parse(answers.get("rest") or last_code(at.state))
        if code is None:
            return End((), at.state, then="dossier")
        look = await looking.look(at, code)
        shown = look.shown
        if shown is None or shown.due_at is None or shown.status in ENDED or shown.status in PAUSED:
            return await looking.one(at, code)
        hours = DossierVoice(at.texts, looking.outside).hours(code)
        text = TimeLeft(at.texts, hours).working(shown.due_at, at.now)
        return End((Reply(text),), noted(at.state, (code.text,)))

    return finish


def _photo(looking: Looking) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, answers: Answers) -> End:
        photos, gone = looking.outside.photos, (BlankMessage(),)
        if photos is None:
            return End((Reply(at.texts.render("utter_got_image")),), at.state, gone)
        read = await photos.read(at.ref, answers.get("rest", ""))
        code = parse(read.code)
        if read.outcome is not PhotoOutcome.FOUND or code is None:
            return End((Reply(at.texts.render(f"utter_photo_{read.outcome}"), (_again(at),)),), at.state, gone)
        end = await looking.one(at, code)
        first = replace(
            end.replies[0], text=f"{at.texts.render('utter_photo_found', code=code.text)}\n\n{end.replies[0].text}"
        )
        return replace(end, replies=(first, *end.replies[1:]), effects=gone)

    return finish


def _no_code(at: Place, outside: AboutDossiers, said: str) -> End:
    """Say why what was given is no dossier code."""
    found = codes_in(said)
    choices: tuple[Choice, ...] = (_again(at),)
    if found.faulty is not None and found.faulty.fault is CodeFault.IMPOSSIBLE_DATE:
        text = at.texts.render("utter_dossier_impossible", code=found.faulty.value)
    elif found.procedure:
        text = at.texts.render("utter_dossier_is_procedure", code=found.procedure)
        choices = (Choice(f"tt:{found.procedure}", at.texts.render("utter_button_procedure")), *choices)
    elif found.feedback:
        text = at.texts.render("utter_dossier_is_feedback", code=found.feedback)
    elif almost_in(said):
        text = at.texts.render("utter_dossier_not_whole", code=almost_in(said))
    else:
        text = at.texts.render("utter_dossier_no_code")
    return End((Reply(text, (*choices, _portal(at, outside))),), without_options(at.state))


def _again(at: Place) -> Choice:
    return Choice("do:dossier", at.texts.render("utter_button_dossier_other"))


def _portal(at: Place, outside: AboutDossiers) -> Choice:
    return DossierVoice(at.texts, outside).portal()


def _code(inbound: Inbound) -> str | None:
    return _read(inbound.text)


def _read(text: str) -> str | None:
    """Accept a message with a code, or with what was meant as one; and that there is none to give."""
    found = codes_in(text)
    if found.faulty is not None and found.faulty.fault is CodeFault.UNIT_MISSING and not found.dossiers:
        return found.faulty.value
    plain = normalise(text)
    if found.any or almost_in(plain) or _TRIED.fullmatch(plain):
        return plain
    return "lost" if _LOST.search(fold(plain)) else None


def _unit(inbound: Inbound) -> str | None:
    """Accept the missing half of a code; who types the whole code is understood too."""
    return unit_in(inbound.text) or None


def _given(rest: str) -> Answers:
    """Take the code from behind the command, from a pasted message, or from a button."""
    code = _read(rest) if rest else None
    return {"code": code} if code else {}


_STEPS = (
    Step("code", asks="utter_dossier_which", example="utter_dossier_example", reads=_code),
    Step(
        "unit",
        asks="utter_dossier_tail",
        example="utter_dossier_unit_example",
        reads=_unit,
        needed=lambda answers: is_tail(answers.get("code", "")),
    ),
)
