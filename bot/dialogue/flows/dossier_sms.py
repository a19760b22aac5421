"""Asks whether an SMS may be sent when a notice about a watched dossier does not arrive, and takes yes and no."""

from __future__ import annotations

from bot.channels.contract import Choice, Reply
from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.effects import SmsWhenMissed
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.flows.dossier import Looking
from bot.dialogue.say_dossier import DossierVoice, parse
from bot.dossiers.desk import Look


def sms_flows(outside: AboutDossiers) -> tuple[Flow, ...]:
    """Return the flow behind the answers."""

    async def sms(at: Place, answers: Answers) -> End:
        wish, _, asked = answers.get("rest", "").partition(":")
        code = parse(asked)
        watched = next((one for one in await outside.watches.of(at.ref) if code and one.code == code.text), None)
        if code is None or watched is None or watched.back:
            return End((Reply(at.texts.render("utter_unwatched_none")),), at.state)
        if wish != "on":
            return End((Reply(at.texts.render("utter_sms_off")),), at.state, (SmsWhenMissed(code.text, on=False),))
        look = await Looking(outside).look(at, code)
        if not may_ask_sms(outside, at, look):
            prove = DossierVoice(at.texts, outside).button("prove", code.text, "utter_button_prove")
            return End((Reply(at.texts.render("utter_sms_not_proven"), (prove,) if look.provable else ()),), at.state)
        off = sms_choice(at, "off", code.text, "utter_button_sms_stop")
        text = at.texts.render("utter_sms_on", code=code.text)
        return End((Reply(text, (off,)),), at.state, (SmsWhenMissed(code.text, on=True),))

    return (Flow("sms", "utter_title_watch", sms, given=rest_given),)


def may_ask_sms(outside: AboutDossiers, at: Place, look: Look) -> bool:
    """Tell whether somebody may have SMS sent: who held the dossier's telephone in their hands, where notices may fail."""
    return look.phone_proven and at.ref.channel in outside.sms


def sms_answers(at: Place, code: str) -> tuple[Choice, ...]:
    """Return yes and no; nobody is sent an SMS who says neither."""
    return (sms_choice(at, "on", code, "utter_button_sms_yes"), sms_choice(at, "off", code, "utter_button_sms_no"))


def sms_choice(at: Place, wish: str, code: str, title: str) -> Choice:
    """Return the button of an answer."""
    return Choice(f"do:sms:{wish}:{code}", at.texts.render(title, code=code))
