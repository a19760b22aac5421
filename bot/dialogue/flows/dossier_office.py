"""What only the office can settle: another appointment, an earlier result, who may collect; with the office where it may be told."""

from __future__ import annotations

from bot.channels.contract import Choice, Reply
from bot.dialogue.dossier_memory import last_code, noted
from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.flows.dossier import Looking
from bot.dialogue.say_dossier import DossierVoice, parse
from bot.dialogue.say_slips import slip_choices
from bot.dossiers.record import SlipKind

_SAID = {
    "collect": "utter_dossier_collect_how",
    "pay": "utter_dossier_pay_how",
    "supplement": "utter_dossier_supply_how",
    "ask": "utter_dossier_office_decides",
}


def office_flows(outside: AboutDossiers) -> tuple[Flow, ...]:
    """Return the flow that sends people to the office."""
    looking = Looking(outside)

    async def finish(at: Place, answers: Answers) -> End:
        code = parse(last_code(at.state))
        if code is None:
            return End((), at.state, then="dossier")
        look = await looking.look(at, code)
        if look.coarse is None:
            return await looking.one(at, code)
        voice, render = DossierVoice(at.texts, outside), at.texts.render
        key = _SAID.get(answers.get("rest", ""), "utter_dossier_office_decides")
        fee = look.shown.fee_due if look.shown else None
        if key == _SAID["pay"] and fee is not None:
            return await looking.one(at, code)  # the card names the amount, and where to pay it
        if key == _SAID["pay"] and look.shown is not None:
            key = "utter_dossier_pay_none"
        where = "\n".join(voice.where(code, look.shown)) if look.shown else ""
        stands = voice.stands(code, look, at.now) if key == _SAID["supplement"] and look.shown else ""
        head = f"**{render('utter_dossier_head', code=code.text)}**"
        parts = [head, stands, render(key), where, render("utter_late_who")]
        prove = (voice.button("prove", code.text, "utter_button_prove"),) if look.provable and not look.shown else ()
        person = Choice("do:person", render("utter_button_person"))
        text = "\n\n".join(part for part in parts if part)
        slips = slip_choices(at.texts, look.shown, SlipKind.SUPPLEMENT) if stands and look.shown else ()
        return End((Reply(text, (*slips, *prove, person, voice.portal())),), noted(at.state, (code.text,)))

    return (Flow("office", "utter_title_dossier", finish, given=rest_given),)
