"""Restates a dossier's slips in the chat, with a page to print; nothing is issued and nothing altered."""

from __future__ import annotations

from bot.channels.contract import Choice, Reply
from bot.dialogue.dossier_memory import noted
from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.flows.dossier import Looking
from bot.dialogue.say_dossier import parse
from bot.dialogue.say_slips import SlipVoice, slip_choices, slip_kinds
from feedback.working_time.zone import here


def slip_flows(outside: AboutDossiers) -> tuple[Flow, ...]:
    """Return the flow that restates a slip."""
    looking = Looking(outside)

    async def finish(at: Place, answers: Answers) -> End:
        code_text, _, kind = answers.get("rest", "").partition(":")
        code = parse(code_text)
        if code is None:
            return End((), at.state, then="dossier")
        look = await looking.look(at, code)
        if look.shown is None:
            return await looking.one(at, code)
        known = slip_kinds(look.shown)
        if not kind and len(known) > 1:
            which = Reply(at.texts.render("utter_slip_which"), tuple(slip_choices(at.texts, look.shown)))
            return End((which,), noted(at.state, (code.text,)))
        kind = kind or "".join(known)
        slip = SlipVoice(at.texts, outside.forms).restated(look.shown, kind, here(at.now).date())
        state = noted(at.state, (code.text,))
        back = Choice(f"do:dossier:{code.text}", at.texts.render("utter_button_see", code=code.text))
        if slip is None:
            return End((Reply(at.texts.render("utter_slip_none"), (back,)),), state)
        sample = at.texts.render("utter_dossier_sample") if look.shown.sample else ""
        text = "\n\n".join(part for part in (slip.text, sample, at.texts.render("utter_slip_not_original")) if part)
        address = outside.slip_address(at.ref, code.text, kind)
        printed = (Choice("", at.texts.render("utter_button_print"), address),) if address else ()
        return End((Reply(text, (*printed, back)),), state)

    return (Flow("slip", "utter_title_slip", finish, given=rest_given),)
